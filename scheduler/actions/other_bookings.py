"""Places taken by schools, citizens or the site itself: they count as a visit does."""

from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.actions.bookings import VisitRefused, session_of
from scheduler.actions.clashes import settle_clashes
from scheduler.actions.sites import site_for
from scheduler.core.booking import decide_other
from scheduler.core.facts import VisitRequest
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.journal import enter, snapshot
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visit_lookup import site_of_request
from scheduler.records.writing import Parents, writing


def book_other(site_id: int, request: VisitRequest, name: str, *, by: Actor, at: datetime) -> OtherBooking:
    """Take places of a site's session for somebody who is no delegation.

    Only what is scarce is asked: places, people and groups at once. Raises VisitRefused, NotFound.
    """
    return _book(site_id, request, name, by=by, at=at)


def remove_other(other_booking_id: int, *, by: Actor, at: datetime) -> None:
    """Give those places back. Raises NotFound."""
    _remove(other_booking_id, by=by, at=at)


def _parents_of_site(site_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(sites=frozenset({site_id}))


def _parents_of_booking(other_booking_id: int, **_also: object) -> Parents:
    rows = select(TourSession.site_id).join(OtherBooking).where(OtherBooking.id == other_booking_id)
    site_id = db.session.scalar(rows)
    if site_id is None:
        raise NotFound("other booking", other_booking_id)
    return Parents(sites=frozenset({site_id}))


@writing(_parents_of_site)
def _book(site_id: int, request: VisitRequest, name: str, *, by: Actor, at: datetime) -> OtherBooking:
    site_for(by, site_id)
    if site_of_request(request) != site_id:
        raise NotFound("tour session", request.tour_session_id or request.tour_code)
    diary = diary_for(request, at)
    verdict = decide_other(request, diary)
    if verdict.is_refused or diary.running is None:
        raise VisitRefused(verdict)
    booking = OtherBooking(
        tour_session_id=session_of(diary, diary.running),
        name=name,
        headcount=request.headcount,
        booked_by_id=by.account_id,
        booked_at=at,
    )
    db.session.add(booking)
    db.session.flush()
    after = snapshot(booking, "tour_session_id", "name", "headcount")
    enter(booking, "book_other", by=by, at=at, after=after)
    return booking


@writing(_parents_of_booking)
def _remove(other_booking_id: int, *, by: Actor, at: datetime) -> None:
    booking = db.session.get_one(OtherBooking, other_booking_id, populate_existing=True)
    site_id = booking.tour_session.site_id
    site_for(by, site_id)
    before = snapshot(booking, "tour_session_id", "name", "headcount")
    enter(booking, "remove_other", by=by, at=at, before=before)
    db.session.delete(booking)
    db.session.flush()
    settle_clashes({site_id}, at)
