"""How full one site is through a week, hour by hour."""

from datetime import UTC, date, datetime, time, timedelta

from scheduler.core.hourly import HourLoad, hourly
from scheduler.records.load import sessions_between
from scheduler.records.site_facts import site_facts
from scheduler.records.weeks import DAYS, FARTHEST_ZONE


def week_load(site_id: int, first: date, *, at: datetime) -> dict[date, dict[int, HourLoad]]:
    """Seven local days of a site from `first` on, each by its hours. A fixed number of queries."""
    begin = datetime.combine(first, time.min, UTC) - FARTHEST_ZONE
    end = datetime.combine(first + timedelta(days=DAYS), time.min, UTC) + FARTHEST_ZONE
    facts = site_facts([site_id], begin, end)[site_id]
    found = sessions_between([site_id], begin, end, at=at)
    runnings = [running for tour in found.runnings.values() for running in tour.values()]
    return {day: hourly(facts, day, runnings) for day in (first + timedelta(days=n) for n in range(DAYS))}
