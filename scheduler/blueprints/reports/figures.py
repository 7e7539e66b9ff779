"""The figures of a report in words: each breakdown as a table of lines, for page, file and API alike."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from scheduler.blueprints.typed import city_zone
from scheduler.core.counting import (
    Breakdown,
    Count,
    CountedVisit,
    Tally,
    broken_down,
    count,
    tally,
    years_before,
)
from scheduler.core.lifecycle import VisitState
from scheduler.core.regions import region_of
from scheduler.records.site_lookup import every_site
from scheduler.records.statistics import Days, first_visit_at, visits_counted, without_visits
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.instants import date_in_words, local_day
from scheduler.words.names import KINDS, TOPICS, country_name, name_of
from scheduler.words.own_names import own_name
from scheduler.words.report_words import REGIONS

YEARS_COMPARED = 3


@dataclass(frozen=True)
class Line:
    """One line of a breakdown: its code (None where nothing is stated), its words, its numbers."""

    code: str | None
    words: str
    tally: Tally


@dataclass(frozen=True)
class Part:
    """One breakdown: its code, what it is by, its lines in order, what they count again, the total."""

    code: str
    title: str
    lines: Sequence[Line]
    again: Tally
    total: Tally

    @property
    def counts_again(self) -> bool:
        return any(self.again.told)


@dataclass(frozen=True)
class StateLine:
    """The visits of one state, each number apart."""

    code: str
    words: str
    count: Count


@dataclass(frozen=True)
class Report:
    """Everything that a report says of some days."""

    days: Days
    at: datetime
    total: Tally
    years: Sequence[tuple[Days, Tally]]
    parts: Sequence[Part]
    states: Sequence[StateLine]
    without_visits: int
    first_on: date | None

    @property
    def is_still_to_come(self) -> bool:
        """Whether some of the days are not over: what is announced may still change."""
        return self.days.last >= local_day(self.at, city_zone().key)


def report_of(days: Days, at: datetime) -> Report:
    """Count the visits of some days, and of the same days of the years before."""
    stretches = [Days(*years_before(days.first, days.last, n)) for n in range(YEARS_COMPARED)]
    found = visits_counted(stretches)
    first = first_visit_at()
    return Report(
        days=days,
        at=at,
        total=tally(found[0]),
        years=[(stretch, tally(visits)) for stretch, visits in zip(stretches, found, strict=True)],
        parts=list(_parts(found[0])),
        states=_states(found[0]),
        without_visits=without_visits(days, city_zone().key),
        first_on=first and local_day(first, city_zone().key),
    )


def days_in_words(days: Days) -> str:
    """2026, or 1 Mar 2026 – 31 May 2026."""
    if is_year(days):
        return str(days.first.year)
    return f"{date_in_words(days.first)} – {date_in_words(days.last)}"


def is_year(days: Days) -> bool:
    """Whether a stretch is a whole year."""
    return days.first == date(days.first.year, 1, 1) and days.last == date(days.first.year, 12, 31)


Keys = Callable[[CountedVisit], Iterable[Hashable]]


def _parts(visits: Sequence[CountedVisit]) -> Iterable[Part]:
    sites = {site.code: own_name(site) for site in every_site()}
    by_month = broken_down(visits, lambda visit: [visit.on.strftime("%Y-%m")])
    yield _part("month", _("By month"), by_month, _month, in_order=True)
    regions: Keys = lambda visit: [region_of(visit.country).value]  # noqa: E731  a line of a table
    yield _part("region", _("By region"), broken_down(visits, regions), lambda code: name_of(REGIONS, code))
    yield _part("country", _("By country"), broken_down(visits, _country), country_name)
    by_site = broken_down(visits, lambda visit: [visit.site])
    yield _part("site", _("By site"), by_site, lambda code: sites.get(code, code))
    by_topic = broken_down(visits, lambda visit: sorted(visit.topics))
    yield _part("topic", _("By topic"), by_topic, lambda code: name_of(TOPICS, code))
    by_level = broken_down(visits, lambda visit: [visit.level])
    yield _part("level", _("By kind of visit"), by_level, lambda code: name_of(KINDS, code))


def _part(
    code: str, title: str, found: Breakdown, words: Callable[[str], str], *, in_order: bool = False
) -> Part:
    """Lines with most person-visits first unless they have an order of their own; what is not stated last."""
    lines = [
        Line(
            None if key is None else str(key),
            _("Other or not stated") if key is None else words(str(key)),
            told,
        )
        for key, told in found.parts
    ]
    if in_order:
        lines.sort(key=lambda line: line.code or "")
    else:
        lines.sort(key=lambda line: (-line.tally.announced.person_visits, line.words))
    lines.sort(key=lambda line: line.code in (None, "other"))
    return Part(code, title, lines, found.again, found.total)


def _country(visit: CountedVisit) -> list[str]:
    return [visit.country] if visit.country else []


def _month(code: str) -> str:
    year, month = map(int, code.split("-"))
    return str(format_skeleton("yMMMM", date(year, month, 1), locale=get_locale() or "en"))


def _states(visits: Sequence[CountedVisit]) -> list[StateLine]:
    """Every state with a visit in it, in the order of a visit's life."""
    by_state: Mapping[VisitState, list[CountedVisit]] = {
        state: [visit for visit in visits if visit.state is state] for state in VisitState
    }
    return [
        StateLine(state.value, name_of(VISIT_STATES, state), count(found, lambda visit: visit.headcount))
        for state, found in by_state.items()
        if found
    ]
