"""The waiting list of a session over HTTP."""

import pytest

from tests import make
from tests.blueprints.api.programs import codes, fields_at_fault


@pytest.fixture
def path(city):
    return f"/sessions/{city.morning.id}/waiting"


@pytest.fixture
def full(city, booked):
    """The morning with its thirty places taken: twelve by the city's delegation."""
    visit = booked()
    make.other_booking(city.morning, 18)
    return visit


@pytest.fixture
def hue(city):
    return make.delegation("Hue city", headcount=8)


def test_who_waits_is_told_in_turn_and_served_when_places_come_free(as_officer, full, hue, path):
    made = as_officer.post(path, {"delegation_id": hue.id, "hold_hours": 24})
    assert (made["state"], made["headcount"], made["version"]) == ("waiting", 8, 1)
    other = make.delegation("Vientiane")
    as_officer.post(path, {"delegation_id": other.id})
    assert [each["delegation"] for each in as_officer.get(path)["items"]] == ["Hue city", "Vientiane"]
    as_officer.post(f"/visits/{full['id']}/cancel", {}, status=200)
    held = as_officer.get("/visits", state="held")["items"]
    assert [(visit["delegation"]["name"], visit["headcount"]) for visit in held] == [("Hue city", 8)]
    assert [each["delegation"] for each in as_officer.get(path)["items"]] == ["Vientiane"]


def test_where_there_is_room_nobody_waits(as_officer, hue, path):
    assert as_officer.post(path, {"delegation_id": hue.id}, status=409)["code"] == "places_free"


def test_waiting_cures_no_other_refusal(as_officer, full, path):
    large = make.delegation("Large", headcount=60)
    told = as_officer.post(path, {"delegation_id": large.id}, status=409)
    assert set(codes(told["refusals"])) == {"group_too_large"}


def test_an_entry_is_taken_off_once(as_officer, full, hue, path):
    made = as_officer.post(path, {"delegation_id": hue.id})
    as_officer.delete(f"/waiting/{made['id']}", status=412, If_Match='"9"')
    as_officer.delete(f"/waiting/{made['id']}", If_Match='"1"')
    told = as_officer.delete(f"/waiting/{made['id']}", status=422)
    assert [error["code"] for error in told["errors"]] == ["no_longer_waiting"]
    as_officer.delete("/waiting/77", status=404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hold_hours": 0}, "hold_hours"),
        ({"hold_hours": 721}, "hold_hours"),
        ({"headcount": 0}, "headcount"),
        ({"delegation_id": 77}, "delegation_id"),
        ({"part_id": 77}, "part_id"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_cannot_be_meant_names_its_field(as_officer, full, hue, path, wrong, field):
    told = as_officer.post(path, {"delegation_id": hue.id} | wrong, status=422)
    assert fields_at_fault(told) == [field]


def test_a_session_that_is_not_there_is_not_found(as_officer, hue):
    as_officer.get("/sessions/77/waiting", status=404)
    as_officer.post("/sessions/77/waiting", {"delegation_id": hue.id}, status=404)


def test_managers_neither_wait_nor_read_who_does(as_manager, hue, path):
    as_manager.get(path, status=403)
    as_manager.post(path, {"delegation_id": hue.id}, status=403)
