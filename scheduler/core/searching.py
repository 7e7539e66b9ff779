"""What is looked for: words without case, width or accents; days in the forms people write; a number."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.core.spans import Span

# Accents, Arabic vowel signs and the sign that only stretches a word. On PostgreSQL the same marks are taken
# off by `records/text_search.py`.
MARKS = r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_MARKS = re.compile(f"[{MARKS}]")
MOST_WORDS = 8
# A day of a month without its year is the one nearest to today, and 29 February comes within so many years.
NEAR_YEARS = (0, 1, -1, 2, -2, 3, -3)
_SEPARATED = r"(\d{4})\s*[-./년年]\s*(\d{1,2})\s*[-./월月]\s*(\d{1,2})[.일日]?"
_EIGHT_DIGITS = r"(\d{4})(\d{2})(\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s*(?P<year>\d{4})(?!\d))?"


def folded(text: str) -> str:
    """The text as two people would agree it is the same: São Paulo and ＳＡＯ ＰＡＵＬＯ are."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", plain)


@dataclass(frozen=True)
class Word:
    """One word, folded, and the countries (ISO 3166-1 alpha-2) that are called so in some language."""

    text: str
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody looks for. Every word must be found; of several days each would do. The number may be
    that of a visit."""

    text: str = ""
    words: tuple[Word, ...] = ()
    days: tuple[Span, ...] = ()
    number: int | None = None

    @property
    def is_nothing(self) -> bool:
        return not self.words and not self.days and self.number is None


ANYTHING = Sought()


@dataclass(frozen=True)
class Almanac:
    """What reading days needs to know: which day it is, and the months by their names, folded."""

    on: date
    months: Mapping[str, int] = field(default_factory=dict)


def plainly(text: str) -> Sought:
    """Words alone: no days, no countries."""
    words = folded(text).split()[:MOST_WORDS]
    return Sought(text=" ".join(words), words=tuple(map(Word, words)))


def numbered(text: str) -> int | None:
    """The number that stands there alone, such as 123 or #123, if it could be the number of a row."""
    shape = re.fullmatch(r"\s*#?\s*([0-9]{1,10})\s*", unicodedata.normalize("NFKC", text))
    number = int(shape[1]) if shape else 0
    return number if 0 < number < 2**31 else None


def without_days(text: str, almanac: Almanac) -> tuple[tuple[date, ...], str]:
    """The days that a text names (a form that means two gives both), and the text without them."""
    plain = folded(text)
    for form in (_year_first, _month_first, _with_month_name, _two_numbers):
        days, rest = form(plain, almanac)
        if days:
            return days, rest
    return (), text


def _year_first(text: str, _almanac: Almanac) -> tuple[tuple[date, ...], str]:
    """2026-12-01, 2026. 12. 1., 2026/12/1, 20261201, 2026年12月1日, 2026년 12월 1일."""
    shape = re.search(rf"(?<!\d)(?:{_SEPARATED}|{_EIGHT_DIGITS})(?!\d)", text)
    if shape is None:
        return (), text
    year, month, day = (int(part) for part in shape.groups() if part)
    return _kept(_day(year, month, day)), _around(text, shape)


def _month_first(text: str, almanac: Almanac) -> tuple[tuple[date, ...], str]:
    """12월 1일, 12月1日."""
    shape = re.search(r"(?<!\d)(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]?(?!\d)", text)
    if shape is None:
        return (), text
    return _kept(_nearest(int(shape[1]), int(shape[2]), almanac)), _around(text, shape)


def _with_month_name(text: str, almanac: Almanac) -> tuple[tuple[date, ...], str]:
    """1 Dec, 1st December 2026, Dec 1, and the same in Arabic."""
    named = "|".join(sorted(map(re.escape, almanac.months), key=len, reverse=True))
    for form in (rf"(?<!\w){_DAY}\.?\s*(?P<month>{named})", rf"(?<!\w)(?P<month>{named})\.?\s*{_DAY}"):
        shape = re.search(rf"{form}\.?(?!\w){_YEAR}", text) if named else None
        if shape is not None:
            month, day = almanac.months[shape["month"]], int(shape["day"])
            found = _day(int(shape["year"]), month, day) if shape["year"] else _nearest(month, day, almanac)
            return _kept(found), _around(text, shape)
    return (), text


def _two_numbers(text: str, almanac: Almanac) -> tuple[tuple[date, ...], str]:
    """12.1, 12/1 and 12. 1.: 1 December; where the other reading is a day, too, it is given as well."""
    shape = re.search(r"(?<![\w.])(\d{1,2})\s*[./]\s*(\d{1,2})\.?(?![\w.])", text)
    if shape is None:
        return (), text
    first, second = int(shape[1]), int(shape[2])
    found = _kept(_nearest(first, second, almanac)) + _kept(_nearest(second, first, almanac))
    return tuple(dict.fromkeys(found)), _around(text, shape)


def _nearest(month: int, day: int, almanac: Almanac) -> date | None:
    found = [_day(almanac.on.year + years, month, day) for years in NEAR_YEARS]
    return min((each for each in found if each), key=lambda each: abs(each - almanac.on), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 9998 else None
    except ValueError:
        return None


def _kept(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)


def _around(text: str, shape: re.Match[str]) -> str:
    return f"{text[: shape.start()]} {text[shape.end() :]}"
