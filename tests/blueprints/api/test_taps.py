"""What is said at a gate by key."""

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.prints import record_print
from tests.cast import AT, seoul

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
AGREED = {"agreement": {"by": "Duty manager", "at": "2026-11-20T10:00:00+09:00", "channel": "telephone"}}


@pytest.fixture
def confirmed(as_officer, booked):
    made = booked(headcount=8)
    return as_officer.post(f"/visits/{made['id']}/confirm", AGREED, status=200)


def test_a_tap_counts_once_under_its_key(as_manager, confirmed, the_day_comes):
    the_day_comes()
    path, told = f"/visits/{confirmed['id']}/tap", {"key": KEY, "said": "arrived", "count": 7}
    first = as_manager.post(path, told, status=200)
    assert (first["state"], first["arrived"], first["is_new"]) == ("carried_out", 7, True)
    as_manager.post(
        path, {"key": "another-tap", "said": "photographs", "photographs": "not_allowed"}, status=200
    )
    again = as_manager.post(path, told, status=200)
    assert (again["arrived"], again["photographs"], again["is_new"]) == (7, "not_allowed", False)


@pytest.mark.parametrize("other", [{"said": "undo"}, {"said": "arrived", "count": 7}, {"said": "arrived"}])
def test_a_key_of_another_tap_or_of_another_count_is_refused(as_manager, confirmed, the_day_comes, other):
    the_day_comes()
    path, first = f"/visits/{confirmed['id']}/tap", {"key": KEY, "said": "arrived", "count": 8}
    as_manager.post(path, first, status=200)
    assert as_manager.post(path, {"key": KEY} | other, status=422)["code"] == "key_used_otherwise"
    assert as_manager.post(path, first, status=200)["arrived"] == 8


def test_nobody_is_counted_before_the_day(as_manager, confirmed):
    told = {"key": KEY, "said": "arrived"}
    (refusal,) = as_manager.post(f"/visits/{confirmed['id']}/tap", told, status=409)["refusals"]
    assert refusal == {
        "code": "not_before_the_day",
        "text": "This can be said from Mon 14 Dec 2026 00:00 on.",
        "facts": {"from": "2026-12-14T00:00:00+09:00"},
    }


def test_who_may_not_receive_taps_nothing(as_head, confirmed):
    as_head.post(f"/visits/{confirmed['id']}/tap", {"key": KEY, "said": "arrived"}, status=403)


def test_a_roster_tells_what_has_changed_since_its_last_print(as_officer, as_manager, city, confirmed):
    record_print(city.site, seoul(14).date(), by=SYSTEM, at=AT)
    path = f"/visits/{confirmed['id']}/tap"
    as_manager.post(path, {"key": KEY, "said": "photographs", "photographs": "allowed"}, status=200)
    told = as_manager.get("/sites/TOPIS/roster", date="2026-12-14")
    line = told["items"][0]
    assert told["last_printed_at"].startswith("2026-11-22T")
    assert (line["since_last_print"], line["changed_fields"]) == ("changed", ["photographs"])
