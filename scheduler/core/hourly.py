"""How full a site is hour by hour of one local day: places taken of places, and where it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.core.facts import Running, SiteFacts
from scheduler.core.opening import open_day
from scheduler.core.spans import Span

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HourLoad:
    """One hour: the places of all runnings that touch it and how many of them are taken (None: nothing runs),
    and whether the site is closed then although it would be open by its hours."""

    places: int | None
    taken: int
    is_closed: bool


def hourly(site: SiteFacts, day: date, runnings: Iterable[Running]) -> dict[int, HourLoad]:
    """The hours of a local day that lie within opening hours or have something running, by the hour."""
    opened, runnings = open_day(site, day), list(runnings)
    found = {}
    for hour in range(24):
        begins = datetime.combine(day, datetime.min.time(), site.zone) + hour * HOUR
        span = Span(begins, begins + HOUR)
        here = [each for each in runnings if each.starts_at < span.ends_at and span.starts_at < each.ends_at]
        is_shut = bool(opened.refusals) or any(closure.span.overlaps(span) for closure in site.closures)
        is_open = any(each.overlaps(span) for each in opened.opens)
        if is_open or here:
            places = sum(each.places for each in here) if here else None
            found[hour] = HourLoad(places, sum(each.places_taken for each in here), is_shut)
    return found
