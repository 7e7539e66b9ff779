"""What the clock shows where guests come from, beside the clock of the site they visit."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from flask_babel import gettext as _

from scheduler.records.site_facts import zone_named
from scheduler.words.instants import hours, local_day, span_in_words
from scheduler.words.names import country_name

# One time by law, though the zone tables also know another one in use: China's is that of Beijing.
ONE_BY_LAW = {"CN": "Asia/Shanghai"}


def home_zone(country: str | None, at: datetime) -> str | None:
    """The zone of a country (ISO 3166-1 alpha-2) at an instant, by its IANA name, in the tables of the CLDR.

    None where nobody can tell: no country is given, or its zones show different hours at that instant, as
    those of the United States do. Zones that show the same hour then are one; the first by name stands for
    them."""
    code = (country or "").upper()
    zones = (ONE_BY_LAW[code],) if code in ONE_BY_LAW else _zones().get(code, ())
    return zones[0] if len({_offset(zone, at) for zone in zones}) == 1 else None


def hours_at_home(starts_at: datetime, ends_at: datetime, *, country: str | None, zone: str) -> str:
    """08:30–09:30 in Vietnam; empty where the guests' clock is not known, or shows what that of `zone` does.

    Names the day where it is another one at home."""
    home = home_zone(country, starts_at)
    if home is None or _offset(home, starts_at) == _offset(zone, starts_at):
        return ""
    days = {local_day(instant, clock) for instant in (starts_at, ends_at) for clock in (home, zone)}
    told = (hours if len(days) == 1 else span_in_words)(starts_at, ends_at, home)
    return _("%(hours)s in %(country)s", hours=told, country=country_name(country))


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones of every country, by name, as far as this machine has their clocks."""
    found: dict[str, list[str]] = {}
    ours = available_timezones()
    for zone, country in get_global("zone_territories").items():
        if zone in ours:
            found.setdefault(country, []).append(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}


def _offset(zone: str, at: datetime) -> timedelta | None:
    return at.astimezone(zone_named(zone)).utcoffset()
