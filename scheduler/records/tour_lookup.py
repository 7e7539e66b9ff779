"""Questions asked of tours and their sessions: one that somebody may see, a site's own, who is in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from scheduler.access import Actor
from scheduler.core.lifecycle import OCCUPYING
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.sites import Site
from scheduler.records.tours import OtherBooking, Tour, TourSession
from scheduler.records.visits import Visit


@dataclass(frozen=True)
class SessionSheet:
    """One tour session with everybody in it."""

    tour_session: TourSession
    visits: Sequence[Visit]
    other_bookings: Sequence[OtherBooking]


def tours_of(site_id: int) -> Sequence[Tour]:
    """The tours of a site, by name."""
    return db.session.scalars(select(Tour).where(Tour.site_id == site_id).order_by(Tour.name, Tour.id)).all()


def tours_by_site() -> Sequence[Tour]:
    """Every tour with its site, by the names of both."""
    tours = select(Tour).join(Tour.site).options(contains_eager(Tour.site))
    return db.session.scalars(tours.order_by(Site.name, Tour.name, Tour.id)).all()


def tours_with_codes(codes: Collection[str]) -> dict[str, Tour]:
    """Some tours with their sites, by code."""
    tours = select(Tour).join(Tour.site).options(contains_eager(Tour.site)).where(Tour.code.in_(codes))
    return {tour.code: tour for tour in db.session.scalars(tours)}


def tour_seen_by(by: Actor, code: str) -> Tour:
    """A tour with its site and the pattern of its rounds. Raises NotFound."""
    whole = joinedload(Tour.site), selectinload(Tour.patterns)
    tour = db.session.scalar(select(Tour).where(Tour.code == code).options(*whole))
    if tour is None or not by.sees_site(tour.site_id):
        raise NotFound("tour", code)
    return tour


def session_sheet(by: Actor, tour_session_id: int) -> SessionSheet:
    """A tour session with its tour, site, visits and other bookings. Raises NotFound."""
    sessions = (
        select(TourSession)
        .options(joinedload(TourSession.tour).joinedload(Tour.site))
        .where(TourSession.id == tour_session_id)
    )
    found = db.session.scalar(sessions)
    if found is None or not by.sees_site(found.site_id):
        raise NotFound("tour session", tour_session_id)
    visits = (
        select(Visit)
        .join(Visit.delegation)
        .options(contains_eager(Visit.delegation))
        .where(Visit.tour_session_id == found.id, Visit.state.in_(OCCUPYING))
        .order_by(Visit.asked_at, Visit.id)
    )
    others = select(OtherBooking).where(OtherBooking.tour_session_id == found.id).order_by(OtherBooking.id)
    return SessionSheet(found, db.session.scalars(visits).all(), db.session.scalars(others).all())


def sessions_from(tour_id: int, at: datetime, *, limit: int, offset: int = 0) -> Sequence[TourSession]:
    """The dated sessions of a tour that are not over by then, in order."""
    sessions = select(TourSession).where(TourSession.tour_id == tour_id, TourSession.ends_at > at)
    return db.session.scalars(sessions.order_by(TourSession.starts_at).limit(limit).offset(offset)).all()


def last_session_starts_at(tour_id: int) -> datetime | None:
    """Until when the sessions of a tour are dated."""
    return db.session.scalar(select(func.max(TourSession.starts_at)).where(TourSession.tour_id == tour_id))


def session_of_booking(other_booking_id: int) -> int:
    """The tour session that another booking is in. Raises NotFound."""
    rows = select(OtherBooking.tour_session_id).where(OtherBooking.id == other_booking_id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("other booking", other_booking_id)
    return found
