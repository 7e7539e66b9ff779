"""Plans over HTTP: asked for, looked at, accepted; what cannot be meant; a world that changed meanwhile."""

import pytest

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.delegations import DelegationState
from scheduler.records.plans import PlanJob
from scheduler.records.visits import Visit
from tests import make
from tests.blueprints.api.programs import DECEMBER_14, fields_at_fault
from tests.cast import seoul
from tests.planned import think


@pytest.fixture
def stay(city):
    """A delegation for three days, on the second and third of which the control room is shown."""
    make.tour_session(city.rounds, seoul(15, 10))
    return make.delegation("Planners", arrives_at=seoul(13, 12), departs_at=seoul(16, 12))


@pytest.fixture
def wish(as_officer, stay):
    return as_officer.post(f"/delegations/{stay.id}/wishes", {"tour_code": "TOPIS-T", "is_must": True})


@pytest.fixture
def plan(as_officer, stay, wish):
    """A plan that was thought of."""
    made = as_officer.post("/plans", {"delegation_id": stay.id, "seconds": 5}, status=202)
    think()
    return made


def test_a_plan_is_asked_for_looked_at_and_accepted(as_officer, stay, wish):
    made = as_officer.post("/plans", {"delegation_id": stay.id, "seconds": 5}, status=202)
    assert as_officer.answer.headers["Location"].endswith(f"/plans/{made['id']}")
    assert (made["state"], made["progress"], made["alternatives"]) == ("waiting", 0, 3)
    waiting = as_officer.get(f"/plans/{made['id']}")
    assert (waiting["state"], waiting["proposals"], waiting["conflict"]) == ("waiting", [], None)
    think()
    found = as_officer.get(f"/plans/{made['id']}")
    assert (found["state"], found["progress"], found["trouble"]) == ("done", 100, None)
    first = found["proposals"][0]
    assert first["figures"]["musts_kept"] == 1
    assert [(stop["wish_id"], stop["site"], stop["starts_at"]) for stop in first["stops"]] == [
        (wish["id"], "TOPIS", DECEMBER_14)
    ]
    accepted = as_officer.post(f"/plans/{made['id']}/accept", {"proposal": 0, "as": "requested"})
    visit = accepted["visits"][0]
    assert (visit["state"], visit["starts_at"], visit["headcount"]) == ("requested", DECEMBER_14, 12)
    told = as_officer.get(f"/plans/{made['id']}")["accepted"]
    assert (told["proposal"], told["visit_ids"]) == (0, [visit["id"]])


def test_accepting_twice_gives_the_same_visits(as_officer, plan):
    path, body = f"/plans/{plan['id']}/accept", {"proposal": 0, "as": "held"}
    first, second = as_officer.post(path, body), as_officer.post(path, body)
    assert first == second
    assert first["visits"][0]["state"] == "held"
    assert db.session.query(Visit).count() == 1
    other = as_officer.post(path, {"proposal": 1}, status=409)
    assert (other["code"], other["proposal"]) == ("plan_booked", 0)


def test_accepting_otherwise_than_it_stands_says_how_it_stands(as_officer, plan):
    path = f"/plans/{plan['id']}/accept"
    visit = as_officer.post(path, {"proposal": 0, "as": "held"})["visits"][0]
    told = as_officer.post(path, {"proposal": 0, "as": "requested"}, status=409)
    assert (told["code"], told["stands"]) == ("plan_stands", "held")
    assert told["visits"] == [{"visit_id": visit["id"], "state": "held"}]
    assert "held already: TOPIS, Mon 14 Dec 2026 10:00" in told["detail"]
    as_officer.post(f"/visits/{visit['id']}/cancel", {"reason": "no time"}, status=200)
    told = as_officer.post(path, {"proposal": 0, "as": "held"}, status=409)
    assert (told["code"], told["stands"]) == ("plan_stands", "called_off")


def test_a_headcount_that_changed_is_told_and_planned_again(as_officer, stay, plan):
    as_officer.patch(f"/delegations/{stay.id}", {"headcount": 17}, If_Match="*")
    told = as_officer.post(f"/plans/{plan['id']}/accept", {"proposal": 0}, status=409)
    assert (told["code"], told["fallen"], told["visits"]) == ("plan_overtaken", [0], [])
    assert [(each["code"], each["facts"]) for each in told["changed"]] == [
        ("headcount", {"was": 12, "now": 17})
    ]
    assert "made for 12 people; now 17 come" in told["detail"]
    think()
    again = as_officer.post(f"/plans/{told['plan_id']}/accept", {"proposal": 0})
    assert [visit["headcount"] for visit in again["visits"]] == [17]


