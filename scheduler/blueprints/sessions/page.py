"""The page of one tour session, put together for every door that shows it."""

from flask import render_template, url_for

from scheduler.access import Permission
from scheduler.blueprints.changing import refusals_of
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.sessions.forms import OtherBookingForm, PlacesForm, wait_form
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.ways import roster_url, visit_url
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.tour_lookup import SessionSheet
from scheduler.records.waiting_lookup import waiting_list
from scheduler.words.instants import local_day, span_in_words
from scheduler.words.own_names import own_name


def session_page(sheet: SessionSheet, **forms: RoomForm) -> str:
    """The page; `forms` are those that came back with their faults."""
    s = sheet.tour_session
    tour, zone = s.tour, s.tour.site.zone
    crumb = (own_name(tour), url_for("tours.tour", code=tour.site.code, tour_code=tour.code))
    ours = {
        "places": PlacesForm(within="places", formdata=None, places=s.places),
        "other": OtherBookingForm(within="other", formdata=None),
        "wait": wait_form(formdata=None),
    }
    by, at = actor(), now()
    return render_template(
        "sessions/session.html",
        site=frame_of(tour.site, crumb),
        tour=tour,
        tour_session=s,
        when=span_in_words(s.starts_at, s.ends_at, zone),
        roster_url=roster_url(tour.site.code, local_day(s.starts_at, zone)),
        visits=[(visit, visit_url(visit.id)) for visit in sheet.visits],
        other_bookings=sheet.other_bookings,
        waiting=waiting_list(tour_session_id=s.id) if by.may(Permission.READ_DELEGATIONS) else [],
        sees_waiting=by.may(Permission.READ_DELEGATIONS),
        may_wait=by.may(Permission.BOOK_VISITS) and s.starts_at > at,
        is_over=s.ends_at <= at,
        refusals=refusals_of(*forms.values()),
        **(ours | forms),
    )
