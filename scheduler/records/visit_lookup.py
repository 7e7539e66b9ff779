"""Questions asked of visits: one that somebody may see, the same one asked for twice, whom it concerns."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from scheduler.access import Actor
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import AWAITED
from scheduler.records.absence import NotFound
from scheduler.records.database import ask, db
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_V, _T = Visit.__table__.c, Tour.__table__.c
_WHEREABOUTS = select(_V.site_id, _V.delegation_id, _V.part_id).where(_V.id == bindparam("visit_id"))
_SITE_OF_TOUR = select(_T.site_id).where(_T.code == bindparam("tour_code"))
_SITE_OF_SESSION = select(TourSession.__table__.c.site_id).where(
    TourSession.__table__.c.id == bindparam("tour_session_id")
)


class Whereabouts(NamedTuple):
    """What a visit touches: its site, its delegation, and the part of it that goes."""

    site_id: int
    delegation_id: int
    part_id: int | None


def visit_seen_by(by: Actor, visit_id: int) -> Visit:
    """A visit with its session, tour and delegation. Raises NotFound for visits of other people's sites."""
    whole = (
        joinedload(Visit.delegation),
        joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = select(Visit).options(*whole).where(Visit.id == visit_id)
    visit = db.session.scalar(rows.execution_options(populate_existing=True))
    if visit is None or not by.sees_site(visit.site_id):
        raise NotFound("visit", visit_id)
    return visit


def whereabouts_of(visit_id: int) -> Whereabouts:
    """Which parents an act upon a visit concerns. Raises NotFound."""
    row = ask(_WHEREABOUTS, visit_id=visit_id).first()
    if row is None:
        raise NotFound("visit", visit_id)
    return Whereabouts(*row)


def site_of_request(request: VisitRequest) -> int:
    """The site where a request wants to go. Raises NotFound."""
    if request.tour_session_id is not None:
        found = ask(_SITE_OF_SESSION, tour_session_id=request.tour_session_id)
    else:
        found = ask(_SITE_OF_TOUR, tour_code=request.tour_code)
    site_id: int | None = found.scalar()
    if site_id is None:
        what = "tour session" if request.tour_session_id is not None else "tour"
        raise NotFound(what, request.tour_session_id or request.tour_code)
    return site_id


def identical_visit(request: VisitRequest, starts_at: datetime) -> Visit | None:
    """An awaited visit of the same delegation, session and headcount: asking twice is harmless."""
    v = Visit
    rows = select(v).where(
        v.delegation_id == request.delegation_id,
        v.starts_at == starts_at,
        v.headcount == request.headcount,
        v.part_id.is_(None) if request.part_id is None else v.part_id == request.part_id,
        v.state.in_(AWAITED),
    )
    if request.tour_session_id is not None:
        rows = rows.where(v.tour_session_id == request.tour_session_id)
    else:
        rows = rows.join(v.tour_session).join(TourSession.tour).where(Tour.code == request.tour_code)
    return db.session.scalar(rows)


def visits_numbered(visit_ids: Collection[int]) -> Sequence[Visit]:
    """Some visits with their delegations, sessions and sites as the archive has them now, by hour."""
    whole = (
        joinedload(Visit.delegation),
        joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = select(Visit).options(*whole).where(Visit.id.in_(visit_ids)).order_by(Visit.starts_at, Visit.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()