def test_the_same_question_asked_while_it_waits_is_the_same_job(as_officer, stay, wish):
    body = {"delegation_id": stay.id, "seconds": 5}
    made = [as_officer.post("/plans", body, status=202)["id"] for _ in range(2)]
    other = as_officer.post("/plans", body | {"seconds": 6}, status=202)["id"]
    assert made[0] == made[1] != other
    listed = as_officer.get(f"/delegations/{stay.id}/plans")["items"]
    assert [each["id"] for each in listed] == [other, made[0]]


def test_a_world_that_changed_is_told_and_the_difference_planned_again(as_officer, city, plan, wish):
    others = make.delegation("Others", headcount=25)
    make.visit(others, city.morning, headcount=25)
    told = as_officer.post(f"/plans/{plan['id']}/accept", {"proposal": 0}, status=409)
    assert (told["code"], told["fallen"], told["kept"]) == ("plan_overtaken", [0], [])
    assert [r["code"] for r in told["visits"][0]["refusals"]] == ["no_places_left"]
    assert db.session.query(Visit).count() == 1
    think()
    again = as_officer.get(f"/plans/{told['plan_id']}")
    assert again["follows_id"] == plan["id"]
    assert again["proposals"][0]["stops"][0]["starts_at"] == "2026-12-15T10:00:00+09:00"


def test_what_still_stands_is_kept_as_a_pin(as_officer, city, stay, wish):
    tour = make.tour(make.site("SEONAM", latitude=37.5, longitude=126.8))
    make.tour_session(tour, seoul(15, 10))
    second = as_officer.post(f"/delegations/{stay.id}/wishes", {"tour_code": "SEONAM-T"})
    made = as_officer.post("/plans", {"delegation_id": stay.id, "seconds": 5}, status=202)
    think()
    make.visit(make.delegation("Others", headcount=25), city.morning, headcount=25)
    told = as_officer.post(f"/plans/{made['id']}/accept", {"proposal": 0}, status=409)
    assert (told["fallen"], told["kept"]) == ([0], [1])
    again = as_officer.get(f"/plans/{told['plan_id']}")
    assert again["pins"] == [
        {"wish_id": second["id"], "tour": "SEONAM-T", "starts_at": "2026-12-15T10:00:00+09:00"}
    ]


def test_a_key_used_again_gives_the_first_answer_and_a_changed_world_none(as_officer, city, plan):
    path = f"/plans/{plan['id']}/accept"
    make.visit(make.delegation("Others", headcount=25), city.morning, headcount=25)
    told = as_officer.post(path, {"proposal": 0}, status=409, Idempotency_Key="one")
    assert db.session.get(PlanJob, told["plan_id"]) is not None
    assert db.session.query(Visit).count() == 1


def test_pins_name_a_wish_or_a_stop_of_a_former_plan(as_officer, stay, wish, plan):
    later = {"wish_id": wish["id"], "tour": "TOPIS-T", "starts_at": "2026-12-15T10:00:00+09:00"}
    for pin in (later, {"plan_id": plan["id"], "proposal": 1, "stop": 0}):
        made = as_officer.post("/plans", {"delegation_id": stay.id, "pins": [pin], "seconds": 5}, status=202)
        assert made["pins"] == [later]
    think()
    found = as_officer.get(f"/plans/{made['id']}")
    starts = [stop["starts_at"] for each in found["proposals"] for stop in each["stops"]]
    assert set(starts) == {later["starts_at"]}


