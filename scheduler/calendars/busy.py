"""Busy times alone, for those who may not see what fills them: a VFREEBUSY to subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from icalendar import FreeBusy
from icalendar.prop import vInline

from scheduler.calendars import zone
from scheduler.calendars.document import as_bytes, ask_again, document, name_calendar
from scheduler.calendars.entry import Person, whole_second
from scheduler.calendars.event import Text, organizer_address
from scheduler.calendars.wording import identifier


@dataclass(frozen=True, slots=True)
class Busy:
    """A span of aware moments that is taken, or that may yet be; half-open, and no word of what fills it."""

    starts_at: datetime
    ends_at: datetime
    is_tentative: bool = False


def busy_times(
    spans: Iterable[Busy],
    *,
    uid: str,
    first: datetime,
    last: datetime,
    stamped_at: datetime,
    organizer: Person,
    name: str,
) -> bytes:
    """What of the time between `first` and `last` is taken, as a plain file without METHOD.

    The same bytes for the same data: `uid` is the caller's and never changes, `stamped_at` is when the
    data last changed, and whoever moves the window moves it by days, not by seconds. All moments are
    aware and written in UTC; parts of a second are dropped, and so is what lies outside the window. `name`
    is the calendar's. Where a firm span and a tentative one meet, the time is firmly busy. Raises ValueError
    for a moment without a zone, a window that is empty, and `wording.NotAnIdentifier` for an unfit `uid`.
    Sources: RFC 5545 3.6.4 and 3.8.2.6, RFC 5546 3.3.1.
    """
    _check_window(first, last)
    body = FreeBusy()
    body["UID"] = Text(identifier(uid))
    body["DTSTAMP"] = zone.in_utc(stamped_at)
    body["ORGANIZER"] = organizer_address(organizer)
    body["DTSTART"] = zone.in_utc(first)
    body["DTEND"] = zone.in_utc(last)
    if periods := [_period(span) for span in merged(spans, first=first, last=last)]:
        body["FREEBUSY"] = periods
    made = document()
    name_calendar(made, name=name)
    ask_again(made)
    made.add_component(body)
    return as_bytes(made)


def merged(spans: Iterable[Busy], *, first: datetime, last: datetime) -> list[Busy]:
    """`spans` between `first` and `last` by their starts, in whole seconds of UTC, none touching its like.

    No two overlap: what is firmly busy is taken out of what is tentatively so.
    """
    edges: dict[datetime, list[int]] = {}
    for span in spans:
        _check_span(span)
        starts_at = whole_second(max(span.starts_at, first))
        ends_at = whole_second(min(span.ends_at, last))
        if starts_at < ends_at:
            edges.setdefault(starts_at, [0, 0])[span.is_tentative] += 1
            edges.setdefault(ends_at, [0, 0])[span.is_tentative] -= 1
    return list(_runs(edges))


def _runs(edges: dict[datetime, list[int]]) -> Iterator[Busy]:
    """From edge to edge: how many spans of each kind are open decides what the time after it is."""
    firm = tentative = 0
    since: datetime | None = None
    was_tentative = False
    for at in sorted(edges):
        firm, tentative = firm + edges[at][0], tentative + edges[at][1]
        is_tentative = not firm and tentative > 0
        is_free = not firm and not tentative
        if since is not None and (is_free or is_tentative != was_tentative):
            yield Busy(since, at, was_tentative)
            since = None
        if since is None and not is_free:
            since, was_tentative = at, is_tentative


def _period(span: Busy) -> vInline:
    kind = "BUSY-TENTATIVE" if span.is_tentative else "BUSY"
    return vInline(f"{zone.in_utc(span.starts_at)}/{zone.in_utc(span.ends_at)}", params={"FBTYPE": kind})


def _check_window(first: datetime, last: datetime) -> None:
    if first.utcoffset() is None or last.utcoffset() is None:
        raise ValueError("first and last need a zone: give aware datetimes")
    if whole_second(first) >= whole_second(last):
        raise ValueError(f"last {last} must be after first {first}")


def _check_span(span: Busy) -> None:
    if span.starts_at.utcoffset() is None or span.ends_at.utcoffset() is None:
        raise ValueError(f"the span from {span.starts_at} has no zone: give aware datetimes")
