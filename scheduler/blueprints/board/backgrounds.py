"""What lies behind the rows: when sites are closed or outside their hours, when guests are not in town."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from scheduler.blueprints.board.telling import Teller
from scheduler.core.duties import ResourceKind
from scheduler.core.facts import SiteFacts
from scheduler.core.opening import open_day
from scheduler.core.spans import day_span
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.records.board_people import hours_on_board, leave_on_board
from scheduler.records.boards import BoardAsked, Rows
from scheduler.records.site_facts import site_facts, zone_named
from scheduler.words.verdict_words import refusal_in_words

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


def backgrounds_of_people(
    people: Rows, kind: ResourceKind, asked: BoardAsked, teller: Teller
) -> list[dict[str, Any]]:
    """When guides, interpreters and vehicles do not work, or are away. Who has no hours works at any."""
    ids = [row.id for row in people]
    hours, away = hours_on_board(ids), leave_on_board(ids, asked)
    painter = _Painter(asked)
    found = [
        _background(f"{kind.value}:{row.id}", stretch, teller)
        for row in people
        if row.id in hours
        for stretch in painter.off_duty(hours[row.id], zone_named(row.zone))
    ]
    for row in away:
        stretch = max(row.starts_at, asked.first), min(row.ends_at, asked.last), CLOSED, _("Away")
        found.append(_background(f"{kind.value}:{row.resource_id}", stretch, teller))
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
        self._off = _("Off duty")
        self._words: dict[str, str] = {}

    def stretches(self, site: SiteFacts) -> Iterator[Stretch]:
        yield from _joined(self._within(self._days(site)))
        yield from self._within(self._closures(site))

    def off_duty(self, hours: Iterable[Any], zone: ZoneInfo) -> Iterator[Stretch]:
        """When somebody with these working hours does not work."""
        yield from _joined(self._within(self._off_duty(list(hours), zone)))

    def _off_duty(self, hours: list[Any], zone: ZoneInfo) -> Iterator[Stretch]:
        for day, begin, end in self._local_days(zone):
            spans = sorted(
                (datetime.combine(day, h.starts, zone), datetime.combine(day, h.ends, zone))
                for h in hours
                if h.weekday == day.weekday()
                and (h.valid_from is None or h.valid_from <= day)
                and (h.valid_to is None or day <= h.valid_to)
            )
            yield from _around(spans, begin, end, self._off)

    def _days(self, site: SiteFacts) -> Iterator[Stretch]:
        for day, begin, end in self._local_days(site.zone):
            opened = open_day(site, day)
            if opened.refusals:
                yield begin, end, CLOSED, self._told(opened.refusals)
            elif not opened.instants:
                yield begin, end, CLOSED, self._told([Refusal(RefusalCode.OUTSIDE_HOURS, {"hours": []})])
            else:
                yield from _around(opened.instants, begin, end, self._outside)

    def _local_days(self, zone: ZoneInfo) -> Iterator[tuple[date, datetime, datetime]]:
        """The days of a zone that the days shown touch, each from midnight to midnight in UTC."""
        day, last = self._first.astimezone(zone).date(), self._last.astimezone(zone).date()
        while day <= last:
            span = day_span(day, zone)
            yield day, span.starts_at.astimezone(UTC), span.ends_at.astimezone(UTC)
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


def _around(
    spans: Iterable[tuple[datetime, datetime]], begin: datetime, end: datetime, text: str
) -> Iterator[Stretch]:
    """What some spans leave of a day."""
    for opens_at, closes_at in spans:
        yield begin, opens_at, OUTSIDE_HOURS, text
        begin = max(begin, closes_at)
    yield begin, end, OUTSIDE_HOURS, text


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
