"""A party split over sessions and a day that shifts, over HTTP: rehearsed, done, refused, at fault."""

import pytest

from scheduler.records.parts import Part
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.blueprints.api.programs import codes, fields_at_fault
from tests.cast import seoul


@pytest.fixture
def bangkok(city):
    """Forty-seven, where the control room takes thirty."""
    return make.delegation("Bangkok metropolis", headcount=47)


@pytest.fixture
def halves(city):
    return [
        {"name": "1", "headcount": 24, "tour_session_id": city.morning.id},
        {"name": "2", "headcount": 23, "tour_session_id": city.afternoon.id},
    ]


def test_a_split_is_proposed_and_booked_as_proposed(as_officer, city, bangkok):
    path = f"/delegations/{bangkok.id}/split"
    told = as_officer.post(path, {"tour_session_id": city.morning.id, "rehearse": True}, status=200)
    assert [(piece["headcount"], piece["tour_session_id"]) for piece in told["pieces"]] == [
        (24, city.morning.id),
        (23, city.afternoon.id),
    ]
    assert (told["division"], told["is_whole"], how_many(Part)) == ("TOPIS-T", True, 0)
    names = ("name", "headcount", "tour_session_id")
    pieces = [{name: piece[name] for name in names} for piece in told["pieces"]]
    booked = as_officer.post(path, {"division": told["division"], "pieces": pieces})
    assert [piece["visit_id"] is not None for piece in booked["pieces"]] == [True, True]
    assert (how_many(Part), how_many(Visit)) == (2, 2)


def test_into_so_many(as_officer, city, bangkok):
    make.tour_session(city.rounds, seoul(14, 16))
    body = {"tour_session_id": city.morning.id, "rehearse": True, "into": 3, "headcount": 45}
    told = as_officer.post(f"/delegations/{bangkok.id}/split", body, status=200)
    assert [piece["headcount"] for piece in told["pieces"]] == [15, 15, 15]


def test_a_refused_split_is_told_by_piece(as_officer, city, bangkok, halves):
    make.other_booking(city.afternoon, 20)
    body = {"division": "Halves", "pieces": halves}
    told = as_officer.post(f"/delegations/{bangkok.id}/split", body, status=409)
    assert [codes(each["refusals"]) for each in told["visits"]] == [[], ["no_places_left"]]
    assert how_many(Part) == 0


def test_a_split_that_cannot_be_meant_names_its_fields(as_officer, city, bangkok, halves):
    path = f"/delegations/{bangkok.id}/split"

    def faults(**body):
        return fields_at_fault(as_officer.post(path, body, status=422))

    assert faults() == ["pieces"]
    assert faults(rehearse=True) == ["tour_session_id"]
    assert faults(rehearse=True, tour_code="NOWHERE", starts_at="2026-12-14T10:00:00+09:00") == ["tour_code"]
    assert faults(rehearse=True, tour_session_id=city.morning.id, into=1) == ["into"]
    assert faults(division="H", pieces=halves[:1]) == ["pieces"]
    assert faults(division="", pieces=halves) == ["division"]
    assert faults(division="H", pieces=[halves[0], halves[1] | {"headcount": 40}]) == ["parts"]
    assert faults(division="H", pieces=[halves[0], halves[0]]) == ["pieces"]
    assert faults(division="H", pieces=[halves[0], halves[1] | {"tour_session_id": 77}]) == [
        "pieces.1.tour_session_id"
    ]
    assert faults(division="H", pieces=[halves[0], {"name": "2", "headcount": 23}]) == [
        "pieces.1.tour_session_id"
    ]
    as_officer.post("/delegations/77/split", {"division": "H", "pieces": halves}, status=404)


@pytest.fixture
def meal(as_officer, city):
    told = {
        "kind": "meal",
        "title": "Lunch",
        "starts_at": "2026-12-14T12:00:00+09:00",
        "ends_at": "2026-12-14T13:00:00+09:00",
    }
    return as_officer.post(f"/delegations/{city.delegation.id}/engagements", told)


@pytest.fixture
def path(city):
    return f"/delegations/{city.delegation.id}/shift"


def test_a_shift_is_rehearsed_stop_by_stop(as_officer, city, booked, meal, path):
    visit, late = booked(), booked(tour_session_id=city.afternoon.id)
    body = {"from": "2026-12-14T09:00:00+09:00", "minutes": 240, "rehearse": True}
    told = as_officer.post(path, body, status=200)
    assert [(each["visit_id"], each["new_starts_at"]) for each in told["visits"]] == [
        (visit["id"], "2026-12-14T14:00:00+09:00"),
        (late["id"], None),
    ]
    (lunch,) = told["engagements"]
    assert (lunch["new_starts_at"], codes(lunch["refusals"])) == ("2026-12-14T16:00:00+09:00", [])


def test_what_was_chosen_is_done_in_one_act(as_officer, city, booked, meal, path):
    visit, late = booked(), booked(tour_session_id=city.afternoon.id)
    body = {
        "postpone": [late["id"]],
        "visits": [{"visit_id": visit["id"], "version": 1, "tour_session_id": city.afternoon.id}],
        "engagements": [
            {"engagement_id": meal["id"], "version": 1, "starts_at": "2026-12-14T16:00:00+09:00"}
        ],
        "reason": "The flight is late",
    }
    told = as_officer.post(path, body, status=200)
    assert sorted((each["visit_id"], each["state"], each["starts_at"][11:13]) for each in told["visits"]) == [
        (visit["id"], "requested", "14"),
        (late["id"], "postponed", "14"),
    ]
    assert told["engagements"][0]["ends_at"] == "2026-12-14T17:00:00+09:00"


def test_a_refused_shift_is_told_by_stop(as_officer, city, booked, meal, path):
    visit = booked()
    at_ten = {"engagement_id": meal["id"], "starts_at": "2026-12-14T10:00:00+09:00"}
    told = as_officer.post(path, {"engagements": [at_ten]}, status=409)
    assert [(e["engagement_id"], codes(e["refusals"])) for e in told["engagements"]] == [
        (meal["id"], ["already_elsewhere"])
    ]
    make.other_booking(city.afternoon, 25)
    move = {"visit_id": visit["id"], "tour_session_id": city.afternoon.id}
    told = as_officer.post(path, {"visits": [move]}, status=409)
    assert [(v["visit_id"], codes(v["refusals"])) for v in told["visits"]] == [
        (visit["id"], ["no_places_left"])
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "visits"),
        ({"rehearse": True}, "from"),
        ({"rehearse": True, "from": "2026-12-14T09:00:00+09:00"}, "minutes"),
        ({"rehearse": True, "from": "2026-12-14T09:00:00+09:00", "minutes": 0}, "minutes"),
        ({"rehearse": True, "from": "2026-12-14T09:00:00+09:00", "minutes": 1441}, "minutes"),
        ({"rehearse": True, "from": "tomorrow", "minutes": 5}, "from"),
        ({"visits": [{"visit_id": 77, "tour_session_id": 1}]}, "visits.0.visit_id"),
        ({"visits": [{"tour_session_id": 1}]}, "visits.0.visit_id"),
    ],
)
def test_a_shift_that_cannot_be_meant_names_its_field(as_officer, city, path, body, field):
    assert field in fields_at_fault(as_officer.post(path, body, status=422))


def test_what_does_not_exist_is_not_found(as_officer, path):
    as_officer.post(path, {"postpone": [77]}, status=404)
    as_officer.post("/delegations/77/shift", {"postpone": [1]}, status=404)
