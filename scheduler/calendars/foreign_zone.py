"""Time zones as strangers name them, and the few forms of VTIMEZONE that are believed.

A known name always means the zone that everybody knows by it, whatever a file's own VTIMEZONE makes of it.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduler.calendars.foreign import Lines
from scheduler.calendars.misunderstanding import NotUnderstood

MOST_OBSERVANCES = 200

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
# What some systems keep beside the zones: the computer's own, and no zone at all.
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})
_UTC_NAMES = frozenset({"utc", "z", "gmt", "tzone://microsoft/utc"})
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})(?:[0-9]{2})?")
_FURTHEST = timedelta(hours=15)
_ONSET = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})[0-9]{2}Z?)?")
_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RULE_PARTS = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "UNTIL", "WKST"})


class ZoneNotUnderstood(ValueError):
    """No zone is known by this name, and the file's own description of it is missing or beyond us."""


def zone_of(tzid: str, at: datetime, observances: Mapping[str, Sequence[Lines]]) -> tzinfo:
    """The zone `tzid` for the naive local moment `at`: by its IANA or Windows name, else by its VTIMEZONE.

    `observances` are the parts of the VTIMEZONEs in the same file by their TZID. What comes from a
    VTIMEZONE holds for `at` alone. Raises `ZoneNotUnderstood`.
    """
    if known := known_zone(tzid):
        return known
    offsets = [
        (onset, offset)
        for each in list(observances.get(tzid.strip(), ()))[:MOST_OBSERVANCES]
        for onset, offset in _onsets(each, at)
    ]
    begun = [found for found in offsets if found[0] <= at]
    if not begun:
        raise ZoneNotUnderstood(f"{tzid[:80]!r} is no zone, and is not described for {at}")
    return timezone(max(begun)[1])


def known_zone(tzid: str) -> tzinfo | None:
    """The zone of an IANA or Windows name, also behind the `/vendor/version/` some programs prepend."""
    name = tzid.strip()
    if name.lower() in _UTC_NAMES:
        return UTC
    if name in WINDOWS_TO_OLSON:
        return ZoneInfo(WINDOWS_TO_OLSON[name])
    candidates = [name]
    if name.startswith("/"):
        parts = name.split("/")
        candidates = ["/".join(parts[-length:]) for length in (3, 2, 1)]
    return next((zone for each in candidates if (zone := _iana_zone(each))), None)


def _iana_zone(key: str) -> ZoneInfo | None:
    if not _KEY.fullmatch(key) or key in _NO_ZONES:
        return None
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _onsets(observance: Lines, at: datetime) -> list[tuple[datetime, timedelta]]:
    """The last beginnings of an observance around `at`, on local clocks, with the offset from then on.

    Rules other than "on the second Sunday of March each year" are not followed: Outlook and every
    program that keeps to its reading write no others (MS-OXCICAL 2.1.3.1.1.19).
    """
    try:
        start, offset = observance.first("DTSTART"), observance.first("TZOFFSETTO")
        rules, dates = observance.every("RRULE"), observance.every("RDATE")
        has_exceptions = bool(observance.every("EXDATE"))
    except NotUnderstood as problem:
        raise ZoneNotUnderstood("an observance is broken") from problem
    if start is None or offset is None or len(rules) > 1 or has_exceptions:
        raise ZoneNotUnderstood("an observance is incomplete or beyond us")
    begins = _moment(start.value)
    moments = [begins, *(_moment(value) for line in dates for value in line.value.split(","))]
    for rule in rules:
        moments += _yearly(rule.value, begins, at)
    return [(moment, _offset(offset.value)) for moment in moments]


@dataclass(frozen=True)
class _Yearly:
    """One day a year: the nth such weekday of a month, counted from its end when negative."""

    month: int
    nth: int
    weekday: int

    def in_year(self, year: int) -> date | None:
        first, days = calendar.monthrange(year, self.month)
        matching = list(range(1 + (self.weekday - first) % 7, days + 1, 7))
        index = self.nth - 1 if self.nth > 0 else self.nth
        return date(year, self.month, matching[index]) if -len(matching) <= index < len(matching) else None


def _yearly(rule: str, begins: datetime, at: datetime) -> list[datetime]:
    parts = dict(each.upper().split("=", 1) for each in rule.split(";") if "=" in each)
    day = _DAY.fullmatch(parts.get("BYDAY", ""))
    month = parts.get("BYMONTH", "")
    if (
        not parts.keys() <= _RULE_PARTS
        or parts.get("FREQ") != "YEARLY"
        or parts.get("INTERVAL", "1") != "1"
        or day is None
        or not re.fullmatch("0?[1-9]|1[0-2]", month)
    ):
        raise ZoneNotUnderstood(f"the rule {rule[:80]!r} is beyond us")
    until = _moment(parts.get("UNTIL", "99981231"))
    yearly = _Yearly(int(month), int(day[1]), _WEEKDAYS.index(day[2]))
    years = [year for year in (at.year - 1, at.year) if 1 <= year <= 9998]
    moments = [
        datetime.combine(on, time(begins.hour, begins.minute))
        for year in years
        if (on := yearly.in_year(year))
    ]
    return [moment for moment in moments if begins <= moment <= until]


def _moment(value: str) -> datetime:
    """A date or local date-time, naive; the `Z` of an UNTIL is passed over, which errs by hours at most."""
    found = _ONSET.fullmatch(value.strip())
    if not found:
        raise ZoneNotUnderstood(f"{value[:40]!r} is no moment")
    try:
        return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError as problem:
        raise ZoneNotUnderstood(f"{value[:40]!r} is no moment") from problem


def _offset(value: str) -> timedelta:
    found = _OFFSET.fullmatch(value.strip())
    if not found:
        raise ZoneNotUnderstood(f"{value[:40]!r} is no offset")
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if offset > _FURTHEST:
        raise ZoneNotUnderstood(f"{value[:40]!r} is further from UTC than any place on earth")
    return -offset if found[1] == "-" else offset
