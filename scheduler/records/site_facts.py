"""Sites and tours as the rules see them, read in a fixed number of queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select

from scheduler.core.facts import Closure, ClosureRules, OpeningHours, SiteFacts, TourFacts
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.holidays import public_holidays
from scheduler.records.sites import Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.tours import Tour

SITE = Site.__table__.c
TOUR_COLUMNS = [
    Tour.id,
    Tour.code,
    Tour.site_id,
    Tour.minutes,
    Tour.smallest_group,
    Tour.largest_group,
    Tour.places,
    Tour.dating,
    Tour.needs_agreement,
    Tour.topics,
    Tour.people_at_once,
    Tour.groups_at_once,
    Tour.active_from,
    Tour.active_to,
]


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def site_facts(site_ids: Collection[int], first: datetime, last: datetime) -> dict[int, SiteFacts]:
    """The facts of some sites that matter between two instants. Five queries, however many sites."""
    checked = (
        select(func.min(SiteFact.checked_on)).where(SiteFact.site_id == Site.id).correlate(Site)
    ).scalar_subquery()
    rows = db.session.execute(select(*SITE, checked.label("checked_on")).where(Site.id.in_(site_ids))).all()
    hours = _hours(site_ids)
    closures = _closures(site_ids, first, last)
    first_on, last_on = first.date() - timedelta(days=8), last.date() + timedelta(days=1)
    holidays = {
        country: public_holidays(country, first_on, last_on) for country in {row.country for row in rows}
    }
    return {
        row.id: _site(row, hours[row.id], closures[row.id], holidays=holidays[row.country]) for row in rows
    }


def tour_facts(rows: Iterable[Row[Any]], sites: dict[int, SiteFacts]) -> dict[int, TourFacts]:
    """Tours as the rules see them, from rows that hold TOUR_COLUMNS."""
    return {row.id: tour_of(row, sites[row.site_id].code) for row in rows}


def tour_of(row: Row[Any], site_code: str) -> TourFacts:
    return TourFacts(
        id=row.id,
        code=row.code,
        site_code=site_code,
        minutes=row.minutes,
        smallest_group=row.smallest_group,
        largest_group=row.largest_group,
        places=row.places,
        dating=row.dating,
        needs_agreement=row.needs_agreement,
        topics=row.topics,
        people_at_once=row.people_at_once,
        groups_at_once=row.groups_at_once,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def _site(
    row: Row[Any], hours: list[OpeningHours], closures: list[Closure], *, holidays: dict[date, Any]
) -> SiteFacts:
    return SiteFacts(
        id=row.id,
        code=row.code,
        zone=zone_named(row.zone),
        hours=tuple(hours),
        closure_rules=ClosureRules(
            weekdays=frozenset(int(day) for day in row.closed_weekdays),
            on_public_holidays=row.closed_on_public_holidays,
            on_main_holidays=row.closed_on_main_holidays,
            moves_after_holiday=row.closure_moves_after_holiday,
        ),
        closures=tuple(closures),
        holidays=holidays,
        notice_days=row.notice_days,
        people_at_once=row.people_at_once,
        groups_at_once=row.groups_at_once,
        turnaround_minutes=row.turnaround_minutes,
        languages=row.languages,
        active_from=row.active_from,
        active_to=row.active_to,
        facts_checked_on=row.checked_on,
    )


def _hours(site_ids: Collection[int]) -> dict[int, list[OpeningHours]]:
    h = SiteHours
    found: dict[int, list[OpeningHours]] = defaultdict(list)
    rows = select(h.site_id, h.weekday, h.opens, h.closes, h.valid_from, h.valid_to)
    for site_id, weekday, opens, closes, valid_from, valid_to in db.session.execute(
        rows.where(h.site_id.in_(site_ids))
    ):
        found[site_id].append(
            OpeningHours(
                weekday=weekday, opens=opens, closes=closes, valid_from=valid_from, valid_to=valid_to
            )
        )
    return found


def _closures(site_ids: Collection[int], first: datetime, last: datetime) -> dict[int, list[Closure]]:
    c = SiteClosure
    found: dict[int, list[Closure]] = defaultdict(list)
    rows = select(c.site_id, c.id, c.starts_at, c.ends_at, c.reason).order_by(c.starts_at, c.id)
    near = c.site_id.in_(site_ids), c.starts_at < last, c.ends_at > first
    for site_id, closure_id, starts_at, ends_at, reason in db.session.execute(rows.where(*near)):
        found[site_id].append(Closure(id=closure_id, span=Span(starts_at, ends_at), reason=reason))
    return found
