"""What lies behind the rows: when sites are closed or outside their hours, when guests are not in town."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from scheduler.blueprints.board.telling import Teller
from scheduler.core.facts import SiteFacts
from scheduler.core.opening import open_day
from scheduler.core.spans import day_span
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.records.boards import BoardAsked, Rows
from scheduler.records.site_facts import site_facts
from scheduler.wording import refusal_in_words

# From one instant to another: which kind, and in words.
Stretch = tuple[datetime, datetime, str, str]
CLOSED, OUTSIDE_HOURS, OUTSIDE_STAY = "closed", "outside_hours", "outside_stay"


def backgrounds_of_sites(asked: BoardAsked, teller: Teller) -> list[dict[str, Any]]:
    """Hours, closing days and closures of the sites shown. A fixed number of queries."""
    facts = site_facts(asked.site_ids, asked.first, asked.last)
    painter = _Painter(asked)
    return [
        _background(f"site:{site_id}", stretch, teller)
        for site_id in asked.site_ids
        for stretch in painter.stretches(facts[site_id])
    ]


def backgrounds_of_stays(delegations: Rows, asked: BoardAsked, teller: Teller) -> list[dict[str, Any]]:
    """The days on which delegations are not in town yet, or no more."""
    words = _("Not in town")
    found = []
    for delegation in delegations:
        arrives_at, departs_at = delegation.arrives_at, delegation.departs_at
        for begin, end in (
            (asked.first, min(arrives_at, asked.last)),
            (max(departs_at, asked.first), asked.last),
        ):
            if begin < end:
                stretch = (begin, end, OUTSIDE_STAY, words)
                found.append(_background(f"delegation:{delegation.id}", stretch, teller))
    return found


def _background(row: str, stretch: Stretch, teller: Teller) -> dict[str, Any]:
    begin, end, kind, text = stretch
    return {
        "row": row,
        "start": teller.instant(begin),
        "end": teller.instant(end),
        "kind": kind,
        "text": text,
    }


class _Painter:
    """Finds the stretches of sites; the words of what closes a day are looked up once."""

    def __init__(self, asked: BoardAsked) -> None:
        self._first, self._last = asked.first.astimezone(UTC), asked.last.astimezone(UTC)
        self._outside = _("Outside the opening hours")
        self._words: dict[str, str] = {}

    def stretches(self, site: SiteFacts) -> Iterator[Stretch]:
        yield from _joined(self._within(self._days(site)))
        yield from self._within(self._closures(site))

    def _days(self, site: SiteFacts) -> Iterator[Stretch]:
        day, last = self._first.astimezone(site.zone).date(), self._last.astimezone(site.zone).date()
        while day <= last:
            span, opened = day_span(day, site.zone), open_day(site, day)
            begin, end = span.starts_at.astimezone(UTC), span.ends_at.astimezone(UTC)
            if opened.refusals:
                yield begin, end, CLOSED, self._told(opened.refusals)
            elif not opened.instants:
                yield begin, end, CLOSED, self._told([Refusal(RefusalCode.OUTSIDE_HOURS, {"hours": []})])
            else:
                for opens_at, closes_at in opened.instants:
                    yield begin, opens_at, OUTSIDE_HOURS, self._outside
                    begin = closes_at
                yield begin, end, OUTSIDE_HOURS, self._outside
            day += timedelta(days=1)

    def _closures(self, site: SiteFacts) -> Iterator[Stretch]:
        for closure in site.closures:
            text = _("Closed: %(reason)s", reason=closure.reason)
            yield closure.span.starts_at, closure.span.ends_at, CLOSED, text

    def _within(self, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
        """As far as they lie within the days shown."""
        for begin, end, kind, text in stretches:
            begin, end = max(begin, self._first), min(end, self._last)
            if begin < end:
                yield begin, end, kind, text

    def _told(self, refusals: Iterable[Refusal]) -> str:
        key = repr([(refusal.code, refusal.facts) for refusal in refusals])
        if key not in self._words:
            self._words[key] = " ".join(refusal_in_words(refusal) for refusal in refusals)
        return self._words[key]


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of the same kind and words as one: the night between two days."""
    standing: Stretch | None = None
    for stretch in stretches:
        if standing is not None and standing[1] == stretch[0] and standing[2:] == stretch[2:]:
            standing = (standing[0], *stretch[1:])
            continue
        if standing is not None:
            yield standing
        standing = stretch
    if standing is not None:
        yield standing
