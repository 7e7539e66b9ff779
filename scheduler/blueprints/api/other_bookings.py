"""Places of a site taken by schools, citizens or the site itself."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.blueprints.api.answering import answered, naming, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.site_days import OtherBookingIn, OtherBookingOut
from scheduler.blueprints.api.sites import known_code
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.other_booking_lookup import must_be_of_site
from scheduler.records.site_lookup import site_seen_by


@bp.post("/sites/<code>/other-bookings")
@bp.input(OtherBookingIn)
@bp.output(OtherBookingOut, status_code=201)
@allow(Permission.WRITE_SITES)
@writes(refuses=True)
def make_other_booking(code: str, json_data: dict[str, Any]) -> Response:
    """Take places of a session for somebody who is no delegation. They count as a visit does."""
    site = site_seen_by(actor(), known_code(code))
    request = VisitRequest(
        headcount=json_data["headcount"],
        tour_session_id=json_data["tour_session_id"],
        tour_code=json_data["tour_code"],
        starts_at=json_data["starts_at"],
    )

    def act() -> Answered:
        with naming(tour="tour_code", tour_session="tour_session_id"):
            made = book_other(site.id, request, json_data["name"], by=actor(), at=now())
        return Answered(201, OtherBookingOut().dump(made))

    return answered(act)


@bp.delete("/sites/<code>/other-bookings/<id:other_booking_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_SITES)
@writes()
def give_places_back(code: str, other_booking_id: int) -> Response:
    """Give the places of another booking back."""
    site = site_seen_by(actor(), known_code(code))

    def act() -> Answered:
        must_be_of_site(other_booking_id, site.id)
        remove_other(other_booking_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)
