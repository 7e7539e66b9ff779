"""What people type, read strictly: dates, hours, and wall times of the city."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 9998


def city_zone() -> ZoneInfo:
    """The zone in which this city types and reads its times."""
    return ZoneInfo(current_app.config["CITY_ZONE"])


def moment_in(typed: str) -> datetime:
    """The instant that a typed wall time means in the city. Raises ValueError, in words."""
    shape = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?", typed)
    try:
        wall = datetime.fromisoformat(f"{shape[1]} {shape[2]}" if shape else "")
    except ValueError:
        raise ValueError(_("Give a date and a time, such as 2026-12-14 10:30.")) from None
    _must_be_a_year_we_know(wall)
    moment = wall.replace(tzinfo=city_zone())
    if moment.astimezone(UTC).astimezone(city_zone()).replace(tzinfo=None) != wall:
        raise ValueError(_("This time does not exist: the clocks went forward over it."))
    return moment


def day_in(typed: str) -> date:
    """The date that was typed. Raises ValueError, in words."""
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007  a date has no zone
    except ValueError:
        raise ValueError(_("Give a date, such as 2026-12-14.")) from None
    _must_be_a_year_we_know(day)
    return day


def hour_in(typed: str) -> time:
    """The time of day that was typed, to the minute. Raises ValueError, in words."""
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", typed):
        raise ValueError(_("Give a time of day, such as 14:30."))
    hour, minute = typed.split(":")[:2]
    return time(int(hour), int(minute))


def _must_be_a_year_we_know(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            _("The year must be between %(least)s and %(most)s.", least=FIRST_YEAR, most=LAST_YEAR)
        )
