"""What was typed into the search, read in every language we speak: countries, months, days, numbers."""

from datetime import datetime
from functools import cache

from babel import Locale
from flask import current_app
from flask_babel import lazy_gettext as _l

from scheduler.core.searching import (
    MOST_WORDS,
    Almanac,
    Sought,
    Word,
    folded,
    numbered,
    without_days,
)
from scheduler.core.spans import day_span
from scheduler.records.site_facts import zone_named
from scheduler.words.instants import local_day

# What is found, in groups: the words of each kind.
KINDS = {
    "delegations": _l("Delegations"),
    "posts": _l("People, by post"),
    "sites": _l("Sites"),
    "visits": _l("Visits"),
}
# Shorter words stand in too many names of countries; one sign of Chinese or two of Hangul may be a whole one.
SHORTEST = 3


def sought(text: str, at: datetime) -> Sought:
    """What somebody looks for, as the archive is asked for it."""
    zone = zone_named(current_app.config["CITY_ZONE"])
    days, rest = without_days(text, Almanac(local_day(at, zone.key), months(_languages())))
    words = folded(rest).split()[:MOST_WORDS]
    whole = countries_called("".join(words), _languages())
    found = tuple(Word(word, whole | countries_called(word, _languages())) for word in words)
    return Sought(
        text=" ".join(words),
        words=found,
        days=tuple(day_span(day, zone) for day in days),
        number=numbered(text),
    )


@cache
def months(languages: tuple[str, ...]) -> dict[str, int]:
    """Every name of a month in these languages, whole and short, folded. 12월 and 12月 are read without."""
    found: dict[str, int] = {}
    for locale in map(Locale, languages):
        for names in (names for forms in locale.months.values() for names in forms.values()):
            found |= {folded(name).rstrip("."): month for month, name in names.items()}
    return {name: month for name, month in found.items() if len(name) > 1 and not name[0].isdecimal()}


def countries_called(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The countries in whose names, in any of these languages, a word of that beginning stands."""
    if len(word) < (SHORTEST if word.isascii() else 2):
        return frozenset()
    return frozenset(code for code, names in _countries(languages).items() if _is_called(word, names))


@cache
def _countries(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Every country's names, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for locale in map(Locale, languages):
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha():
                found[code] = (*found.get(code, ()), folded(name))
    return found


def _is_called(word: str, names: tuple[str, ...]) -> bool:
    if not word.isascii():
        return any(word in name for name in names)
    return any(name.startswith(word) or f" {word}" in name for name in names)


def _languages() -> tuple[str, ...]:
    return tuple(current_app.config["LANGUAGES"])
