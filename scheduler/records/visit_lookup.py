"""Questions asked of visits: one that somebody may see, the same one asked for twice, whom it concerns."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.access import Actor
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import AWAITED
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit


class Whereabouts(NamedTuple):
    """What a visit touches: its site and its delegation."""

    site_id: int
    delegation_id: int


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
    row = db.session.execute(select(Visit.site_id, Visit.delegation_id).where(Visit.id == visit_id)).first()
    if row is None:
        raise NotFound("visit", visit_id)
    return Whereabouts(*row)


def site_of_request(request: VisitRequest) -> int:
    """The site where a request wants to go. Raises NotFound."""
    if request.tour_session_id is not None:
        rows = select(TourSession.site_id).where(TourSession.id == request.tour_session_id)
    else:
        rows = select(Tour.site_id).where(Tour.code == request.tour_code)
    site_id = db.session.scalar(rows)
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
        v.state.in_(AWAITED),
    )
    if request.tour_session_id is not None:
        rows = rows.where(v.tour_session_id == request.tour_session_id)
    else:
        rows = rows.join(v.tour_session).join(TourSession.tour).where(Tour.code == request.tour_code)
    return db.session.scalar(rows)


def visits_numbered(visit_ids: Collection[int]) -> Sequence[Visit]:
    """Some visits with their delegations, sessions and sites, in order of hour, as the archive has them now."""
    whole = (
        joinedload(Visit.delegation),
        joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = select(Visit).options(*whole).where(Visit.id.in_(visit_ids)).order_by(Visit.starts_at, Visit.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()
