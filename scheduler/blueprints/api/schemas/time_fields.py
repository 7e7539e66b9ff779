"""Times and days of the API: RFC 3339 with an offset in, the site's own offset out."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields
from marshmallow.utils import get_value

from scheduler.blueprints.api.schemas.base import Said, words
from scheduler.blueprints.typed import FIRST_YEAR, LAST_YEAR, city_zone
from scheduler.records.site_facts import zone_named

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WORDS = {
    "invalid": _l("Give the time with its offset, such as 2026-12-14T10:00:00+09:00."),
    "missing": _l("There is no such time; give one such as 2026-12-14T10:00:00+09:00."),
    "year": _l("The year must be between %(least)s and %(most)s."),
    "day": _l("Give a date, such as 2026-12-14."),
    "hour": _l("Give a time of day, such as 14:30."),
}


def instant_in(text: object) -> datetime:
    """The instant an RFC 3339 text names, parts of a second dropped. Raises ValidationError."""
    if not isinstance(text, str) or not INSTANT.fullmatch(text):
        raise ValidationError(str(WORDS["invalid"]))
    whole = re.sub(r"\.[0-9]+", "", text.upper())
    try:
        instant = datetime.fromisoformat(whole)
    except ValueError:
        raise ValidationError(str(WORDS["missing"])) from None
    _must_be_a_year_we_know(instant.year)
    return instant.astimezone(UTC)


def day_in(text: object) -> date:
    """The day a text names. Raises ValidationError."""
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise ValidationError(str(WORDS["day"]))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValidationError(str(WORDS["day"])) from None
    _must_be_a_year_we_know(day.year)
    return day


class Instant(Said, fields.DateTime):
    """An instant. `zone_of` says where in the thing told its zone is named; else it is the city's."""

    default_error_messages = words(invalid=WORDS["invalid"])

    def __init__(self, *, zone_of: str | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.zone_of = zone_of

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        return instant_in(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return None if value is None else value.astimezone(self._zone(obj)).isoformat()

    def _zone(self, obj: Any) -> ZoneInfo:
        named = get_value(obj, self.zone_of) if self.zone_of else None
        return zone_named(named) if isinstance(named, str) else city_zone()


class Day(Said, fields.Date):
    """A day of the calendar."""

    default_error_messages = words(invalid=WORDS["day"])

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        return day_in(value)


class HourOfDay(Said, fields.Time):
    """A time of day, to the minute."""

    default_error_messages = words(invalid=WORDS["hour"])

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%H:%M", **more, metadata={"pattern": f"^{HOUR.pattern}$"})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> time:
        if not isinstance(value, str) or not HOUR.fullmatch(value):
            raise self.make_error("invalid")
        return time.fromisoformat(value)


class From(Said, fields.Field[datetime]):
    """Where a stretch of time begins: an instant, or a day, which means its first moment."""

    days_later = 0

    def __init__(self, **more: Any) -> None:
        forms = [{"format": "date"}, {"format": "date-time"}]
        super().__init__(
            **more, metadata={"type": "string", "anyOf": forms, "description": (self.__doc__ or "").strip()}
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        text = str(value)
        if DAY.fullmatch(text):
            day = day_in(text) + timedelta(days=self.days_later)
            return datetime.combine(day, time.min, city_zone())
        # In an address a plus sign means a space unless it was written %2B; we know what was meant.
        return instant_in(text.replace(" ", "+"))


class Until(From):
    """Where a stretch of time ends: an instant, or a day, which is then the last one in it."""

    days_later = 1


def _must_be_a_year_we_know(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(str(WORDS["year"]) % {"least": FIRST_YEAR, "most": LAST_YEAR})
