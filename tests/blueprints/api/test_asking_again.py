"""The same demand under the same Idempotency-Key gives the first answer again."""

import pytest

from scheduler.access import Role
from scheduler.records.answers import Answer
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.visits import Visit
from tests import make
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.blueprints.api.programs import Program, fields_at_fault

STAY = {"arrives_at": "2026-12-10T00:00:00+09:00", "departs_at": "2026-12-20T00:00:00+09:00"}
GUESTS = {"name": "Kampala", "headcount": 4, "languages": ["en"]} | STAY


def test_the_first_answer_is_given_again(as_officer, city):
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    first = as_officer.post("/visits", asked, Idempotency_Key="k-1")
    headers = dict(as_officer.answer.headers)
    as_officer.post(f"/visits/{first['id']}/cancel", status=200)

    again = as_officer.post("/visits", asked, Idempotency_Key="k-1")
    assert again == first
    assert as_officer.answer.headers["Idempotent-Replayed"] == "true"
    assert [as_officer.answer.headers[name] for name in ("ETag", "Location")] == [
        headers["ETag"],
        headers["Location"],
    ]
    assert db.session.query(Visit).count() == 1


def test_another_demand_under_the_same_key_is_refused(as_officer, city):
    as_officer.post("/delegations", GUESTS, Idempotency_Key="k-1")
    problem = as_officer.post("/delegations", GUESTS | {"headcount": 5}, status=422, Idempotency_Key="k-1")
    assert problem["code"] == "key_used_otherwise"
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    as_officer.post("/visits", asked, status=422, Idempotency_Key="k-1")
    assert db.session.query(Delegation).count() == 2
    assert db.session.query(Visit).count() == 0


def test_refusals_are_not_stored(as_officer, city):
    taken = make.other_booking(city.morning, headcount=30)
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    as_officer.post("/visits", asked, status=409, Idempotency_Key="k-1")
    assert db.session.query(Answer).count() == 0
    as_officer.delete(f"/sites/TOPIS/other-bookings/{taken.id}")
    as_officer.post("/visits", asked, status=201, Idempotency_Key="k-1")


def test_a_key_is_its_accounts_own(app, as_officer):  # noqa: F811
    second = Program(app, make.token("second@city.example", Role.OFFICER))
    first_id = as_officer.post("/delegations", GUESTS, Idempotency_Key="k-1")["id"]
    assert second.post("/delegations", GUESTS, Idempotency_Key="k-1")["id"] != first_id


def test_acts_and_removals_are_answered_once_too(as_officer, booked, city):
    made = booked()
    told = as_officer.post(f"/visits/{made['id']}/cancel", {"reason": "x"}, status=200, Idempotency_Key="a")
    # The version is stale by now; the demand was heard before it was.
    again = as_officer.post(
        f"/visits/{made['id']}/cancel", {"reason": "x"}, status=200, Idempotency_Key="a", If_Match='"1"'
    )
    assert again == told
    other = as_officer.post("/sites/TOPIS/other-bookings", _school(city))
    for _ in range(2):
        as_officer.delete(f"/sites/TOPIS/other-bookings/{other['id']}", Idempotency_Key="b")
    as_officer.delete(f"/sites/TOPIS/other-bookings/{other['id']}", status=404)


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "two words", "schlüssel"])
def test_a_key_is_visible_ascii(as_officer, key):
    problem = as_officer.post("/delegations", GUESTS, status=422, Idempotency_Key=key)
    assert fields_at_fault(problem) == ["Idempotency-Key"]


def test_feeds_are_made_anew_each_time(as_officer, city):
    """Their secrets are not kept, so the first answer could not be given again."""
    asked = {"kind": "site", "site": "TOPIS"}
    first = as_officer.post("/feeds", asked, Idempotency_Key="k-1")
    assert as_officer.post("/feeds", asked, Idempotency_Key="k-1")["url"] != first["url"]
    assert db.session.query(Answer).count() == 0


def _school(city):
    return {"name": "School", "headcount": 3, "tour_session_id": city.morning.id}
