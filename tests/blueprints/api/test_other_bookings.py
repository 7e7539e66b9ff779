"""Places of a site for schools, citizens and the site itself, by key."""

import pytest

from scheduler.records.database import db
from scheduler.records.tours import OtherBooking
from tests import make
from tests.blueprints.api.programs import codes, fields_at_fault


def test_places_are_taken_and_given_back(as_manager, as_officer, city):
    told = {"name": "Mapo school", "headcount": 25, "tour_session_id": city.morning.id}
    made = as_manager.post("/sites/TOPIS/other-bookings", told)
    assert made == told | {
        "id": made["id"],
        "tour_code": "TOPIS-T",
        "starts_at": "2026-12-14T10:00:00+09:00",
        "ends_at": "2026-12-14T11:00:00+09:00",
        "booked_at": "2026-11-22T12:00:00+09:00",
    }
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    assert codes(as_officer.post("/visits", asked, status=409)["refusals"]) == ["no_places_left"]
    as_manager.delete(f"/sites/TOPIS/other-bookings/{made['id']}")
    as_manager.delete(f"/sites/TOPIS/other-bookings/{made['id']}", status=404)
    as_officer.post("/visits", asked)


def test_a_window_is_made_by_its_first_booking(as_manager, city):
    told = {"name": "Citizens", "headcount": 5}
    window = {"tour_code": "TOPIS-W", "starts_at": "2026-12-14T11:45:00+09:00"}
    made = as_manager.post("/sites/TOPIS/other-bookings", told | window)
    assert {name: made[name] for name in window} == window


def test_only_what_is_scarce_is_refused(as_manager, city):
    told = {"name": "Mapo school", "headcount": 31, "tour_session_id": city.morning.id}
    refused = as_manager.post("/sites/TOPIS/other-bookings", told, status=409)
    assert codes(refused["refusals"]) == ["no_places_left"]
    assert db.session.query(OtherBooking).count() == 0


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({}, ["headcount", "name", "tour_session_id"]),
        ({"name": "x", "headcount": 1, "tour_code": "TOPIS-W"}, ["starts_at"]),
        ({"name": "x", "headcount": 1, "starts_at": "2026-12-14T11:45:00+09:00"}, ["tour_code"]),
        (
            {"name": "x", "headcount": 1, "tour_session_id": 1, "tour_code": "TOPIS-W"},
            ["tour_session_id"],
        ),
        ({"name": "x", "headcount": 1, "tour_session_id": 999}, ["tour_session_id"]),
        (
            {"name": "\x07", "headcount": 10**30, "tour_session_id": "1"},
            ["headcount", "name", "tour_session_id"],
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(as_manager, city, told, fields):
    assert fields_at_fault(as_manager.post("/sites/TOPIS/other-bookings", told, status=422)) == fields


def test_another_sites_sessions_are_not_theirs_to_give(as_manager, as_officer, as_manager_elsewhere, city):
    other = make.other_booking(city.morning)
    told = {"name": "x", "headcount": 1, "tour_session_id": city.morning.id}
    as_manager_elsewhere.post("/sites/TOPIS/other-bookings", told, status=404)
    problem = as_manager_elsewhere.post("/sites/SEONAM/other-bookings", told, status=422)
    assert fields_at_fault(problem) == ["tour_session_id"]
    as_manager_elsewhere.delete(f"/sites/SEONAM/other-bookings/{other.id}", status=404)
    as_officer.delete(f"/sites/SEONAM/other-bookings/{other.id}", status=404)
    assert db.session.query(OtherBooking).count() == 1
