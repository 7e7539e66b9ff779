"""Engagements, parts, attendance, approvals and published versions by API."""

import pytest

from scheduler.actions.members import add_delegate
from tests import staff
from tests.blueprints.api.programs import fields_at_fault
from tests.cast import AT, OFFICER

LUNCH = {
    "kind": "meal",
    "title": "Lunch",
    "starts_at": "2026-12-14T12:00:00+09:00",
    "ends_at": "2026-12-14T13:00:00+09:00",
    "place": "LUNCH",
    "host": "Vice mayor",
}
PAPER = {
    "document_number": "국제교류과-2188",
    "approved_by": "Head of division",
    "approved_on": "2026-11-20",
    "disclosure": "partial",
}


@pytest.fixture
def below(city):
    staff.place("LUNCH", latitude=37.5741, longitude=126.9854)
    return f"/delegations/{city.delegation.id}"


def test_an_engagement_is_planned_listed_and_read(as_officer, city, below):
    made = as_officer.post(f"{below}/engagements", LUNCH)
    assert made == LUNCH | {
        "id": made["id"],
        "uid": made["uid"],
        "delegation_id": city.delegation.id,
        "state": "planned",
        "destination": None,
        "part_id": None,
        "headcount": 12,
        "note": "",
        "acknowledged": [],
        "acknowledge_reason": "",
        "sequence": 0,
        "version": 1,
    }
    assert as_officer.answer.headers["Location"] == f"/api/v1/engagements/{made['id']}"
    assert as_officer.answer.headers["ETag"] == '"1"'
    assert as_officer.get(f"/engagements/{made['id']}") == made
    assert as_officer.get(f"{below}/engagements") == {"items": [made], "next": None}
    assert as_officer.get(f"{below}/engagements", state="cancelled")["items"] == []


def test_the_same_key_plans_once_and_a_second_lunch_is_refused(as_officer, below):
    once = as_officer.post(f"{below}/engagements", LUNCH, Idempotency_Key="lunch")
    again = as_officer.post(f"{below}/engagements", LUNCH, Idempotency_Key="lunch")
    assert again == once
    refused = as_officer.post(f"{below}/engagements", LUNCH, status=409)
    assert [(each["code"], each["facts"]["kind"]) for each in refused["refusals"]] == [
        ("already_elsewhere", "meal")
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "nap"}, "kind"),
        ({"starts_at": "2026-12-14T12:00:00"}, "starts_at"),
        ({"ends_at": "2026-12-14T12:00:00+09:00"}, "ends_at"),
        ({"place": "NOWHERE"}, "place"),
        ({"destination": "LUNCH"}, "destination"),
        ({"kind": "transfer"}, "destination"),
        ({"part_id": 99}, "part_id"),
        ({"headcount": 0}, "headcount"),
        ({"acknowledge": ["whatever"]}, "acknowledge.0"),
        ({"nap": True}, "nap"),
    ],
)
def test_what_cannot_be_meant_is_told_by_field(as_officer, below, told, field):
    assert fields_at_fault(as_officer.post(f"{below}/engagements", LUNCH | told, status=422)) == [field]


def test_an_engagement_is_changed_by_who_read_it_and_called_off(as_officer, below):
    made = as_officer.post(f"{below}/engagements", LUNCH)
    there = f"/engagements/{made['id']}"
    as_officer.patch(there, {"host": "Mayor"}, status=428)
    changed = as_officer.patch(there, {"host": "Mayor"}, If_Match='"1"')
    assert (changed["host"], changed["title"], changed["version"], changed["sequence"]) == (
        "Mayor",
        "Lunch",
        2,
        1,
    )
    as_officer.patch(there, {"host": "Nobody"}, status=412, If_Match='"1"')
    as_officer.patch(there, {}, status=422, If_Match="*")
    off = as_officer.post(f"{there}/cancel", {"reason": "Ill"}, status=200, If_Match='"2"')
    assert (off["state"], off["version"]) == ("cancelled", 3)
    as_officer.patch(there, {"host": "Mayor"}, status=409, If_Match="*")


def test_a_division_is_put_whole(as_officer, city, below):
    governor = add_delegate(city.delegation.id, {"print_as": "Governor"}, by=OFFICER, at=AT).id
    parts = [
        {"name": "Museum", "headcount": 7, "delegate_ids": [governor]},
        {"name": "Plant", "headcount": 5},
    ]
    made = as_officer.put(f"{below}/parts", {"division": "Day one", "parts": parts}, If_Match='"1"')
    assert [(p["name"], p["headcount"], p["delegate_ids"]) for p in made["parts"]] == [
        ("Museum", 7, [governor]),
        ("Plant", 5, []),
    ]
    assert (made["version"], as_officer.answer.headers["ETag"]) == (2, '"2"')
    assert as_officer.get(f"{below}/parts")["items"] == made["parts"]
    as_officer.put(f"{below}/parts", {"division": "Day one", "parts": []}, status=412, If_Match='"1"')
    too_many = {"division": "Day one", "parts": [{"name": "All", "headcount": 13}]}
    wrong = as_officer.put(f"{below}/parts", too_many, status=422)
    assert wrong["detail"] == (
        "The parts do not add up: together they count 13 people, the delegation counts 12."
    )
    renamed = [{"id": made["parts"][1]["id"], "name": "Water plant", "headcount": 5}]
    as_officer.put(f"{below}/parts", {"division": "Day one", "parts": renamed})
    assert [part["name"] for part in as_officer.get(f"{below}/parts")["items"]] == ["Water plant"]


