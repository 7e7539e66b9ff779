"""Dates, times and numbers as people type them into cells: read where they can mean one thing alone."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

# The day before the first in each way of counting days (ECMA-376 18.17.4.1, where 1900 is a leap year).
EPOCHS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_PEOPLE = 5_000
_WEEKDAY = re.compile(r"\([^)]{0,12}\)")
_CLOCK = r"(?:[Tt ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})\s*[-./年년]\s*([0-9]{{1,2}})\s*[-./月월]\s*([0-9]{{1,2}})\s*[.日일]?{_CLOCK}"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*[-./]\s*([0-9]{4})")
_SHORT_YEAR = re.compile(r"'?[0-9]{1,2}\s*[-./년年]\s*[0-9]{1,2}\s*[-./월月]\s*[0-9]{1,2}\s*[.日일]?")
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*[-./月월]\s*[0-9]{1,2}\s*[.日일]?")
_BASIC = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]*([a-z]{3,9})[ .,-]*([0-9]{4})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})[ .]*([0-9]{1,2})(?:st|nd|rd|th)?[ ,]+([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MORNING, _EVENING = ("오전", "午前", "上午", "am", "a.m.", "ص"), ("오후", "午後", "下午", "pm", "p.m.", "م")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?")
_TIME_IN_WORDS = re.compile(r"([0-9]{1,2})\s*(?:시|時|时|点|點|h)\s*(?:([0-9]{1,2})\s*(?:분|分)?|(반|半))?")
_FRACTION = re.compile(r"0\.[0-9]+")
_DAY_BEFORE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_RANGE = re.compile(r"\s*[~\u301c\uff5e\u2013\u2014-]\s*(?=[0-9])")
_COUNT = re.compile(r"([0-9]{1,4})(?:\.0+)?\s*(?:명|名|人|位|people|persons|pax)?")


class CellUnclear(Exception):
    """A cell that says nothing certain: a code of why, and its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def day_in(typed: str, *, serials: str = "") -> date:
    """The day that a cell means. `serials` says from when a workbook counts days. Raises CellUnclear:
    date_missing, date_unknown, date_impossible, date_ambiguous (with both), date_without_year,
    date_short_year, date_serial (a number, in a text file that tells no counting)."""
    text = " ".join(_WEEKDAY.sub(" ", plain_digits(typed)).split()).lower()
    if not text:
        raise CellUnclear("date_missing")
    for shape, read in _SHAPES.items():
        found = shape.fullmatch(text)
        if found is not None:
            return read(found, {"value": typed[:40]})
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text), serials, typed)
    raise CellUnclear(_code_of_the_unclear(text), value=typed[:40])


def time_in(typed: str, *, serials: str = "") -> time:
    """The time of day that a cell means; of a stretch of time, its beginning. Raises CellUnclear:
    time_missing, time_unknown."""
    text = _RANGE.split(_DAY_BEFORE.sub("", plain_digits(typed)).lower().strip(), maxsplit=1)[0].strip()
    if not typed.strip():
        raise CellUnclear("time_missing")
    unclear = CellUnclear("time_unknown", value=typed[:40])
    if serials and _FRACTION.fullmatch(text):
        minutes = round(float(text) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    bare, half = _half_of_day(text)
    found = _TIME.fullmatch(bare) or _TIME_IN_WORDS.fullmatch(
        f"{bare}h" if half and bare.isdecimal() else bare
    )
    if found is None:
        raise unclear
    hour, minute = int(found[1]), 30 if found[3] in ("반", "半") else int(found[2] or 0)
    if half and not 1 <= hour <= 12:
        raise unclear
    hour = hour % 12 + (12 if half == "evening" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise unclear
    return time(hour, minute)


def count_in(typed: str) -> int | None:
    """How many people a cell says; None where it says nothing. Raises CellUnclear: headcount_unknown."""
    text = plain_digits(typed).lower().strip()
    if not text:
        return None
    found = _COUNT.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= MOST_PEOPLE:
        raise CellUnclear("headcount_unknown", value=typed[:40])
    return int(found[1])


def plain_digits(text: str) -> str:
    """A text with the digits of any script as those of ours, and full-width signs as plain ones."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in folded)


def _day(year: int, month: int, day: int, facts: Mapping[str, Any]) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellUnclear("date_impossible", **facts) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellUnclear("date_unknown", **facts)
    return found


def _year_first(found: re.Match[str], facts: Mapping[str, Any]) -> date:
    return _day(int(found[1]), int(found[2]), int(found[3]), facts)


def _year_last(found: re.Match[str], facts: Mapping[str, Any]) -> date:
    """1/12/2026 is two days, 13/12/2026 is one."""
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12 or first == second:
        return _day(year, second, first, facts)
    if second > 12:
        return _day(year, first, second, facts)
    days = [_day(year, second, first, facts), _day(year, first, second, facts)]
    raise CellUnclear("date_ambiguous", **facts, one=days[0].isoformat(), other=days[1].isoformat())


def _named(found: re.Match[str], facts: Mapping[str, Any]) -> date:
    return _day(int(found[3]), _month(found[2], facts), int(found[1]), facts)


def _named_first(found: re.Match[str], facts: Mapping[str, Any]) -> date:
    return _day(int(found[3]), _month(found[1], facts), int(found[2]), facts)


def _month(name: str, facts: Mapping[str, Any]) -> int:
    if name[:3] not in _MONTHS:
        raise CellUnclear("date_unknown", **facts)
    return _MONTHS.index(name[:3]) + 1


def _of_serial(number: float, serials: str, typed: str) -> date:
    if serials not in EPOCHS:
        raise CellUnclear("date_serial", value=typed[:40])
    told = EPOCHS[serials] + timedelta(days=int(number))
    return _day(told.year, told.month, told.day, {"value": typed[:40]})


def _code_of_the_unclear(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return "date_short_year"
    return "date_without_year" if _NO_YEAR.fullmatch(text) else "date_unknown"


def _half_of_day(text: str) -> tuple[str, str]:
    """A time without the word for its half of the day, and which half that is."""
    for words, half in ((_MORNING, "morning"), (_EVENING, "evening")):
        for word in words:
            if text.startswith(word) or text.endswith(word):
                return text.removeprefix(word).removesuffix(word).strip(), half
    return text, ""


_SHAPES: Mapping[re.Pattern[str], Callable[[re.Match[str], Mapping[str, Any]], date]] = {
    _YEAR_FIRST: _year_first,
    _BASIC: _year_first,
    _YEAR_LAST: _year_last,
    _NAMED: _named,
    _NAMED_FIRST: _named_first,
}
