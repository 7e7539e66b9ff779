"""Instants and days as people read them: on a site's clock, in the reader's language."""

from datetime import date, datetime

from babel.dates import get_timezone_location
from flask_babel import format_date, get_locale, pgettext

from scheduler.records.site_facts import zone_named

# Days by language: the Korean form of official papers, with its weekday; the others as Babel has them.
_HAN = "y年M月d日"
DATE = {"ko": "y. M. d.", "en": "d MMM y", "zh": _HAN, "ja": _HAN, "ar": "d MMMM y"}
FULL_DAY = {"en": "EEEE d MMMM y"}
DAY = {
    "ko": "y. M. d.(EEE)",
    "en": "EEE d MMM y",
    "zh": f"{_HAN}(EEE)",
    "ja": f"{_HAN}(EEE)",
    "ar": "EEEE d MMMM y",
}
SHORT_DAY = {
    "ko": "M. d.(EEE)",
    "en": "EEE d MMM",
    "zh": "M月d日(EEE)",
    "ja": "M月d日(EEE)",
    "ar": "EEEE d MMMM",
}
# Where the year leads the date, a stretch of days names it at its beginning.
YEAR_LEADS = frozenset({"ko", "zh", "ja"})
# An en dash between two hours, as everywhere on the pages.
TO = "–"


def hour(instant: datetime, zone: str) -> str:
    """10:30"""
    return f"{instant.astimezone(zone_named(zone)):%H:%M}"


def hours(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """10:30–11:30"""
    return f"{hour(starts_at, zone)}{TO}{hour(ends_at, zone)}"


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of an instant at a site."""
    return instant.astimezone(zone_named(zone)).date()


def day_in_words(on: date) -> str:
    """Monday 14 December 2026"""
    return str(format_date(on, FULL_DAY.get(_language(), "full")))


def date_in_words(on: date) -> str:
    """14 Dec 2026"""
    return str(format_date(on, DATE.get(_language(), "medium")))


def short_day(on: date) -> str:
    """Mon 14 Dec: without the year, for a grid that names it elsewhere."""
    return str(format_date(on, SHORT_DAY.get(_language(), "EEE d MMM")))


def days_in_short(first: date, last: date) -> str:
    """Mon 14 Dec – Wed 16 Dec 2026; in Korean 2026. 12. 14.(월) – 12. 16.(수). Two years are both named."""
    is_one_year, year_leads = first.year == last.year, _language() in YEAR_LEADS
    begins = short_day(first) if is_one_year and not year_leads else _dated(first)
    ends = short_day(last) if is_one_year and year_leads else _dated(last)
    return f"{begins} {TO} {ends}"


def moment_in_words(instant: datetime, zone: str) -> str:
    """Mon 14 Dec 2026 10:30; in Korean 2026. 12. 14.(월) 10:30"""
    return f"{_dated(local_day(instant, zone))} {hour(instant, zone)}"


def span_in_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Mon 14 Dec 2026 10:30–11:30; with both days where they differ."""
    if local_day(starts_at, zone) == local_day(ends_at, zone):
        return f"{moment_in_words(starts_at, zone)}{TO}{hour(ends_at, zone)}"
    return f"{moment_in_words(starts_at, zone)} {TO} {moment_in_words(ends_at, zone)}"


def day_and_hours(day: str, at_hours: str) -> str:
    """Mon 14 Dec, 10:30–11:30, of words already made; in Korean no comma parts them."""
    return pgettext("a day and its hours", "%(day)s, %(hours)s", day=day, hours=at_hours)


def city_of_zone(zone: str) -> str:
    """Seoul: the place by which a zone is called, in the reader's language."""
    return str(get_timezone_location(zone_named(zone), locale=get_locale() or "en", return_city=True))


def _dated(on: date) -> str:
    return str(format_date(on, DAY.get(_language(), "medium")))


def _language() -> str:
    return str(get_locale() or "").split("_")[0]
