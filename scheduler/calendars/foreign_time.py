"""Moments as strangers write them, each as one instant in UTC or with the reason why it is none."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from scheduler.calendars.entry import FIRST_YEAR, LAST_YEAR
from scheduler.calendars.foreign import Line, Lines
from scheduler.calendars.foreign_zone import ZoneNotUnderstood, zone_of

LONGEST = timedelta(days=366)

_DATE = re.compile("[0-9]{8}")
_DATE_TIME = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)", re.IGNORECASE)
_DURATION = re.compile(
    r"\+?P(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})S)?)?",
    re.IGNORECASE,
)


class TimeProblem(StrEnum):
    """Why a time from outside is no instant."""

    NO_START = "no_start"
    NO_END = "no_end"
    ALL_DAY = "all_day"
    FLOATING = "floating"
    UNKNOWN_ZONE = "unknown_zone"
    BROKEN = "broken"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"


class TimeNotUnderstood(ValueError):
    """This is no instant; `problem` says why."""

    def __init__(self, problem: TimeProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def instant(line: Line, observances: Mapping[str, Sequence[Lines]]) -> datetime:
    """The moment in `line` in UTC; `observances` as for `foreign_zone.zone_of`. Raises `TimeNotUnderstood`.

    A time without zone is no instant: whose clock it means nobody can know (RFC 5545 3.3.5, form 1).
    """
    if line.params.get("VALUE", "").upper() == "DATE" or _DATE.fullmatch(line.value):
        raise TimeNotUnderstood(TimeProblem.ALL_DAY)
    local, is_utc = _local(line.value)
    tzid = line.params.get("TZID", "")
    try:
        if is_utc:
            return local.replace(tzinfo=UTC)
        if not tzid:
            raise TimeNotUnderstood(TimeProblem.FLOATING)
        return local.replace(tzinfo=zone_of(tzid, local, observances)).astimezone(UTC)
    except ZoneNotUnderstood as problem:
        raise TimeNotUnderstood(TimeProblem.UNKNOWN_ZONE) from problem


def proposed_times(event: Lines, observances: Mapping[str, Sequence[Lines]]) -> tuple[datetime, datetime]:
    """When `event` begins and ends, in UTC, by DTEND or by DURATION. Raises `TimeNotUnderstood`."""
    start, end, duration = (event.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if start is None:
        raise TimeNotUnderstood(TimeProblem.NO_START)
    starts_at = instant(start, observances)
    if end is not None:
        ends_at = instant(end, observances)
    elif duration is not None:
        ends_at = starts_at + _length(duration.value)
    else:
        raise TimeNotUnderstood(TimeProblem.NO_END)
    if ends_at <= starts_at:
        raise TimeNotUnderstood(TimeProblem.ENDS_BEFORE_START)
    if ends_at - starts_at > LONGEST:
        raise TimeNotUnderstood(TimeProblem.TOO_LONG)
    return starts_at, ends_at


def _local(value: str) -> tuple[datetime, bool]:
    """The naive moment, and whether it is meant as UTC; a leap second is taken for the one before."""
    found = _DATE_TIME.fullmatch(value)
    if not found:
        raise TimeNotUnderstood(TimeProblem.BROKEN)
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    if not FIRST_YEAR < year < LAST_YEAR:
        raise TimeNotUnderstood(TimeProblem.BROKEN)
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59) if second == 60 else second)  # noqa: DTZ001
    except ValueError as problem:
        raise TimeNotUnderstood(TimeProblem.BROKEN) from problem
    return local, bool(found[7])


def _length(value: str) -> timedelta:
    """A DURATION of at most LONGEST (RFC 5545 3.3.6); a day is taken for 24 hours."""
    found = _DURATION.fullmatch(value)
    if not found or not any(found.groups()):
        raise TimeNotUnderstood(TimeProblem.BROKEN)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > LONGEST:
        raise TimeNotUnderstood(TimeProblem.TOO_LONG)
    return length
