"""Closing a site by key: no visit is dropped, those concerned are flagged until someone acts."""

import pytest

from scheduler.records.database import db
from scheduler.records.sites import SiteClosure
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.blueprints.api.programs import codes, fields_at_fault

MORNING = {
    "starts_at": "2026-12-14T08:00:00+09:00",
    "ends_at": "2026-12-14T12:00:00+09:00",
    "reason": "Fire drill",
}


def test_a_closure_answers_with_the_visits_concerned(as_manager, as_officer, booked, city):
    made = booked()
    booked(tour_session_id=city.afternoon.id, headcount=3)
    closed = as_manager.post("/sites/TOPIS/closures", MORNING)
    visits = closed.pop("visits")
    assert closed == {"id": closed["id"]} | MORNING
    assert [(visit["id"], visit["state"], visit["is_clashing"]) for visit in visits] == [
        (made["id"], "requested", True)
    ]
    assert codes(visits[0]["clash"]) == ["closed"]
    assert as_officer.get(f"/visits/{made['id']}") == visits[0]
    assert as_manager.get("/sites/TOPIS/closures") == {"items": [closed], "next": None}


def test_reopening_answers_with_the_visits_that_clash_no_more(as_manager, as_officer, booked):
    made = booked()
    closed = as_manager.post("/sites/TOPIS/closures", MORNING)
    opened = as_manager.delete(f"/sites/TOPIS/closures/{closed['id']}", status=200)
    assert opened["id"] == closed["id"]
    assert [(visit["id"], visit["is_clashing"], visit["clash"]) for visit in opened["visits"]] == [
        (made["id"], False, None)
    ]
    as_manager.delete(f"/sites/TOPIS/closures/{closed['id']}", status=404)
    assert as_manager.get("/sites/TOPIS/closures")["items"] == []


def test_nobody_books_into_a_closure(as_manager, as_officer, city):
    as_manager.post("/sites/TOPIS/closures", MORNING)
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    refused = as_officer.post("/visits", asked, status=409)
    assert codes(refused["refusals"]) == ["closed"]
    assert refused["alternatives"][0]["tour_session_id"] == city.afternoon.id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": MORNING["starts_at"]}, "ends_at"),
        ({"ends_at": "2026-12-13T00:00:00+09:00"}, "ends_at"),
        ({"starts_at": "2026-11-01T00:00:00+09:00", "ends_at": "2026-11-02T00:00:00+09:00"}, "ends_at"),
        ({"ends_at": "9998-12-31T00:00:00+09:00"}, "ends_at"),
        ({"ends_at": "9999-12-31T00:00:00+09:00"}, "ends_at"),
        ({"starts_at": None}, "starts_at"),
        ({"starts_at": "2026-12-14T08:00:00"}, "starts_at"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"reason": "two\u2028lines"}, "reason"),
    ],
)
def test_a_closure_that_cannot_be_meant_is_refused(as_officer, city, change, field):
    problem = as_officer.post("/sites/TOPIS/closures", MORNING | change, status=422)
    assert fields_at_fault(problem) == [field]
    assert db.session.query(SiteClosure).count() == 0


def test_a_closure_is_its_own_sites(as_manager, as_manager_elsewhere, as_officer, as_head):
    closed = as_manager.post("/sites/TOPIS/closures", MORNING)
    as_manager_elsewhere.post("/sites/TOPIS/closures", MORNING, status=404)
    as_manager_elsewhere.delete(f"/sites/TOPIS/closures/{closed['id']}", status=404)
    as_manager_elsewhere.delete(f"/sites/SEONAM/closures/{closed['id']}", status=404)
    as_officer.delete(f"/sites/SEONAM/closures/{closed['id']}", status=404)
    as_head.post("/sites/TOPIS/closures", MORNING, status=403)
    assert as_head.get("/sites/TOPIS/closures")["items"][0]["id"] == closed["id"]
