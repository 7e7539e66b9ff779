"""Booking, listing, reading and moving visits by key."""

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.blueprints.api.programs import codes, fields_at_fault
from tests.cast import seoul


def test_a_booking_is_told_whole(as_officer, city):
    made = as_officer.post("/visits", {"delegation_id": city.delegation.id, "tour_session_id": 1})

    kept = db.session.get_one(Visit, made["id"])
    assert made == {
        "id": kept.id,
        "uid": kept.uid,
        "state": "requested",
        "sequence": 0,
        "version": 1,
        "delegation_id": city.delegation.id,
        "delegation": {
            "id": city.delegation.id,
            "name": "Hanoi planning office",
            "name_native": "",
            "head_post": "",
            "needs": [],
        },
        "site": "TOPIS",
        "tour_code": "TOPIS-T",
        "tour_session_id": city.morning.id,
        "starts_at": "2026-12-14T10:00:00+09:00",
        "ends_at": "2026-12-14T11:00:00+09:00",
        "headcount": 12,
        "part_id": None,
        "part": None,
        "assignments": [],
        "language": "en",
        "hold_until": None,
        "asked_at": "2026-11-22T12:00:00+09:00",
        "changed_at": "2026-11-22T12:00:00+09:00",
        "acknowledged": [],
        "acknowledge_reason": "",
        "overridden": [],
        "override_reason": "",
        "agreement": None,
        "offered_times": [],
        "ended_by": "",
        "ended_reason": "",
        "arrived_count": None,
        "arrived_at": None,
        "is_clashing": False,
        "clash": None,
    }
    assert as_officer.etag == '"1"'
    assert as_officer.answer.headers["Location"] == f"/api/v1/visits/{made['id']}"
    assert as_officer.get(as_officer.answer.headers["Location"]) == made


def test_a_window_is_booked_by_tour_and_instant(as_officer, city):
    asked = {
        "delegation_id": city.delegation.id,
        "tour_session_id": None,
        "tour_code": "TOPIS-W",
        "starts_at": "2026-12-14T02:15:00Z",
        "headcount": 5,
    }
    made = as_officer.post("/visits", asked)
    assert (made["tour_code"], made["starts_at"], made["headcount"], made["state"]) == (
        "TOPIS-W",
        "2026-12-14T11:15:00+09:00",
        5,
        "confirmed",
    )


def test_a_hold_is_held(booked):
    made = booked(hold_until="2026-12-01T18:00:00.123456+09:00")
    assert (made["state"], made["hold_until"]) == ("held", "2026-12-01T18:00:00+09:00")


def test_asking_twice_gives_the_visit_that_is_there(as_officer, booked):
    made = booked()
    asked = {"delegation_id": made["delegation_id"], "tour_session_id": made["tour_session_id"]}
    assert as_officer.post("/visits", asked, status=200) == made
    assert db.session.query(Visit).count() == 1


def test_a_no_says_why_and_what_would_work(as_officer, booked, city):
    booked()
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id, "headcount": 31}
    refused = as_officer.post("/visits", asked, status=409)
    assert refused["code"] == "refused"
    assert codes(refused["refusals"]) == [
        "group_too_large",
        "more_than_the_delegation",
        "no_places_left",
        "already_elsewhere",
    ]
    assert refused["refusals"][0]["facts"] == {"headcount": 31, "smallest": 1, "largest": 30}
    assert "31" in refused["refusals"][0]["text"]
    assert refused["cautions"] == []
    assert refused["alternatives"] == []
    assert db.session.query(Visit).count() == 1


