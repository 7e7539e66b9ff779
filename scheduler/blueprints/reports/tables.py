"""A report as tables of a spreadsheet: the years compared, every breakdown, the states."""

from collections.abc import Iterator

from flask_babel import gettext as _

from scheduler.blueprints.reports.figures import Part, Report, days_in_words, is_year
from scheduler.blueprints.typed import city_zone
from scheduler.papers.table import Cell, Table
from scheduler.words.instants import moment_in_words
from scheduler.words.report_words import MEANINGS, NUMBERS, WAYS


def tables_of(report: Report) -> list[Table]:
    """Each table of the page as one of a file, with what must be known to read the numbers."""
    return [_years(report), *(_breakdown(part) for part in report.parts), _states(report)]


def notes_of(report: Report) -> Iterator[str]:
    """What must be known to read the numbers: of which days, as of when, what each means."""
    yield _("Statistics of visits, %(days)s", days=days_in_words(report.days))
    yield _(
        "As of %(when)s (%(zone)s).", when=moment_in_words(report.at, city_zone().key), zone=city_zone().key
    )
    yield from map(str, MEANINGS)


def first_heading(report: Report) -> str:
    """What the lines of the years are called: a year, or the same days of several."""
    return _("Year") if is_year(report.days) else _("Days")


def _numbers() -> list[str]:
    return [str(words) for words in NUMBERS.values()]


def _years(report: Report) -> Table:
    rows: list[list[Cell]] = [[days_in_words(days), *told.told] for days, told in report.years]
    return Table(
        title=_("Years compared"),
        headings=[first_heading(report), *_numbers()],
        rows=rows,
        notes=list(notes_of(report)),
    )


def _breakdown(part: Part) -> Table:
    rows: list[list[Cell]] = [[line.words, *line.tally.told] for line in part.lines]
    if part.counts_again:
        rows.append([_("Counted again"), *part.again.told])
    rows.append([_("Total"), *part.total.told])
    return Table(title=part.title, headings=[part.title, *_numbers()], rows=rows)


def _states(report: Report) -> Table:
    rows: list[list[Cell]] = [[line.words, *line.count.told] for line in report.states]
    return Table(title=_("By state"), headings=[_("State"), *map(str, WAYS.values())], rows=rows)