def test_what_is_banned_is_not_proposed_and_the_reasons_are_told(as_officer, stay, wish):
    bans = [{"tour": "TOPIS-T", "on": f"2026-12-{day}"} for day in (14, 15)]
    made = as_officer.post("/plans", {"delegation_id": stay.id, "bans": bans, "seconds": 5}, status=202)
    assert made["bans"][0] == {"tour": "TOPIS-T", "starts_at": None, "on": "2026-12-14"}
    think()
    found = as_officer.get(f"/plans/{made['id']}")
    unmet = found["unmet"][0]
    assert unmet["wish_id"] == wish["id"]
    assert {"banned", "no_session"} >= {reason["code"] for reason in unmet["reasons"]}
    assert "Mon 14 Dec: 10:00, 14:00: Banned." in unmet["text"]
    demands = found["conflict"]["demands"]
    assert [each["kind"] for each in demands] == ["ban", "ban", "must"]
    must = demands[-1]
    assert must["id"] == wish["id"]
    assert must["text"] == "TOPIS: Control room is a must."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seconds": 0}, "seconds"),
        ({"seconds": -1}, "seconds"),
        ({"seconds": "1"}, "seconds"),
        ({"seconds": True}, "seconds"),
        ({"seconds": 1e9}, "seconds"),
        ({"seconds": None}, "seconds"),
        ({"alternatives": 0}, "alternatives"),
        ({"alternatives": 6}, "alternatives"),
        ({"alternatives": 1.5}, "alternatives"),
        ({"pins": {}}, "pins"),
        ({"pins": [{}]}, "pins.0.wish_id"),
        ({"pins": [{"wish_id": 1, "tour": "TOPIS-T", "starts_at": "soon"}]}, "pins.0.starts_at"),
        ({"pins": [{"wish_id": 9, "tour": "TOPIS-T", "starts_at": DECEMBER_14}]}, "pins.0.wish_id"),
        ({"pins": [{"wish_id": 1, "tour": "NOPE", "starts_at": DECEMBER_14}]}, "pins.0.tour"),
        ({"pins": [{"wish_id": 1, "tour": "TOPIS-W", "starts_at": DECEMBER_14}]}, "pins.0.tour"),
        ({"pins": [{"wish_id": 1, "tour": "TOPIS-T", "starts_at": DECEMBER_14}] * 2}, "pins.1.wish_id"),
        ({"pins": [{"plan_id": 9, "proposal": 0, "stop": 0}]}, "pins.0.plan_id"),
        ({"bans": [{"tour": "NOPE"}]}, "bans.0.tour"),
        ({"bans": [{"on": "2026-12-14"}]}, "bans.0.tour"),
        ({"bans": [{"tour": "TOPIS-T", "on": "2026-13-14"}]}, "bans.0.on"),
        ({"bans": [{"tour": "TOPIS-T", "on": "2026-12-14", "starts_at": DECEMBER_14}]}, "bans.0.on"),
        ({"budget": 5}, "budget"),
    ],
)
def test_rubbish_is_told_by_its_field(as_officer, stay, wish, changes, field):
    problem = as_officer.post("/plans", {"delegation_id": stay.id} | changes, status=422)
    assert fields_at_fault(problem) == [field]
    assert db.session.query(PlanJob).count() == 0


def test_a_delegation_without_wishes_closed_or_unknown_is_not_planned(as_officer, stay):
    assert fields_at_fault(as_officer.post("/plans", {"delegation_id": stay.id}, status=422)) == [
        "delegation_id"
    ]
    as_officer.post(f"/delegations/{stay.id}/wishes", {"topic": "water"})
    as_officer.post("/plans", {"delegation_id": 999}, status=404)
    as_officer.get("/plans/999", status=404)
    as_officer.post("/plans/999/accept", {"proposal": 0}, status=404)
    stay.state = DelegationState.CANCELLED
    db.session.commit()
    problem = as_officer.post("/plans", {"delegation_id": stay.id}, status=409)
    assert [each["code"] for each in problem["refusals"]] == ["state_forbids"]


def test_what_is_not_there_cannot_be_accepted(as_officer, stay, wish):
    made = as_officer.post("/plans", {"delegation_id": stay.id, "seconds": 5}, status=202)
    path = f"/plans/{made['id']}/accept"
    assert fields_at_fault(as_officer.post(path, {"proposal": 0}, status=422)) == ["proposal"]
    think()
    for body, field in (
        ({}, "proposal"),
        ({"proposal": 9}, "proposal"),
        ({"proposal": 0, "as": "given"}, "as"),
        ({"proposal": 0, "stops": [7]}, "stops"),
        ({"proposal": 0, "hold_until": DECEMBER_14}, "hold_until"),
        ({"proposal": 0, "as": "held", "hold_until": "2026-11-01T00:00:00Z"}, "hold_until"),
    ):
        assert fields_at_fault(as_officer.post(path, body, status=422)) == [field]
    assert db.session.query(Visit).count() == 0


def test_a_hold_ends_when_it_was_said_or_when_the_visit_begins(as_officer, plan):
    body = {"proposal": 0, "as": "held", "hold_until": "2026-12-31T00:00:00Z"}
    visit = as_officer.post(f"/plans/{plan['id']}/accept", body)["visits"][0]
    assert (visit["state"], visit["hold_until"]) == (VisitState.HELD, DECEMBER_14)


def test_site_managers_do_not_plan(as_manager, stay, wish, plan):
    as_manager.post("/plans", {"delegation_id": stay.id}, status=403)
    as_manager.get(f"/plans/{plan['id']}", status=403)