def test_alternatives_can_be_booked_as_they_are_told(as_officer, city):
    make.other_booking(city.morning, headcount=30)
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    refused = as_officer.post("/visits", asked, status=409)
    first = refused["alternatives"][0]
    assert first == {
        "site": "TOPIS",
        "tour_code": "TOPIS-T",
        "tour_session_id": city.afternoon.id,
        "starts_at": "2026-12-14T14:00:00+09:00",
        "ends_at": "2026-12-14T15:00:00+09:00",
        "places_left": 30,
        "cautions": [],
    }
    window = next(found for found in refused["alternatives"] if found["tour_session_id"] is None)
    wanted = {"tour_code": window["tour_code"], "starts_at": window["starts_at"]}
    made = as_officer.post("/visits", {"delegation_id": city.delegation.id} | wanted)
    assert made["starts_at"] == window["starts_at"]


def test_a_caution_must_be_ticked(as_officer, city):
    make.tour_session(city.rounds, seoul(25, 10))
    holiday = make.delegation("Tokyo", country="US", departs_at=seoul(28))
    asked = {"delegation_id": holiday.id, "tour_code": "TOPIS-T", "starts_at": "2026-12-25T10:00:00+09:00"}
    refused = as_officer.post("/visits", asked, status=409)
    assert (refused["refusals"], codes(refused["cautions"])) == ([], ["holiday_at_home"])

    ticked = asked | {"acknowledge": ["holiday_at_home"], "acknowledge_reason": "They asked for it"}
    made = as_officer.post("/visits", ticked)
    assert (made["acknowledged"], made["acknowledge_reason"]) == (["holiday_at_home"], "They asked for it")


def test_the_head_of_division_overrides_with_a_reason(as_head, as_officer, city):
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id, "headcount": 12}
    city.rounds.largest_group = 10
    db.session.merge(city.rounds)
    db.session.commit()
    over = asked | {"override": ["group_too_large"], "override_reason": "The minister is with them"}

    assert as_officer.post("/visits", over, status=403)["permission"] == "override"
    assert fields_at_fault(
        as_head.post("/visits", asked | {"override": ["group_too_large"]}, status=422)
    ) == ["override_reason"]
    made = as_head.post("/visits", over)
    assert (made["overridden"], made["override_reason"]) == (
        ["group_too_large"],
        "The minister is with them",
    )


def test_what_can_never_be_passed_is_not_overridden(as_head, city):
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    problem = as_head.post("/visits", asked | {"override": ["no_places_left"]}, status=422)
    assert fields_at_fault(problem) == ["override"]


def test_what_the_body_names_must_be_there(as_officer, city):
    sound = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    cases = [
        (sound | {"delegation_id": 999}, ["delegation_id"]),
        (sound | {"tour_session_id": 999}, ["tour_session_id"]),
        ({"delegation_id": 1, "tour_code": "NOPE", "starts_at": "2026-12-14T10:00:00Z"}, ["tour_code"]),
    ]
    for asked, expected in cases:
        assert fields_at_fault(as_officer.post("/visits", asked, status=422)) == expected
    assert db.session.query(Visit).count() == 0


def test_only_offices_book(as_manager, as_administrator, as_stranger, city):
    asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id}
    assert as_manager.post("/visits", asked, status=403)["permission"] == "book_visits"
    assert as_administrator.post("/visits", asked, status=403)["permission"] == "book_visits"
    as_stranger.post("/visits", asked, status=401)
    assert as_stranger.answer.headers["WWW-Authenticate"] == 'Bearer realm="Delegation Scheduler"'


def test_visits_are_listed_by_what_is_asked(as_officer, booked, city):
    first = booked()
    second = booked(tour_session_id=city.afternoon.id, headcount=3)
    other = make.delegation("Kampala")
    third = booked(delegation_id=other.id, tour_session_id=city.afternoon.id, headcount=4)
    as_officer.post(f"/visits/{third['id']}/cancel", status=200)

    def ids(**query):
        return [visit["id"] for visit in as_officer.get("/visits", **query)["items"]]

    everything = [first["id"], second["id"], third["id"]]
    assert ids() == everything
    assert ids(site="TOPIS") == everything
    assert ids(delegation=other.id) == [third["id"]]
    assert ids(state="cancelled") == [third["id"]]
    assert ids(**{"from": "2026-12-14T12:00:00+09:00"}) == [second["id"], third["id"]]
    assert ids(to="2026-12-14T14:00:00+09:00") == [first["id"]]
    assert ids(to="2026-12-14") == everything
    assert ids(to="2026-12-13") == []
    assert ids(delegation=12345) == []


