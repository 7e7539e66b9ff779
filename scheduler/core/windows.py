"""Windows on request: every start that a tour may have within the hours of a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from scheduler.core.facts import Running, SiteFacts, TourFacts
from scheduler.core.opening import opens_on
from scheduler.core.spans import Span

STEP = timedelta(minutes=15)


def windows(
    site: SiteFacts, tour: TourFacts, days: Iterable[date], booked: Mapping[datetime, Running]
) -> Iterator[Running]:
    """Every window of a tour on some local days, in order: those booked as they are, the others empty.

    A window starts at any whole quarter hour after the day's opening and ends before its closing.
    """
    left = dict(booked)
    for day in days:
        for hours in opens_on(site, day):
            for starts_at in _starts(hours, timedelta(minutes=tour.minutes)):
                yield left.pop(starts_at) if starts_at in left else window(site, tour, starts_at)
    yield from sorted(left.values(), key=lambda running: running.starts_at)


def window(site: SiteFacts, tour: TourFacts, starts_at: datetime) -> Running:
    """The session a window becomes when somebody books it: nobody in it yet."""
    ends_at = starts_at + timedelta(minutes=tour.minutes)
    return Running(None, starts_at, ends_at, clear_after(ends_at, site.turnaround_minutes), tour.places)


def clear_after(ends_at: datetime, turnaround_minutes: int) -> datetime:
    """When a site is clear again after a session."""
    return ends_at + timedelta(minutes=turnaround_minutes)


def is_window_start(site: SiteFacts, starts_at: datetime) -> bool:
    """Whether an instant is a whole quarter hour on the site's clock."""
    local = starts_at.astimezone(site.zone)
    return local.minute % 15 == 0 and local.second == 0 and local.microsecond == 0


def _starts(hours: Span, length: timedelta) -> Iterator[datetime]:
    starts_at = hours.starts_at.astimezone(UTC)
    ends_at = hours.ends_at.astimezone(UTC)
    starts_at += -timedelta(minutes=starts_at.minute, seconds=starts_at.second) % STEP
    while starts_at + length <= ends_at:
        yield starts_at
        starts_at += STEP
