"""Repairs over HTTP: a closure mended for all, rehearsals, what cannot be meant, a world that changed."""

import pytest

from scheduler.actions.plan_jobs import finish_job, take_job
from scheduler.actions.repairs import think_of_repair
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make, staff
from tests.blueprints.api.programs import DECEMBER_14, fields_at_fault
from tests.cast import AT, SEOUL, seoul

FLOOD = {"starts_at": "2026-12-14T00:00:00+09:00", "ends_at": "2026-12-15T00:00:00+09:00"}


@pytest.fixture
def visits(city):
    """Two delegations on the day that floods; the next day the control room is shown again."""
    make.tour_session(city.rounds, seoul(15, 10))
    guests = [make.delegation(f"Guests {number}", headcount=8) for number in range(2)]
    return [make.visit(who, city.morning, 8) for who in guests]


@pytest.fixture
def closure(as_officer, visits):
    return as_officer.post("/sites/TOPIS/closures", FLOOD | {"reason": "Flood"})


@pytest.fixture
def plan(as_officer, closure):
    made = as_officer.post(f"/sites/TOPIS/closures/{closure['id']}/repair", {}, status=202)
    think()
    return as_officer.get(f"/plans/{made['id']}")


def think():
    """Do the job that waits, as a planner would."""
    job = take_job("tests:1", at=AT)
    finish_job(job.id, "tests:1", think_of_repair(job, SEOUL, at=AT), at=AT)


def days(visits):
    return [db.session.get_one(Visit, v.id, populate_existing=True).starts_at.day for v in visits]


def test_a_closure_is_mended_for_all_and_accepted(as_officer, visits, closure):
    made = as_officer.post(f"/sites/TOPIS/closures/{closure['id']}/repair", {}, status=202)
    assert as_officer.answer.headers["Location"].endswith(f"/plans/{made['id']}")
    assert (made["kind"], made["state"], made["repair"]) == ("repair", "waiting", None)
    assert made["disturbance"]["closure_id"] == closure["id"]
    think()
    found = as_officer.get(f"/plans/{made['id']}")
    repair = found["repair"]
    told = {name: repair[name] for name in ("touched", "kept", "moved", "bound", "is_proven")}
    assert told == {"touched": 2, "kept": 2, "moved": 2, "bound": 2, "is_proven": True}
    first = repair["visits"][0]
    assert (first["fate"], first["before"]["starts_at"]) == ("moves", DECEMBER_14)
    assert first["after"]["starts_at"] == "2026-12-15T10:00:00+09:00"
    assert [reason["code"] for reason in first["because"]] == ["closed"]
    body = {"acknowledge": ["all"], "acknowledge_reason": "flood"}
    accepted = as_officer.post(f"/plans/{made['id']}/accept", body)
    assert [visit["id"] for visit in accepted["visits"]] == [visit.id for visit in visits]
    assert days(visits) == [15, 15]
    again = as_officer.post(f"/plans/{made['id']}/accept", body)
    assert again == accepted
    assert as_officer.get(f"/plans/{made['id']}")["accepted"]["visit_ids"] == [v.id for v in visits]


def test_some_are_chosen_edited_and_put_off(as_officer, city, visits, plan):
    body = {
        "only": [],
        "edited": [
            {"visit_id": visits[0].id, "tour_code": "TOPIS-T", "starts_at": "2026-12-15T10:00:00+09:00"}
        ],
        "postpone": [visits[1].id],
        "acknowledge": ["all"],
        "acknowledge_reason": "flood",
    }
    told = as_officer.post(f"/plans/{plan['id']}/accept", body)
    assert {visit["state"] for visit in told["visits"]} >= {"postponed"}
    assert days(visits) == [15, 14]


def test_a_rehearsal_is_looked_at_and_not_accepted(as_officer, visits):
    body = {"kind": "closure", "rehearse": True, "site": "TOPIS", **FLOOD}
    made = as_officer.post("/repairs", body, status=202)
    think()
    assert as_officer.get(f"/plans/{made['id']}")["repair"]["touched"] == 2
    told = as_officer.post(f"/plans/{made['id']}/accept", {}, status=422)
    assert [error["code"] for error in told["errors"]] == ["only_rehearsed"]
    assert days(visits) == [14, 14]


def test_nothing_touched_is_said_at_once(as_officer, city):
    body = {"kind": "closure", "rehearse": True, "site": "TOPIS", **FLOOD}
    made = as_officer.post("/repairs", body, status=202)
    assert (made["state"], made["repair"]["visits"]) == ("done", [])
    assert made["repair"]["text"] == "No visit is touched: there is nothing to mend."


def test_the_other_three_kinds_are_asked_too(as_officer, city, visits):
    guide = staff.guide(city.topis if hasattr(city, "topis") else city.site)
    who = visits[0].delegation_id
    for body in (
        {"kind": "absence", "rehearse": True, "resource_id": guide.id, **FLOOD},
        {"kind": "stay", "rehearse": True, "delegation_id": who, "arrives_at": "2026-12-14T12:00:00+09:00"},
        {"kind": "headcount", "rehearse": True, "delegation_id": who, "headcount": 12},
    ):
        made = as_officer.post("/repairs", body, status=202)
        if made["state"] == "waiting":
            think()
        assert as_officer.get(f"/plans/{made['id']}")["state"] == "done"


