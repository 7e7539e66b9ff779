"""The visits of each breakdown as bars, above the table that has all the numbers."""

from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from scheduler.blueprints.reports.figures import Part, Report
from scheduler.pictures.bars import Bar, bars
from scheduler.words.picture_words import is_mirrored

# More than these are read in the table.
MOST = 12


def bars_of(report: Report) -> dict[str, Markup]:
    """The picture of each breakdown by its code; one with a single line needs none."""
    return {part.code: _bars(part) for part in report.parts if len(part.lines) > 1}


def _bars(part: Part) -> Markup:
    shown = [
        Bar(name=line.words, value=visits, figure=str(format_decimal(visits)))
        for line in part.lines[:MOST]
        for visits in (line.tally.announced.visits,)
    ]
    title = _("%(part)s: visits announced", part=part.title)
    description = _("The table below has the same numbers, and all others.")
    drawn = bars(
        shown, name=f"bars-{part.code}", title=title, description=description, is_mirrored=is_mirrored()
    )
    return Markup(drawn)  # noqa: S704 - Drawn by us, all words escaped.
