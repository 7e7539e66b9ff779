"""Links to answer by, made and revoked by key."""

import pytest

from scheduler.actions.link_answers import VisitAnswer, VisitAnswerKind, answer_site_link
from scheduler.actions.tokens import digest_of
from scheduler.records.database import db
from scheduler.records.links import Link
from tests import make, staff
from tests.blueprints.api.programs import fields_at_fault
from tests.cast import AT

NOON_IN_A_FORTNIGHT = "2026-12-06T12:00:00+09:00"


@pytest.fixture
def visit(booked):
    return booked()


@pytest.fixture
def guide(city):
    return staff.guide(city.site, "en")


def secret_in(made):
    return made["url"].removeprefix("http://localhost/answer/")


def test_a_link_is_made_with_an_absolute_address_told_once(as_officer, city, visit):
    made = as_officer.post("/sites/TOPIS/links", {"visit_ids": [visit["id"]]})
    url = made.pop("url")
    assert made == {
        "id": made["id"],
        "purpose": "site",
        "site": "TOPIS",
        "resource_id": None,
        "asked": [{"id": visit["id"], "version": 1}],
        "state": "open",
        "made_at": "2026-11-22T12:00:00+09:00",
        "expires_at": NOON_IN_A_FORTNIGHT,
        "answered_at": None,
        "answered_by": "",
        "answers": [],
    }
    assert db.session.get_one(Link, made["id"]).digest == digest_of(secret_in({"url": url}))
    assert as_officer.get("/sites/TOPIS/links") == {"items": [made], "next": None}


def test_a_day_is_asked_whole_and_its_answers_are_told(as_officer, city, visit):
    made = as_officer.post("/sites/TOPIS/links", {"date": "2026-12-14", "expires_at": NOON_IN_A_FORTNIGHT})
    answer = VisitAnswer(visit_id=visit["id"], seen=1, kind=VisitAnswerKind.DECLINE, reason="A drill")
    answer_site_link(secret_in(made), [answer], answered_by="Kim Minsu", at=AT)
    [told] = as_officer.get("/sites/TOPIS/links")["items"]
    assert (told["state"], told["answered_by"]) == ("answered", "Kim Minsu")
    assert told["answers"] == [
        {
            "id": visit["id"],
            "starts_at": "2026-12-14T10:00:00+09:00",
            "ends_at": "2026-12-14T11:00:00+09:00",
            "answer": "decline",
            "reason": "A drill",
            "offered_times": [],
        }
    ]
    assert as_officer.delete(f"/links/{made['id']}", status=409)["code"] == "link_used"


def test_a_link_to_duties_asks_all_that_wait_or_those_named(as_officer, guide, city, visit):
    who = make.delegation("Quito", headcount=5)
    duty = staff.day_duty(guide, who, city.afternoon.starts_at)
    made = as_officer.post(f"/resources/{guide.id}/links", {})
    assert (made["purpose"], made["resource_id"], made["site"]) == ("duties", guide.id, None)
    named = as_officer.post(f"/resources/{guide.id}/links", {"assignment_ids": [duty.id]})
    assert named["asked"] == made["asked"] == [{"id": duty.id, "version": 1}]
    listed = as_officer.get(f"/resources/{guide.id}/links")["items"]
    assert [each["id"] for each in listed] == [named["id"], made["id"]]


def test_a_revoked_link_stays_revoked(as_officer, as_stranger, visit):
    made = as_officer.post("/sites/TOPIS/links", {"visit_ids": [visit["id"]]})
    as_officer.delete(f"/links/{made['id']}")
    as_officer.delete(f"/links/{made['id']}")
    assert as_officer.get("/sites/TOPIS/links")["items"][0]["state"] == "revoked"
    as_officer.delete("/links/999", status=404)


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({}, ["visit_ids"]),
        ({"visit_ids": []}, ["visit_ids"]),
        ({"visit_ids": [1], "date": "2026-12-14"}, ["visit_ids"]),
        ({"visit_ids": ["1"]}, ["visit_ids.0"]),
        ({"visit_ids": [1] * 101}, ["visit_ids"]),
        ({"date": "14.12.2026"}, ["date"]),
        ({"date": "2026-12-14", "expires_at": "soon"}, ["expires_at"]),
        ({"date": "2026-12-14", "expires_at": "2026-11-22T12:00:00+09:00"}, ["expires_at"]),
        ({"date": "2026-12-14", "expires_at": "2026-12-14T10:00:01+09:00"}, ["expires_at"]),
        ({"date": "2026-12-14", "secret": "mine"}, ["secret"]),
    ],
)
def test_what_cannot_be_meant_is_refused(as_officer, visit, told, fields):
    assert fields_at_fault(as_officer.post("/sites/TOPIS/links", told, status=422)) == fields


def test_what_does_not_wait_cannot_be_asked_about(as_officer, guide, visit):
    for path, told in (
        ("/sites/TOPIS/links", {"date": "2026-12-15"}),
        (f"/resources/{guide.id}/links", {}),
        (f"/resources/{guide.id}/links", {"assignment_ids": [1]}),
    ):
        assert as_officer.post(path, told, status=422)["code"] == "nothing_to_ask"
    as_officer.post("/sites/TOPIS/links", {"visit_ids": [999]}, status=404)
    as_officer.post("/sites/NOPE/links", {"visit_ids": [visit["id"]]}, status=404)
    as_officer.post("/resources/999/links", {}, status=404)
    assert db.session.query(Link).count() == 0


def test_only_officers_make_links(as_manager, as_head, guide, visit):
    for somebody in (as_manager, as_head):
        somebody.post("/sites/TOPIS/links", {"visit_ids": [visit["id"]]}, status=403)
        somebody.get("/sites/TOPIS/links", status=403)
        somebody.post(f"/resources/{guide.id}/links", {}, status=403)
        somebody.get(f"/resources/{guide.id}/links", status=403)
        somebody.delete("/links/1", status=403)
