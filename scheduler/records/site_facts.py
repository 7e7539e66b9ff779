"""Sites and tours as the rules see them, read in a fixed number of queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Row, bindparam, func, select

from scheduler.core.facts import Closure, ClosureRules, OpeningHours, SiteFacts, TourFacts
from scheduler.core.spans import Span
from scheduler.core.travel import Point
from scheduler.records.database import ask
from scheduler.records.holidays import public_holidays
from scheduler.records.sites import Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.tours import Tour

_S, _T = Site.__table__.c, Tour.__table__.c
_H, _C, _F = SiteHours.__table__.c, SiteClosure.__table__.c, SiteFact.__table__.c
TOUR_COLUMNS = [
    _T.id,
    _T.code,
    _T.site_id,
    _T.minutes,
    _T.smallest_group,
    _T.largest_group,
    _T.places,
    _T.dating,
    _T.needs_agreement,
    _T.needs_guide,
    _T.topics,
    _T.people_at_once,
    _T.groups_at_once,
    _T.active_from,
    _T.active_to,
]
_SITE_IDS: BindParameter[int] = bindparam("site_ids", expanding=True)
_SITES = select(
    _S.id,
    _S.code,
    _S.zone,
    _S.country,
    _S.closed_weekdays,
    _S.closed_on_public_holidays,
    _S.closed_on_main_holidays,
    _S.closure_moves_after_holiday,
    _S.notice_days,
    _S.people_at_once,
    _S.groups_at_once,
    _S.turnaround_minutes,
    _S.languages,
    _S.latitude,
    _S.longitude,
    _S.active_from,
    _S.active_to,
    select(func.min(_F.checked_on)).where(_F.site_id == _S.id).scalar_subquery().label("checked_on"),
).where(_S.id.in_(_SITE_IDS))
_HOURS = select(_H.site_id, _H.weekday, _H.opens, _H.closes, _H.valid_from, _H.valid_to).where(
    _H.site_id.in_(_SITE_IDS)
)
_CLOSURES = (
    select(_C.site_id, _C.id, _C.starts_at, _C.ends_at, _C.reason)
    .where(_C.site_id.in_(_SITE_IDS), _C.starts_at < bindparam("last"), _C.ends_at > bindparam("first"))
    .order_by(_C.starts_at, _C.id)
)


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def site_facts(site_ids: Collection[int], first: datetime, last: datetime) -> dict[int, SiteFacts]:
    """The facts of some sites that matter between two instants. Five queries, however many sites."""
    rows = ask(_SITES, site_ids=list(site_ids)).all()
    hours = _hours(site_ids)
    closures = _closures(site_ids, first, last)
    first_on, last_on = first.date() - timedelta(days=8), last.date() + timedelta(days=1)
    holidays = {
        country: public_holidays(country, first_on, last_on) for country in {row.country for row in rows}
    }
    return {
        row.id: _site(row, hours[row.id], closures[row.id], holidays=holidays[row.country]) for row in rows
    }


def point_at(latitude: float | None, longitude: float | None) -> Point | None:
    """A spot on the map, if both its degrees are known."""
    return None if latitude is None or longitude is None else Point(latitude, longitude)


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
        needs_guide=row.needs_guide,
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
        point=point_at(row.latitude, row.longitude),
        active_from=row.active_from,
        active_to=row.active_to,
        facts_checked_on=row.checked_on,
    )


def _hours(site_ids: Collection[int]) -> dict[int, list[OpeningHours]]:
    found: dict[int, list[OpeningHours]] = defaultdict(list)
    rows = ask(_HOURS, site_ids=list(site_ids))
    for site_id, weekday, opens, closes, valid_from, valid_to in rows:
        found[site_id].append(
            OpeningHours(
                weekday=weekday, opens=opens, closes=closes, valid_from=valid_from, valid_to=valid_to
            )
        )
    return found


def _closures(site_ids: Collection[int], first: datetime, last: datetime) -> dict[int, list[Closure]]:
    found: dict[int, list[Closure]] = defaultdict(list)
    rows = ask(_CLOSURES, site_ids=list(site_ids), first=first, last=last)
    for site_id, closure_id, starts_at, ends_at, reason in rows:
        found[site_id].append(Closure(id=closure_id, span=Span(starts_at, ends_at), reason=reason))
    return found
