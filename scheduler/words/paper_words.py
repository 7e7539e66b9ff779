"""Hours and days as papers print them: in Korean as official papers do, otherwise as on every page."""

from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale, format_date, get_locale

from scheduler.records.site_facts import zone_named
from scheduler.words.instants import DAY, TO, city_of_zone, day_in_words, hours, local_day, span_in_words

# What stands between two hours in Korean official papers, and what ends one.
OFFICIAL_TO, END_MARK = "~", "끝."


def language_of_paper() -> str:
    """In which language words are made now."""
    return str(get_locale() or "en").split("_")[0]


def is_official() -> bool:
    """Whether the paper is in Korean, whose official papers have a form of their own."""
    return language_of_paper() == "ko"


def paper_day(on: date) -> str:
    """Monday 14 December 2026; in Korean 2026. 12. 14.(월)"""
    return str(format_date(on, DAY["ko"])) if is_official() else day_in_words(on)


def paper_hours(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """10:30–11:30, in Korean 10:30~11:30; both days where they differ."""
    if local_day(starts_at, zone) == local_day(ends_at, zone):
        return _official(hours(starts_at, ends_at, zone))
    return paper_span(starts_at, ends_at, zone)


def paper_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Mon 14 Dec 2026 10:30–11:30; in Korean 2026. 12. 14.(월) 10:30~11:30"""
    return _official(span_in_words(starts_at, ends_at, zone))


def zone_in_words(at: datetime, zone: str) -> str:
    """UTC+9: how far a clock is from that of everybody."""
    offset = at.astimezone(zone_named(zone)).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    told = f"{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else "")
    return f"UTC{'-' if minutes < 0 else '+'}{told}"


def city_in_words() -> str:
    """Seoul, 서울, 首尔: in the reader's language where the city's clock bears its name, else as it is."""
    name, zone = str(current_app.config["CITY_NAME"]), str(current_app.config["CITY_ZONE"])
    with force_locale("en"):
        is_of_the_clock = city_of_zone(zone) == name
    return city_of_zone(zone) if is_of_the_clock else name


def _official(words: str) -> str:
    return words.replace(f" {TO} ", OFFICIAL_TO).replace(TO, OFFICIAL_TO) if is_official() else words
