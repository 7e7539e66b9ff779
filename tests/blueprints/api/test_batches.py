"""Several visits at once over HTTP: booked and moved, refused per index, faults named by their place."""

import pytest

from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.seen import how_many
from tests.blueprints.api.programs import DECEMBER_14, codes, fields_at_fault
from tests.cast import seoul


@pytest.fixture
def elsewhere(city):
    """A second site with a session at the same hour, and one in the evening."""
    tour = make.tour(make.site("SEONAM"))
    return [make.tour_session(tour, seoul(14, hour)) for hour in (10, 16)]


@pytest.fixture
def asked(city):
    """A function: the asking for a visit of the city's delegation in a session."""

    def ask(where, **more):
        return {"delegation_id": city.delegation.id, "tour_session_id": where.id} | more

    return ask


def test_a_batch_is_booked_in_its_order(as_officer, city, asked, elsewhere):
    body = {"visits": [asked(elsewhere[1]), asked(city.morning, headcount=5)]}
    made = as_officer.post("/visits/batch", body)["visits"]
    assert [(visit["site"], visit["headcount"]) for visit in made] == [("SEONAM", 12), ("TOPIS", 5)]
    assert "Location" not in as_officer.answer.headers


def test_a_refused_batch_tells_each_by_its_index_and_writes_nothing(as_officer, city, asked, elsewhere):
    body = {"visits": [asked(elsewhere[1]), asked(city.morning), asked(elsewhere[0])]}
    told = as_officer.post("/visits/batch", body, status=409)
    assert told["code"] == "refused"
    assert [(each["index"], each["accepted"], codes(each["refusals"])) for each in told["visits"]] == [
        (0, True, []),
        (1, False, ["already_elsewhere"]),
        (2, False, ["already_elsewhere"]),
    ]
    assert {a["site"] for a in told["visits"][1]["alternatives"]} >= {"TOPIS"}
    assert how_many(Visit) == 0


def test_visits_move_by_their_number_and_version(as_officer, city, asked, booked, elsewhere):
    visit = booked()
    move = {"visit_id": visit["id"], "version": visit["version"], "tour_session_id": city.afternoon.id}
    made = as_officer.post("/visits/batch", {"visits": [asked(city.morning), move]})["visits"]
    assert [each["starts_at"][11:16] for each in made] == ["10:00", "14:00"]
    assert (made[1]["id"], made[1]["headcount"], made[1]["version"]) == (visit["id"], 12, 2)
    as_officer.post("/visits/batch", {"visits": [move]}, status=412)


def test_the_same_key_gives_the_first_answer_again(as_officer, asked, city, elsewhere):
    body = {"visits": [asked(city.morning), asked(elsewhere[1])]}
    first = as_officer.post("/visits/batch", body, Idempotency_Key="once")
    assert as_officer.post("/visits/batch", body, Idempotency_Key="once") == first
    assert as_officer.answer.headers["Idempotent-Replayed"] == "true"
    assert how_many(Visit) == 2


@pytest.mark.parametrize("number", [0, 51, 500])
def test_none_or_too_many_are_at_fault(as_officer, city, asked, number):
    told = as_officer.post("/visits/batch", {"visits": [asked(city.morning)] * number}, status=422)
    assert fields_at_fault(told) == ["visits"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"headcount": -1}, "headcount"),
        ({"headcount": "many"}, "headcount"),
        ({"surprise": 1}, "surprise"),
        ({"tour_code": "TOPIS-W"}, "tour_session_id"),
        ({"delegation_id": 77}, "delegation_id"),
        ({"part_id": 77}, "part_id"),
        ({"assign": [77]}, "assign"),
        ({"tour_session_id": 77}, "tour_session_id"),
        ({"delegation_id": None}, "delegation_id"),
        ({"visit_id": 77}, "visit_id"),
        ({"hold_until": DECEMBER_14.replace("14T", "18T")}, "hold_until"),
        ({"override": ["no_places_left"]}, "override"),
    ],
)
def test_a_fault_names_the_element_it_is_in(as_head, city, asked, elsewhere, wrong, field):
    body = {"visits": [asked(elsewhere[1]), asked(city.morning) | wrong]}
    told = as_head.post("/visits/batch", body, status=422)
    assert f"visits.1.{field}" in fields_at_fault(told)
    assert how_many(Visit) == 0


def test_a_list_is_wanted(as_officer):
    assert fields_at_fault(as_officer.post("/visits/batch", {}, status=422)) == ["visits"]
    assert fields_at_fault(as_officer.post("/visits/batch", {"visits": {}}, status=422)) == ["visits"]
    assert fields_at_fault(as_officer.post("/visits/batch", {"visits": [1]}, status=422)) == ["visits.0"]


def test_two_change_places(as_officer, city, booked):
    one, other = booked(), booked(tour_session_id=city.afternoon.id)
    body = {
        "visits": [
            {"visit_id": one["id"], "tour_session_id": city.afternoon.id},
            {"visit_id": other["id"], "tour_session_id": city.morning.id},
        ]
    }
    told = as_officer.post("/visits/batch", body, status=201)
    sessions = [visit["tour_session_id"] for visit in told["visits"]]
    assert sessions == [city.afternoon.id, city.morning.id]


def test_managers_book_no_batches(as_manager, city, asked):
    as_manager.post("/visits/batch", {"visits": [asked(city.morning)]}, status=403)


def test_a_part_and_whoever_comes_along_are_told(as_officer, city, asked):
    as_officer.post(
        f"/delegations/{city.delegation.id}/split",
        {
            "division": "Halves",
            "pieces": [
                {"name": "1", "headcount": 6, "tour_session_id": city.morning.id},
                {"name": "2", "headcount": 6, "tour_session_id": city.afternoon.id},
            ],
        },
    )
    guide = staff.guide(city.site)
    part_id = as_officer.get("/visits")["items"][0]["part_id"]
    later = make.tour_session(city.rounds, seoul(15, 10))
    visit = as_officer.post("/visits", asked(later, part_id=part_id, assign=[guide.id]))
    assert (visit["part_id"], visit["part"], visit["headcount"]) == (part_id, "1", 6)
    assert [(each["resource_id"], each["kind"], each["state"]) for each in visit["assignments"]] == [
        (guide.id, "guide", "asked")
    ]


def test_a_move_names_somebody_besides(as_officer, city, asked):
    bus = staff.vehicle()
    visit = as_officer.post("/visits", asked(city.morning))
    told = as_officer.post(
        f"/visits/{visit['id']}/move", {"tour_session_id": city.afternoon.id, "assign": [bus.id]}, status=200
    )
    assert [each["name"] for each in told["assignments"]] == ["Bus 1"]
    assert told["part_id"] is None
