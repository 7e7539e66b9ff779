"""Public holidays as facts: the `holidays` package, with a table of one-off days on top."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays as package
from sqlalchemy import bindparam, select

from scheduler.core.facts import PublicHoliday
from scheduler.records.database import ask
from scheduler.records.sites import OneOffHoliday

# 1 January, the day of Seollal itself and the day of Chuseok itself, by the package's English names.
MAIN_HOLIDAYS = {"KR": frozenset({"New Year's Day", "Korean New Year", "Chuseok"})}

_O = OneOffHoliday.__table__.c
_ONE_OFFS = select(_O.on, _O.name, _O.is_holiday).where(_O.on.between(bindparam("first"), bindparam("last")))


def public_holidays(country: str, first: date, last: date) -> dict[date, PublicHoliday]:
    """The public holidays of a country from one day to another, both included."""
    named = {
        day: PublicHoliday(on=day, name=name, is_main=name in MAIN_HOLIDAYS.get(country, ()))
        for year in range(first.year, last.year + 1)
        for day, name in package_days(country, year).items()
        if first <= day <= last
    }
    for day, name, is_holiday in ask(_ONE_OFFS, first=first, last=last):
        if is_holiday:
            named[day] = PublicHoliday(on=day, name=name)
        else:
            named.pop(day, None)
    return named


def holidays_at_home(country: str | None, first: date, last: date) -> dict[date, str]:
    """The guests' own public holidays, for a caution; nothing where the package does not know the country."""
    if country is None:
        return {}
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in package_days(country, year).items()
        if first <= day <= last
    }


def holiday_name(country: str, day: date, language: str) -> str | None:
    """What a holiday is called in a language, as far as the package can say."""
    return package_days(country, day.year, language).get(day)


@lru_cache(maxsize=2048)
def package_days(country: str, year: int, language: str = "en") -> Mapping[date, str]:
    """What the package says of one country and year; empty for a country it does not know."""
    if country not in package.list_supported_countries():
        return {}
    known = package.country_holidays(country).supported_languages
    spoken = next((code for code in known if code.split("_")[0] == language), None)
    return dict(package.country_holidays(country, years=year, language=spoken))
