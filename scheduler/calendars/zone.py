"""Moments as calendar files write them: Seoul's wall clock with its VTIMEZONE, everything else in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneStandard
from icalendar.prop import vInline

from scheduler.calendars.entry import Entry

HOME_ZONE = "Asia/Seoul"
# Before this day the written VTIMEZONE would not hold: Seoul had summer time until 1988.
HOME_ZONE_BEGINS_AT = datetime(1990, 1, 2, tzinfo=UTC)

_HOME = ZoneInfo(HOME_ZONE)


def is_in_home_zone(entry: Entry) -> bool:
    """Whether the times of `entry` are written on Seoul's clock, so that its file needs the VTIMEZONE.

    Outlook reads only daylight rules that are RRULEs, ical.js and vobject only the first RDATE of a
    list: a zone with summer time is safe with all of them in UTC alone.
    """
    return entry.zone == HOME_ZONE and entry.starts_at >= HOME_ZONE_BEGINS_AT


def in_utc(at: datetime) -> vInline:
    """The aware moment `at` as a DATE-TIME in UTC, parts of a second dropped."""
    return vInline(f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")


def in_home_zone(at: datetime) -> vInline:
    """The aware moment `at` as a DATE-TIME on Seoul's clock, parts of a second dropped."""
    return vInline(f"{at.astimezone(_HOME):%Y%m%dT%H%M%S}", params={"TZID": HOME_ZONE})


def home_timezone() -> Timezone:
    """The VTIMEZONE of Asia/Seoul since 1990: one STANDARD, no rule (RFC 5545 3.6.5)."""
    standard = TimezoneStandard()
    standard["DTSTART"] = vInline("19900101T000000")
    standard["TZOFFSETFROM"] = standard["TZOFFSETTO"] = vInline("+0900")
    standard["TZNAME"] = vInline("KST")
    timezone = Timezone()
    timezone["TZID"] = vInline(HOME_ZONE)
    timezone.add_component(standard)
    return timezone
