"""Assignments by key: suggested, made, read, released; refused with reasons."""

import pytest

from scheduler.blueprints.api.assignments import DAY
from tests import make, staff
from tests.blueprints.api.programs import fields_at_fault


@pytest.fixture
def visit(city):
    return make.visit(city.delegation, city.morning, 10)


def test_somebody_is_suggested_asked_and_let_go(as_officer, visit):
    interpreter = staff.interpreter("en-ko", name="Interpreter for English 1")
    (suggested,) = as_officer.get(f"/visits/{visit.id}/suggestions?kind=interpreter")["items"]
    assert suggested == {
        "resource_id": interpreter.id,
        "name": "Interpreter for English 1",
        "is_free": True,
        "duties_that_day": 0,
        "minutes_away": None,
        "refusals": [],
    }
    made = as_officer.post(f"/visits/{visit.id}/assignments", {"resource_id": interpreter.id})
    assert (made["state"], made["visit_id"], made["kind"]) == ("asked", visit.id, "interpreter")
    assert as_officer.answer.headers["Location"] == f"/api/v1/assignments/{made['id']}"
    assert as_officer.get(f"/assignments/{made['id']}") == made
    assert as_officer.get(f"/visits/{visit.id}/assignments")["items"] == [made]
    released = as_officer.post(f"/assignments/{made['id']}/release", {}, status=200)
    assert (released["state"], released["version"]) == ("released", 2)


def test_the_documented_day_works(as_officer, city):
    bus = staff.vehicle()
    made = as_officer.post(
        f"/delegations/{city.delegation.id}/assignments", DAY | {"resource_id": bus.id, "headcount": 12}
    )
    assert (made["starts_at"], made["headcount"], made["visit_id"]) == (DAY["starts_at"], 12, None)
    assert as_officer.get(f"/delegations/{city.delegation.id}/assignments")["items"] == [made]


def test_one_who_is_taken_is_refused_with_the_reason(as_officer, visit, city):
    bus = staff.vehicle()
    as_officer.post(
        f"/delegations/{city.delegation.id}/assignments", DAY | {"resource_id": bus.id, "headcount": 12}
    )
    problem = as_officer.post(f"/visits/{visit.id}/assignments", {"resource_id": bus.id}, status=409)
    assert [(r["code"], r["facts"]["name"]) for r in problem["refusals"]] == [("assignee_taken", "Bus 1")]


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({}, ["resource_id"]),
        ({"resource_id": 999}, ["resource_id"]),
        ({"resource_id": "x"}, ["resource_id"]),
        ({"resource_id": 1, "headcount": 0}, ["headcount"]),
    ],
)
def test_what_cannot_be_meant_is_told(as_officer, visit, told, fields):
    assert fields_at_fault(as_officer.post(f"/visits/{visit.id}/assignments", told, status=422)) == fields


def test_hours_that_run_backwards_are_told(as_officer, city):
    told = DAY | {"ends_at": DAY["starts_at"], "resource_id": staff.vehicle().id}
    path = f"/delegations/{city.delegation.id}/assignments"
    assert fields_at_fault(as_officer.post(path, told, status=422)) == ["ends_at"]


def test_an_unknown_kind_is_told(as_officer, visit):
    as_officer.get(f"/visits/{visit.id}/suggestions?kind=robot", status=422)
