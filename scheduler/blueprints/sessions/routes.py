"""The room `sessions`: one tour session, its places, the visits in it, and who else takes places."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.tours import change_session_places
from scheduler.blueprints.changing import tell_saved
from scheduler.blueprints.form import given
from scheduler.blueprints.sessions import waiting  # noqa: F401  its doors belong to this room
from scheduler.blueprints.sessions.forms import OtherBookingForm, PlacesForm
from scheduler.blueprints.sessions.page import session_page
from scheduler.blueprints.sessions.room import bp
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.tour_lookup import session_of_booking, session_sheet


@bp.get("/sessions/<int:tour_session_id>")
@allow(Permission.READ_SITES)
def session(tour_session_id: int) -> ResponseReturnValue:
    """One dated running of a tour with everybody in it."""
    return session_page(session_sheet(actor(), tour_session_id))


@bp.post("/sessions/<int:tour_session_id>/places")
@allow(Permission.WRITE_SITES)
def places(tour_session_id: int) -> ResponseReturnValue:
    """Give it more or fewer places; the visits that would suffer are shown first."""
    session_sheet(actor(), tour_session_id)
    form = PlacesForm(within="places")
    if form.validate_on_submit():
        changed = form.save(
            lambda **how: change_session_places(tour_session_id, given(form.places.data), **how)
        )
        if changed is not None:
            tell_saved(changed, _("The places were changed."))
            return redirect(_url(tour_session_id), code=303)
    return session_page(session_sheet(actor(), tour_session_id), places=form), form.status


@bp.post("/sessions/<int:tour_session_id>/other-bookings")
@allow(Permission.WRITE_SITES)
def book(tour_session_id: int) -> ResponseReturnValue:
    """Take places for somebody who is no delegation."""
    site_id = session_sheet(actor(), tour_session_id).tour_session.site_id
    form = OtherBookingForm(within="other")
    if form.validate_on_submit():
        with form.refusable():
            wanted = VisitRequest(headcount=given(form.headcount.data), tour_session_id=tour_session_id)
            book_other(site_id, wanted, form.name.data, by=actor(), at=now())
            flash(_("The places are taken."), "success")
            return redirect(_url(tour_session_id), code=303)
    return session_page(session_sheet(actor(), tour_session_id), other=form), form.status


@bp.post("/other-bookings/<int:other_booking_id>/remove")
@allow(Permission.WRITE_SITES)
def remove(other_booking_id: int) -> ResponseReturnValue:
    """Give the places of another booking back."""
    tour_session_id = session_of_booking(other_booking_id)
    remove_other(other_booking_id, by=actor(), at=now())
    flash(_("The booking is removed; its places are free."), "success")
    return redirect(_url(tour_session_id), code=303)


def _url(tour_session_id: int) -> str:
    return url_for("sessions.session", tour_session_id=tour_session_id)
