"""The room `sessions`: one tour session, its places, the visits in it, and who else takes places."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.tours import change_session_places
from scheduler.blueprints.changing import refusals_of, tell_saved
from scheduler.blueprints.form import RoomForm, given
from scheduler.blueprints.sessions.forms import OtherBookingForm, PlacesForm
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.ways import roster_url, visit_url
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.instants import local_day, span_in_words
from scheduler.records.tour_lookup import SessionSheet, session_of_booking, session_sheet

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/<int:tour_session_id>")
@allow(Permission.READ_SITES)
def session(tour_session_id: int) -> ResponseReturnValue:
    """One dated running of a tour with everybody in it."""
    return _page(session_sheet(actor(), tour_session_id))


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
    return _page(session_sheet(actor(), tour_session_id), places=form), form.status


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
    return _page(session_sheet(actor(), tour_session_id), other=form), form.status


@bp.post("/other-bookings/<int:other_booking_id>/remove")
@allow(Permission.WRITE_SITES)
def remove(other_booking_id: int) -> ResponseReturnValue:
    """Give the places of another booking back."""
    tour_session_id = session_of_booking(other_booking_id)
    remove_other(other_booking_id, by=actor(), at=now())
    flash(_("The booking is removed; its places are free."), "success")
    return redirect(_url(tour_session_id), code=303)


def _page(sheet: SessionSheet, **forms: RoomForm) -> str:
    s = sheet.tour_session
    tour, zone = s.tour, s.tour.site.zone
    crumb = (tour.name, url_for("tours.tour", code=tour.site.code, tour_code=tour.code))
    ours = {
        "places": PlacesForm(within="places", formdata=None, places=s.places),
        "other": OtherBookingForm(within="other", formdata=None),
    }
    return render_template(
        "sessions/session.html",
        site=frame_of(tour.site, crumb),
        tour=tour,
        tour_session=s,
        when=span_in_words(s.starts_at, s.ends_at, zone),
        roster_url=roster_url(tour.site.code, local_day(s.starts_at, zone)),
        visits=[(visit, visit_url(visit.id)) for visit in sheet.visits],
        other_bookings=sheet.other_bookings,
        is_over=s.ends_at <= now(),
        refusals=refusals_of(*forms.values()),
        **(ours | forms),
    )


def _url(tour_session_id: int) -> str:
    return url_for("sessions.session", tour_session_id=tour_session_id)
