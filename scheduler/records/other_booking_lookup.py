"""Questions asked of other bookings: whether one is of a given site."""

from sqlalchemy import select

from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.tours import OtherBooking, TourSession


def must_be_of_site(other_booking_id: int, site_id: int) -> None:
    """Raise NotFound unless this other booking is there and takes places of that site."""
    rows = select(TourSession.site_id).join(OtherBooking).where(OtherBooking.id == other_booking_id)
    if db.session.scalar(rows) != site_id:
        raise NotFound("other booking", other_booking_id)