def test_a_list_is_read_page_by_page(as_officer, booked, city):
    for headcount in (1, 2, 3):
        other = make.delegation(f"Delegation {headcount}")
        booked(delegation_id=other.id, headcount=headcount)
    first = as_officer.get("/visits", per_page=2, site="TOPIS")
    assert [visit["headcount"] for visit in first["items"]] == [1, 2]
    assert first["next"] == "http://localhost/api/v1/visits?per_page=2&site=TOPIS&page=2"
    second = as_officer.get(first["next"].removeprefix("http://localhost"))
    assert [visit["headcount"] for visit in second["items"]] == [3]
    assert second["next"] is None


def test_a_manager_sees_the_visits_of_their_own_sites(as_manager, as_manager_elsewhere, booked):
    made = booked()
    assert as_manager.get("/visits")["items"] == [made]
    assert as_manager.get(f"/visits/{made['id']}") == made
    assert as_manager_elsewhere.get("/visits")["items"] == []
    as_manager_elsewhere.get("/visits", site="TOPIS", status=404)
    as_manager_elsewhere.get(f"/visits/{made['id']}", status=404)
    as_manager_elsewhere.post(f"/visits/{made['id']}/confirm", status=404)


def test_a_move_takes_another_session_and_asks_the_owner_again(as_officer, booked, city):
    made = booked()
    agreed = {"by": "Director Kim", "at": "2026-11-20T09:00:00+09:00", "channel": "telephone"}
    as_officer.post(f"/visits/{made['id']}/confirm", {"agreement": agreed}, status=200)

    moved = as_officer.post(
        f"/visits/{made['id']}/move", {"tour_session_id": city.afternoon.id, "headcount": 8}, status=200
    )
    assert (moved["state"], moved["starts_at"], moved["headcount"], moved["agreement"]) == (
        "requested",
        "2026-12-14T14:00:00+09:00",
        8,
        None,
    )
    assert (moved["version"], as_officer.etag) == (3, '"3"')
    assert moved["uid"] == made["uid"]
    assert moved["sequence"] > made["sequence"]


def test_a_move_of_the_headcount_alone_keeps_the_session(as_officer, booked, city):
    made = booked()
    moved = as_officer.post(f"/visits/{made['id']}/move", {"headcount": 3}, status=200)
    assert (moved["tour_session_id"], moved["headcount"]) == (city.morning.id, 3)


def test_a_move_to_a_full_session_changes_nothing(as_officer, booked, city):
    made = booked()
    make.other_booking(city.afternoon, headcount=25)
    refused = as_officer.post(
        f"/visits/{made['id']}/move", {"tour_session_id": city.afternoon.id}, status=409
    )
    assert codes(refused["refusals"]) == ["no_places_left"]
    assert as_officer.get(f"/visits/{made['id']}") == made


def test_ids_that_are_no_ids_are_not_there(as_officer, city):
    for odd in ("0", "-1", "007", "1.5", "x", "2147483648", "9" * 30, "9" * 5000, "٣", "1%00", "%ff"):
        as_officer.get(f"/visits/{odd}", status=404)
        as_officer.post(f"/visits/{odd}/confirm", {}, status=404)
        as_officer.get(f"/delegations/{odd}", status=404)
        as_officer.delete(f"/delegations/{odd}/wishes/{odd}", status=404)
    as_officer.get("/visits/1999999999", status=404)
    assert db.session.query(Visit).filter(Visit.state == VisitState.CONFIRMED).count() == 0
