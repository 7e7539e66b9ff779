"""Choosing people and vehicles on pages: for a visit, for a day; refusals with their reasons; letting go."""

import pytest

from scheduler.actions.assignments import assign
from scheduler.core.duties import DutyState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def visit(app):
    tour = make.tour(make.site("TOPIS", languages={"en"}))
    return make.visit(
        make.delegation(languages={"ar"}, has_interpreter=True), make.tour_session(tour, seoul(14, 10))
    )


def duties() -> list[tuple[str, str, int | None]]:
    rows = db.session.query(Assignment).order_by(Assignment.id)
    return [(row.resource.name, row.state.value, row.headcount) for row in rows]


def test_an_officer_asks_a_suggested_interpreter_to_come(as_officer, visit):
    interpreter = staff.interpreter()
    page = as_officer.get(f"/visits/{visit.id}/people")
    assert "Interpreter for Arabic 1" in page
    as_officer.post(f"/visits/{visit.id}/people", {"resource_id": interpreter.id})
    assert duties() == [("Interpreter for Arabic 1", "asked", None)]
    assert "Interpreter for Arabic 1 is asked to come." in as_officer.follow()
    assert "Interpreter for Arabic 1" in as_officer.get(f"/visits/{visit.id}")


def test_who_cannot_come_is_told_with_the_reason_and_so_is_the_attempt(as_officer, visit):
    van = staff.vehicle(4, "Van 1")
    staff.interpreter("th-ko", name="Interpreter for Thai 1")
    page = as_officer.get(f"/visits/{visit.id}/people")
    assert "Interpreter for Thai 1 does not serve Arabic" in page
    assert page.values_of(f"/visits/{visit.id}/people")["headcount"] == "4"
    page = as_officer.post(f"/visits/{visit.id}/people", {"resource_id": van.id}, status=409)
    assert "Van 1 is too small: 4 seats for 10 people." in page
    assert "This assignment was not made" in page
    assert duties() == []


def test_a_bus_is_put_with_a_delegation_for_the_hours_chosen(as_officer, visit):
    bus, path = staff.vehicle(), f"/delegations/{visit.delegation_id}/people"
    assert "Bus 1" in as_officer.get(path, on="2026-12-14")
    told = {"resource_id": bus.id, "starts_at": "2026-12-14T09:00", "ends_at": "2026-12-14T17:00"}
    as_officer.post(path, told | {"headcount": 12})
    assert duties() == [("Bus 1", "asked", 12)]
    assert "Bus 1" in as_officer.follow()


@pytest.mark.parametrize(
    "told",
    [
        {"resource_id": "", "starts_at": "2026-12-14T09:00", "ends_at": "2026-12-14T17:00"},
        {"resource_id": "1", "starts_at": "2026-12-14T17:00", "ends_at": "2026-12-14T09:00"},
        {"resource_id": "1", "starts_at": "yesterday", "ends_at": "2026-12-14T09:00"},
        {"resource_id": "1", "starts_at": "2026-12-14T09:00", "ends_at": "2026-12-16T09:00"},
        {
            "resource_id": "1",
            "starts_at": "2026-12-14T09:00",
            "ends_at": "2026-12-14T17:00",
            "headcount": "0",
        },
    ],
)
def test_hours_that_are_none_are_told_and_nobody_is_asked(as_officer, visit, told):
    staff.vehicle()
    as_officer.get(f"/delegations/{visit.delegation_id}/people")
    as_officer.post(f"/delegations/{visit.delegation_id}/people", told, status=422)
    assert duties() == []


def test_somebody_is_let_go_and_free_again(as_officer, visit):
    duty = assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    as_officer.get(f"/visits/{visit.id}/people")
    as_officer.submit(f"/assignments/{duty.id}/release")
    assert "is free again" in as_officer.follow()
    assert db.session.get(Assignment, duty.id, populate_existing=True).state is DutyState.RELEASED


def test_letting_go_what_somebody_changed_meanwhile_changes_nothing(as_officer, visit):
    duty = assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    as_officer.get(f"/visits/{visit.id}/people")
    as_officer.submit(f"/assignments/{duty.id}/release", {"version": 0})
    assert "Somebody changed this" in as_officer.follow()
    assert duties() == [("Interpreter for Arabic 1", "asked", None)]


def test_what_is_not_there_is_not_found(as_officer, visit):
    as_officer.get("/visits/999/people", status=404)
    as_officer.get("/delegations/999/people", status=404)
    as_officer.get(f"/visits/{visit.id}/people")
    as_officer.post("/assignments/999/release", {"version": 1}, status=404)
    as_officer.post(f"/visits/{visit.id}/people", {"resource_id": 999}, status=404)