def test_another_part_goes_whole_unless_somebody_says_how_many(as_officer, below):
    lunch = as_officer.post(f"{below}/engagements", LUNCH)
    division = {"division": "Day one", "parts": [{"name": "Museum", "headcount": 7}]}
    (museum,) = as_officer.put(f"{below}/parts", division)["parts"]
    there = f"/engagements/{lunch['id']}"
    assert as_officer.patch(there, {"part_id": museum["id"]}, If_Match="*")["headcount"] == 7
    few = as_officer.patch(there, {"part_id": museum["id"], "headcount": 3}, If_Match="*")
    assert few["headcount"] == 3
    refused = as_officer.patch(there, {"headcount": 8}, status=409, If_Match="*")
    assert [each["code"] for each in refused["refusals"]] == ["more_than_the_part"]
    assert as_officer.patch(there, {"part_id": None}, If_Match="*")["headcount"] == 12


def test_who_attends_is_put_and_read(as_officer, city, below):
    delegates = [
        add_delegate(city.delegation.id, {"print_as": name}, by=OFFICER, at=AT).id for name in ("A", "B")
    ]
    lunch = as_officer.post(f"{below}/engagements", LUNCH)
    there = f"/engagements/{lunch['id']}/attendance"
    assert as_officer.get(there) == {"delegate_ids": [], "version": 1}
    assert as_officer.put(there, {"delegate_ids": delegates[:1]}, If_Match='"1"') == {
        "delegate_ids": delegates[:1],
        "version": 2,
    }
    as_officer.put(there, {"delegate_ids": []}, status=412, If_Match='"1"')
    wrong = as_officer.put(there, {"delegate_ids": [999]}, status=422)
    assert fields_at_fault(wrong) == ["delegate_ids"]
    visit = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id, "headcount": 12}
    booked = as_officer.post("/visits", visit)
    there = f"/visits/{booked['id']}/attendance"
    assert as_officer.put(there, {"delegate_ids": delegates})["delegate_ids"] == delegates
    assert as_officer.get(there)["version"] == booked["version"] + 1


def test_an_approval_is_entered_read_and_corrected(as_officer, below):
    made = as_officer.post(f"{below}/approvals", PAPER)
    there = as_officer.answer.headers["Location"]
    assert (made["co_signed"], made["note"]) == ([], "")
    assert as_officer.get(there) == made
    assert as_officer.get(f"{below}/approvals")["items"] == [made]
    changed = as_officer.patch(there, {"co_signed": ["Budget team"]}, If_Match=f'"{made["version"]}"')
    assert changed["co_signed"] == ["Budget team"]
    as_officer.patch(there, {"note": "x"}, status=412, If_Match=f'"{made["version"]}"')
    future = as_officer.post(f"{below}/approvals", PAPER | {"approved_on": "2027-01-01"}, status=422)
    assert fields_at_fault(future) == ["approved_on"]


def test_a_programme_is_published_in_versions(as_officer, below):
    as_officer.get(f"{below}/programme", status=404)
    assert as_officer.post(f"{below}/programme", {}, status=409)["code"] == "nothing_to_publish"
    lunch = as_officer.post(f"{below}/engagements", LUNCH)
    paper = as_officer.post(f"{below}/approvals", PAPER)
    first = as_officer.post(f"{below}/programme", {"approval_id": paper["id"]})
    assert as_officer.answer.headers["Location"].endswith(f"{below}/programme/versions/1")
    assert (first["number"], first["is_amended"], first["approval_id"]) == (1, False, paper["id"])
    assert [stop["key"] for stop in first["content"]["stops"]] == [f"engagement-{lunch['id']}"]
    again = as_officer.post(f"{below}/programme", {}, status=409)
    assert (again["code"], again["version"]) == ("nothing_to_publish", 1)
    as_officer.patch(f"/engagements/{lunch['id']}", {"headcount": 10}, If_Match="*")
    second = as_officer.post(f"{below}/programme", {"reason": "Two fly home"})
    assert (second["number"], second["is_amended"]) == (2, True)
    assert second["differences"][0]["fields"] == [{"field": "headcount", "before": 12, "after": 10}]
    assert as_officer.get(f"{below}/programme") == second
    assert as_officer.get(f"{below}/programme/versions")["items"] == [second, first]
    assert as_officer.get(f"{below}/programme/versions/1") == first
    wrong = as_officer.post(f"{below}/programme", {"approval_id": 99}, status=422)
    assert fields_at_fault(wrong) == ["approval_id"]


def test_a_site_manager_reads_and_writes_none_of_it(as_manager, as_officer, city, below):
    lunch = as_officer.post(f"{below}/engagements", LUNCH)
    manager = as_manager
    manager.get(f"/engagements/{lunch['id']}", status=403)
    manager.get(f"{below}/programme", status=403)
    manager.post(f"{below}/programme", {}, status=403)
    manager.put(f"{below}/parts", {"division": "x", "parts": []}, status=403)
