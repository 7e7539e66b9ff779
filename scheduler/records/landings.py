"""Where something dropped on the board lands: which tour, and which of its sessions is nearest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.windows import STEP
from scheduler.records.absence import NotFound
from scheduler.records.carried import Carried
from scheduler.records.database import ask
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession

# A round farther from the drop than this was not meant.
NEAR = timedelta(hours=12)

_S, _T, _R = Site.__table__.c, Tour.__table__.c, TourSession.__table__.c
_TOURS = (
    select(_T.id, _T.code, _T.dating, _T.topics, _T.site_id, _S.zone)
    .join_from(Tour.__table__, Site.__table__, _S.id == _T.site_id)
    .where(or_(_T.site_id == bindparam("site_id"), _T.code == bindparam("tour_code")))
    .order_by(_T.id)
)
_ROUNDS = select(_R.id, _R.starts_at, _R.ends_at).where(
    _R.tour_id == bindparam("tour_id"),
    _R.starts_at > bindparam("first"),
    _R.starts_at < bindparam("last"),
)
_SITE_OF_SESSION = select(_R.site_id).where(_R.id == bindparam("tour_session_id"))


def on_session(carried: Carried, tour_session_id: int, site_id: int | None) -> VisitRequest:
    """The request for the very session it was dropped on. Raises NotFound when it is not at that site."""
    found = ask(_SITE_OF_SESSION, tour_session_id=tour_session_id).scalar()
    if found is None or (site_id is not None and found != site_id):
        raise NotFound("tour session", tour_session_id)
    return replace(carried.request, tour_session_id=tour_session_id)


def at_instant(
    carried: Carried, starts_at: datetime, *, site_id: int | None, tour_code: str | None
) -> VisitRequest:
    """The request for the session nearest to an instant: of the tour that is named, else of the tour or topic
    that is carried, else of the first tour of the site. Where there is none, for that very instant: the rules
    then say why not. `site_id` of None: wherever the tour is. Raises NotFound."""
    wanted = tour_code or carried.tour_code
    rows = ask(_TOURS, site_id=site_id, tour_code=wanted).all()
    here = [row for row in rows if site_id is None or row.site_id == site_id]
    if tour_code is not None:
        here = [row for row in here if row.code == tour_code]
    if not here:
        raise NotFound("tour", wanted)
    tour = min(here, key=lambda row: (row.code != wanted, not row.topics & carried.topics, row.id))
    if tour.dating is Dating.ROUNDS and (found := _nearest_round(tour.id, starts_at)) is not None:
        return replace(carried.request, tour_session_id=found)
    if tour.dating is Dating.WINDOWS:
        starts_at = _nearest_quarter(starts_at, tour.zone)
    return replace(carried.request, tour_code=tour.code, starts_at=starts_at)


def _nearest_round(tour_id: int, instant: datetime) -> int | None:
    """The round that runs at an instant, or else begins nearest to it."""

    def distance(row: Row[Any]) -> tuple[bool, timedelta, datetime]:
        runs_then = row.starts_at <= instant < row.ends_at
        return not runs_then, abs(row.starts_at - instant), row.starts_at

    rows = ask(_ROUNDS, tour_id=tour_id, first=instant - NEAR, last=instant + NEAR).all()
    return min(rows, key=distance).id if rows else None


def _nearest_quarter(instant: datetime, zone: str) -> datetime:
    """The nearest whole quarter hour on a site's clock; the earlier of two."""
    local = instant.astimezone(zone_named(zone))
    past = timedelta(minutes=local.minute, seconds=local.second) % STEP
    return instant.astimezone(UTC) + (-past if past <= STEP / 2 else STEP - past)