def test_what_changed_meanwhile_is_told_and_planned_again(as_officer, visits, plan):
    as_officer.post(f"/visits/{visits[1].id}/cancel", {"reason": "gone home"}, status=200)
    told = as_officer.post(f"/plans/{plan['id']}/accept", {"acknowledge": ["all"]}, status=409)
    assert (told["code"], told["changed"]) == ("plan_overtaken", [visits[1].id])
    assert days(visits) == [14, 14]
    again = as_officer.get(f"/plans/{told['plan_id']}")
    assert again["follows_id"] == plan["id"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["kind"]),
        ({"kind": "flood"}, ["kind"]),
        ({"kind": "closure", "rehearse": "yes"}, ["rehearse"]),
        ({"kind": "closure", "site": "TOPIS"}, ["closure_id"]),
        ({"kind": "closure", "rehearse": True, "site": "TOPIS"}, ["starts_at"]),
        ({"kind": "closure", "rehearse": True, "site": "NOWHERE", **FLOOD}, ["site"]),
        ({"kind": "closure", "site": "TOPIS", "closure_id": 99}, ["closure_id"]),
        ({"kind": "closure", "site": "TOPIS", "headcount": 9}, ["headcount"]),
        ({"kind": "closure", "site": "TOPIS", "starts_at": FLOOD["starts_at"]}, ["ends_at"]),
        ({"kind": "absence", **FLOOD}, ["resource_id"]),
        ({"kind": "absence", "resource_id": 99, **FLOOD}, ["resource_id"]),
        ({"kind": "absence", "resource_id": True, **FLOOD}, ["resource_id"]),
        ({"kind": "stay", "rehearse": True}, ["delegation_id"]),
        ({"kind": "stay", "rehearse": True, "delegation_id": 99}, ["delegation_id"]),
        ({"kind": "headcount", "delegation_id": 1, "headcount": 0}, ["headcount"]),
        ({"kind": "headcount", "delegation_id": 1, "headcount": 5001}, ["headcount"]),
        ({"kind": "headcount", "rehearse": True, "delegation_id": 99, "headcount": 5}, ["delegation_id"]),
        ({"kind": "headcount", "rehearse": True, "delegation_id": 1}, ["headcount"]),
        ({"kind": "headcount", "rehearse": True, "delegation_id": 1, "headcount": None}, ["headcount"]),
        ({"kind": "closure", "rehearse": True, "site": "TOPIS", "closure_id": 1}, ["closure_id"]),
        ({"kind": "closure", "rehearse": True, "site": "TOPIS", "closure_id": 1, **FLOOD}, ["closure_id"]),
        ({"kind": "closure", "site": "TOPIS", "closure_id": 1, **FLOOD}, ["starts_at"]),
        ({"kind": "closure", "site": "TOPIS", "closure_id": 1, "reason": "Flood"}, ["reason"]),
        ({"kind": "stay", "delegation_id": 1, "arrives_at": FLOOD["starts_at"]}, ["arrives_at"]),
        ({"kind": "closure", "nonsense": 1}, ["nonsense"]),
    ],
)
def test_rubbish_is_told_by_its_field(as_officer, city, body, fields):
    make.delegation()
    assert fields_at_fault(as_officer.post("/repairs", body, status=422)) == fields


def test_somebody_without_leave_is_not_away(as_officer, city):
    guide = staff.guide(city.topis if hasattr(city, "topis") else city.site)
    told = as_officer.post("/repairs", {"kind": "absence", "resource_id": guide.id, **FLOOD}, status=422)
    assert [error["code"] for error in told["errors"]] == ["leave_needed"]


def test_what_an_acceptance_leaves_unresolved_is_said(as_officer, visits, plan):
    body = {"only": [visits[0].id], "acknowledge": ["all"], "acknowledge_reason": "flood"}
    told = as_officer.post(f"/plans/{plan['id']}/accept", body)
    assert told["unresolved"] == [
        {"visit_id": visits[1].id, "fate": "moves", "text": "It was not chosen: name it in only."}
    ]
    body = {"acknowledge": ["all"], "acknowledge_reason": "flood"}
    assert as_officer.post(f"/plans/{plan['id']}/accept", body)["unresolved"] == []


def test_rubbish_in_a_choice_is_told_by_its_field(as_officer, visits, plan):
    path = f"/plans/{plan['id']}/accept"
    for body, fields in (
        ({"proposal": 0}, ["proposal"]),
        ({"as": "held"}, ["as"]),
        ({"as": "requested"}, ["as"]),
        ({"stops": [0]}, ["stops"]),
        ({"only": [999]}, ["only.0"]),
        ({"only": "all"}, ["only"]),
        ({"only": []}, ["only"]),
        ({"edited": [{"visit_id": visits[0].id}]}, ["edited.0.tour_session_id"]),
        ({"edited": [{"visit_id": visits[0].id, "tour_session_id": 999}]}, ["edited.0.tour_session_id"]),
        ({"postpone": [999]}, ["postpone.0"]),
    ):
        assert fields_at_fault(as_officer.post(path, body, status=422)) == fields


def test_an_unknown_closure_is_not_found(as_officer, city):
    as_officer.post("/sites/TOPIS/closures/99/repair", {}, status=404)
    as_officer.post("/sites/NOWHERE/closures/1/repair", {}, status=404)


def test_managers_mend_nothing(as_manager, closure):
    as_manager.post(f"/sites/TOPIS/closures/{closure['id']}/repair", {}, status=403)
    as_manager.post("/repairs", {"kind": "closure", "site": "TOPIS", "closure_id": closure["id"]}, status=403)
