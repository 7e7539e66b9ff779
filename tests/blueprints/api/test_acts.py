"""What happens to a visit after it was booked, door by door."""

import pytest

from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests.blueprints.api.programs import codes, fields_at_fault
from tests.cast import AT

AGREED = {"by": "Director Kim", "at": "2026-11-20T09:00:00+09:00", "channel": "telephone"}


def test_the_manager_of_the_site_agrees_with_an_empty_body(as_manager, booked):
    made = booked()
    told = as_manager.post(f"/visits/{made['id']}/confirm", status=200)
    assert (told["state"], told["version"], told["sequence"]) == ("confirmed", 2, 1)
    assert told["agreement"] == {
        "by": "topis@city.example",
        "at": "2026-11-22T12:00:00+09:00",
        "channel": "system",
    }
    assert as_manager.etag == '"2"'


def test_an_officer_records_who_agreed(as_officer, booked):
    made = booked()
    silent = as_officer.post(f"/visits/{made['id']}/confirm", {}, status=422)
    assert fields_at_fault(silent) == ["agreement"]
    told = as_officer.post(f"/visits/{made['id']}/confirm", {"agreement": AGREED}, status=200)
    assert told["agreement"] == AGREED


def test_an_agreement_is_told_whole(as_officer, booked):
    made = booked()
    half = {"agreement": {"by": "", "at": "2026-11-20T09:00:00"}}
    problem = as_officer.post(f"/visits/{made['id']}/confirm", half, status=422)
    assert fields_at_fault(problem) == ["agreement.at", "agreement.by", "agreement.channel"]


def test_a_decline_offers_other_times(as_manager, booked):
    made = booked()
    offered = ["2026-12-16T10:00:00+09:00", "2026-12-15T01:00:00Z"]
    told = as_manager.post(
        f"/visits/{made['id']}/decline", {"reason": "Exercise", "offered_times": offered}, status=200
    )
    assert (told["state"], told["ended_reason"], told["ended_by"]) == (
        "declined",
        "Exercise",
        "topis@city.example",
    )
    assert told["offered_times"] == ["2026-12-15T10:00:00+09:00", "2026-12-16T10:00:00+09:00"]


def test_a_decline_offers_no_time_that_is_over(as_manager, booked):
    made = booked()
    past = {"offered_times": ["2026-11-20T10:00:00+09:00"]}
    problem = as_manager.post(f"/visits/{made['id']}/decline", past, status=422)
    assert fields_at_fault(problem) == ["offered_times"]


def test_a_cancellation_says_for_whom_and_why(as_officer, booked):
    made = booked()
    told = as_officer.post(
        f"/visits/{made['id']}/cancel",
        {"reason": "Flight lost", "on_behalf_of": "the embassy"},
        status=200,
    )
    assert (told["state"], told["ended_by"], told["ended_reason"]) == (
        "cancelled",
        "the embassy",
        "Flight lost",
    )


def test_a_visit_put_off_can_be_moved_again(as_officer, booked, city):
    made = booked()
    assert as_officer.post(f"/visits/{made['id']}/postpone", status=200)["state"] == "postponed"
    moved = as_officer.post(f"/visits/{made['id']}/move", {"tour_session_id": city.afternoon.id}, status=200)
    assert moved["state"] == "requested"


def test_a_hold_becomes_a_request(as_officer, booked):
    made = booked(hold_until="2026-12-01T18:00:00+09:00")
    told = as_officer.post(f"/visits/{made['id']}/request", status=200)
    assert (told["state"], told["hold_until"]) == ("requested", None)


def test_guests_are_received_counted_and_closed(as_manager, as_officer, booked, the_day_comes):
    made = booked()
    as_manager.post(f"/visits/{made['id']}/confirm", status=200)
    the_day_comes()
    came = as_manager.post(f"/visits/{made['id']}/arrive", {"count": 11}, status=200)
    assert (came["state"], came["arrived_count"], came["arrived_at"]) == (
        "carried_out",
        11,
        "2026-12-14T10:00:00+09:00",
    )
    assert as_manager.post(f"/visits/{made['id']}/arrive", status=200)["arrived_count"] == 12
    as_manager.post(f"/visits/{made['id']}/close", status=403)
    assert as_officer.post(f"/visits/{made['id']}/close", status=200)["state"] == "closed"


@pytest.mark.parametrize("act", ["arrive", "no-show"])
def test_before_the_day_nobody_has_come_or_stayed_away(as_manager, booked, act):
    made = booked()
    confirmed = as_manager.post(f"/visits/{made['id']}/confirm", status=200)
    refused = as_manager.post(f"/visits/{made['id']}/{act}", {}, status=409)
    assert codes(refused["refusals"]) == ["not_before_the_day"]
    assert refused["refusals"][0]["facts"] == {"from": "2026-12-14T00:00:00+09:00"}
    assert as_manager.get(f"/visits/{made['id']}") == confirmed


def test_nobody_came(as_manager, booked, the_day_comes):
    made = booked()
    as_manager.post(f"/visits/{made['id']}/confirm", status=200)
    the_day_comes()
    told = as_manager.post(f"/visits/{made['id']}/no-show", {"reason": "No word"}, status=200)
    assert (told["state"], told["ended_reason"]) == ("no_show", "No word")


@pytest.mark.parametrize("act", ["request", "arrive", "close"])
def test_an_act_that_the_state_does_not_allow_is_refused(as_officer, booked, act):
    made = booked()
    refused = as_officer.post(f"/visits/{made['id']}/{act}", {}, status=409)
    assert codes(refused["refusals"]) == ["state_forbids"]
    assert refused["refusals"][0]["facts"]["state"] == "requested"
    assert as_officer.get(f"/visits/{made['id']}") == made


@pytest.mark.parametrize(
    "act", ["request", "confirm", "decline", "cancel", "postpone", "arrive", "no-show", "close", "move"]
)
def test_every_act_refuses_fields_it_does_not_know(as_officer, booked, act):
    made = booked()
    problem = as_officer.post(f"/visits/{made['id']}/{act}", {"nonsense": 1}, status=422)
    assert fields_at_fault(problem) == ["nonsense"]
    assert db.session.get_one(Visit, made["id"]).changed_at == AT


@pytest.mark.parametrize("act", ["request", "cancel", "postpone", "close", "move"])
def test_a_manager_does_not_do_the_offices_acts(as_manager, booked, act):
    made = booked()
    as_manager.post(f"/visits/{made['id']}/{act}", {}, status=403)


@pytest.mark.parametrize("act", ["confirm", "decline", "arrive", "no-show"])
def test_the_head_of_division_does_not_do_the_sites_acts(as_head, booked, act):
    made = booked()
    as_head.post(f"/visits/{made['id']}/{act}", {}, status=403)


@pytest.mark.parametrize("count", [0, -1, 5001, 10**12, "12", 1.5, True, [], {}])
def test_absurd_counts_are_refused(as_manager, booked, the_day_comes, count):
    made = booked()
    as_manager.post(f"/visits/{made['id']}/confirm", status=200)
    the_day_comes()
    problem = as_manager.post(f"/visits/{made['id']}/arrive", {"count": count}, status=422)
    assert fields_at_fault(problem) == ["count"]
