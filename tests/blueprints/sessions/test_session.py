"""One tour session: who is in it, its places, and places taken by others."""

import pytest

from scheduler.records.database import db
from scheduler.records.tours import OtherBooking, TourSession
from tests import make
from tests.blueprints import soon


@pytest.fixture
def topis(app):
    return soon.site("TOPIS", name="Control room")


@pytest.fixture
def running(topis):
    """A round of thirty places, next week."""
    return make.tour_session(make.tour(topis), soon.soon(7))


def places_of(running):
    return db.session.get_one(TourSession, running.id, populate_existing=True).places


def test_it_shows_who_is_in_it_and_how_full_it_is(as_manager, topis, running):
    soon.visit(running, 12)
    make.other_booking(running, 10, "School class")
    page = as_manager(topis).get(f"/sessions/{running.id}")
    assert "22 of 30 · 8 places left" in page
    assert "Hanoi planning office 12 Confirmed" in page
    assert "School class 10" in page


def test_places_are_taken_for_others_and_given_back(as_manager, topis, running):
    client = as_manager(topis)
    client.get(f"/sessions/{running.id}")
    client.submit(f"/sessions/{running.id}/other-bookings", {"name": "School class", "headcount": "25"})
    assert "School class 25" in client.follow()
    booking = db.session.query(OtherBooking).one()
    client.submit(f"/other-bookings/{booking.id}/remove")
    assert "The booking is removed; its places are free." in client.follow()
    assert db.session.query(OtherBooking).count() == 0


def test_more_than_there_is_room_for_is_refused_with_the_reason(as_officer, running):
    soon.visit(running, 12)
    as_officer.get(f"/sessions/{running.id}")
    told = {"name": "School class", "headcount": "19"}
    page = as_officer.submit(f"/sessions/{running.id}/other-bookings", told, status=409)
    assert "Not enough places: 18 of 30 left, 19 needed." in page
    assert page.values_of(f"/sessions/{running.id}/other-bookings")["name"] == "School class"


def test_fewer_places_show_whom_they_would_break_first(as_manager, topis, running):
    visit = soon.visit(running, 12)
    client = as_manager(topis)
    client.get(f"/sessions/{running.id}")
    page = client.submit(f"/sessions/{running.id}/places", {"places": "10"}, status=409)
    assert "this would break 1 visit" in page
    assert places_of(running) == 30
    client.submit(f"/sessions/{running.id}/places", {"break_visits": str(visit.id)})
    assert "10 · 2 too many" in client.follow()
    assert places_of(running) == 10
    assert soon.as_it_is(visit).is_clashing


@pytest.mark.parametrize("places", ["", "-1", "5001", "none"])
def test_absurd_places_are_refused_in_words(as_officer, running, places):
    as_officer.get(f"/sessions/{running.id}")
    assert "Places" in as_officer.submit(f"/sessions/{running.id}/places", {"places": places}, status=422)
    assert places_of(running) == 30


@pytest.mark.parametrize("number", ["0", "999", "9" * 30, "first", "-1"])
def test_a_session_that_is_none_is_not_found(as_officer, number):
    as_officer.get(f"/sessions/{number}", status=404)


def test_sessions_and_bookings_of_other_sites_are_not_there(as_manager, running):
    booking = make.other_booking(running)
    client = as_manager(soon.site("DMC"))
    client.get(f"/sessions/{running.id}", status=404)
    client.get("/sites/DMC/closures")
    client.post(f"/sessions/{running.id}/places", {"places": "1"}, status=404)
    client.post(f"/other-bookings/{booking.id}/remove", status=404)
    assert places_of(running) == 30
