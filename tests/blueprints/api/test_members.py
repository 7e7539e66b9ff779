"""Wishes and delegates below a delegation."""

from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Wish
from tests import make
from tests.blueprints.api.programs import fields_at_fault


def test_a_wish_names_a_tour_or_a_topic(as_officer, city):
    path = f"/delegations/{city.delegation.id}/wishes"
    told = {
        "tour_code": "TOPIS-T",
        "priority": 5,
        "preferred_times": ["2026-12-14T01:00:00Z"],
        "headcount": 6,
        "note": "Before lunch,\nplease",
        "is_must": True,
        "either": "plants",
        "not_first_day": True,
        "fallback_tour_code": "TOPIS-W",
    }
    made = as_officer.post(path, told)
    assert made == told | {
        "id": made["id"],
        "delegation_id": city.delegation.id,
        "topic": "",
        "preferred_times": ["2026-12-14T10:00:00+09:00"],
        "after_wish_id": None,
        "not_last_day": False,
        "version": made["version"],
    }
    topic = as_officer.post(path, {"topic": "water"})
    assert (topic["tour_code"], topic["topic"], topic["priority"]) == (None, "water", 3)
    assert [wish["id"] for wish in as_officer.get(path)["items"]] == [made["id"], topic["id"]]


def test_a_wish_for_nothing_is_none(as_officer, city):
    path = f"/delegations/{city.delegation.id}/wishes"
    for nothing in ({}, {"topic": ""}, {"tour_code": None}, {"priority": 4}):
        assert fields_at_fault(as_officer.post(path, nothing, status=422)) == ["tour_code"]
    unknown = as_officer.post(path, {"tour_code": "NOPE"}, status=422)
    assert fields_at_fault(unknown) == ["tour_code"]
    made = as_officer.post(path, {"topic": "water"})
    problem = as_officer.patch(f"{path}/{made['id']}", {"topic": ""}, status=422, If_Match="*")
    assert fields_at_fault(problem) == ["tour_code"]
    assert db.session.query(Wish).one().topic == "water"


def test_a_wish_is_changed_and_removed(as_officer, city):
    path = f"/delegations/{city.delegation.id}/wishes"
    made = as_officer.post(path, {"topic": "water"})
    changed = as_officer.patch(
        f"{path}/{made['id']}", {"tour_code": "TOPIS-W", "topic": "", "priority": 1}, If_Match="*"
    )
    assert (changed["tour_code"], changed["topic"], changed["priority"]) == ("TOPIS-W", "", 1)
    as_officer.delete(f"{path}/{made['id']}")
    assert as_officer.get(path) == {"items": [], "next": None}


def test_wishes_come_after_one_another_but_in_no_circle(as_officer, city):
    path = f"/delegations/{city.delegation.id}/wishes"
    first = as_officer.post(path, {"topic": "water"})
    second = as_officer.post(path, {"topic": "transport", "after_wish_id": first["id"]})
    third = as_officer.post(path, {"topic": "waste", "after_wish_id": second["id"]})
    for before in (first, second, third):
        told = {"after_wish_id": before["id"]}
        problem = as_officer.patch(f"{path}/{first['id']}", told, status=422, If_Match="*")
        assert fields_at_fault(problem) == ["after_wish_id"]
    assert as_officer.get(f"{path}/{first['id']}")["after_wish_id"] is None
    as_officer.delete(f"{path}/{second['id']}")
    assert as_officer.get(f"{path}/{third['id']}")["after_wish_id"] is None


def test_a_wish_comes_after_none_of_another_delegation(as_officer, city):
    other = make.delegation("Others")
    theirs = as_officer.post(f"/delegations/{other.id}/wishes", {"topic": "water"})
    told = {"topic": "water", "after_wish_id": theirs["id"]}
    problem = as_officer.post(f"/delegations/{city.delegation.id}/wishes", told, status=422)
    assert fields_at_fault(problem) == ["after_wish_id"]


def test_a_delegate_is_told_as_printed(as_officer, city):
    path = f"/delegations/{city.delegation.id}/delegates"
    told = {
        "print_as": "Dr Nguyễn Văn An",
        "name_native": "Nguyễn Văn An",
        "name_roman": "Nguyen Van An",
        "name_order": "family_first",
        "post": "Vice Chair",
        "organisation": "People's Committee",
        "precedence": 1,
        "precedence_reason": "Leads the delegation",
        "email": "an@hanoi.example",
    }
    made = as_officer.post(path, told)
    own = {"id": made["id"], "delegation_id": city.delegation.id, "version": made["version"]}
    assert made == told | own
    second = as_officer.post(path, {"print_as": "محمد علي"})
    assert (second["print_as"], second["name_order"], second["precedence"]) == (
        "محمد علي",
        "given_first",
        100,
    )
    assert [found["id"] for found in as_officer.get(path)["items"]] == [made["id"], second["id"]]


def test_a_delegate_has_no_passport(as_officer, city):
    told = {"print_as": "An", "passport_number": "X1"}
    problem = as_officer.post(f"/delegations/{city.delegation.id}/delegates", told, status=422)
    assert fields_at_fault(problem) == ["passport_number"]


def test_members_are_found_below_their_own_delegation_alone(as_officer, city):
    other = make.delegation("Kampala")
    for kind, told in (("wishes", {"topic": "water"}), ("delegates", {"print_as": "An"})):
        made = as_officer.post(f"/delegations/{city.delegation.id}/{kind}", told)
        astray = f"/delegations/{other.id}/{kind}/{made['id']}"
        as_officer.get(astray, status=404)
        as_officer.patch(astray, told, status=404, If_Match="*")
        as_officer.delete(astray, status=404)
        as_officer.post(f"/delegations/999/{kind}", told, status=404)
        as_officer.get(f"/delegations/999/{kind}", status=404)
    assert (db.session.query(Wish).count(), db.session.query(Delegate).count()) == (1, 1)
