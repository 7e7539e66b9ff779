"""A site's day by key."""

import pytest

from tests import make
from tests.blueprints.api.programs import fields_at_fault


def test_a_roster_tells_what_the_site_needs_to_know(as_manager, booked, city):
    guests = make.delegation(
        "Hanoi",
        name_native="Hà Nội",
        head_post="Vice Chair",
        needs={"halal", "step_free"},
        contact_name="Ms An",
        contact_phone="+84 1",
    )
    made = booked(delegation_id=guests.id, headcount=8)
    other = make.other_booking(city.afternoon, headcount=20)
    told = as_manager.get("/sites/TOPIS/roster", date="2026-12-14")
    assert told == {
        "site": "TOPIS",
        "date": "2026-12-14",
        "expected": 28,
        "items": [
            {
                "visit_id": made["id"],
                "version": 1,
                "tour_code": "TOPIS-T",
                "tour_session_id": city.morning.id,
                "starts_at": "2026-12-14T10:00:00+09:00",
                "ends_at": "2026-12-14T11:00:00+09:00",
                "delegation": {"id": guests.id, "name": "Hanoi", "name_native": "Hà Nội"},
                "headcount": 8,
                "head_post": "Vice Chair",
                "language": "en",
                "needs": ["halal", "step_free"],
                "contact": {"name": "Ms An", "phone": "+84 1"},
                "state": "requested",
                "arrived_count": None,
                "is_clashing": False,
                "photographs": "unknown",
                "gate_note": "",
                "since_last_print": None,
                "changed_fields": [],
            }
        ],
        "other_bookings": [
            {
                "id": other.id,
                "name": "School class",
                "headcount": 20,
                "tour_session_id": city.afternoon.id,
                "tour_code": "TOPIS-T",
                "starts_at": "2026-12-14T14:00:00+09:00",
                "ends_at": "2026-12-14T15:00:00+09:00",
                "booked_at": "2026-11-22T12:00:00+09:00",
            }
        ],
        "last_printed_at": None,
        "next": None,
    }


def test_a_roster_is_of_today_unless_asked_otherwise(as_manager):
    assert as_manager.get("/sites/TOPIS/roster")["date"] == "2026-11-22"


def test_who_is_called_off_is_not_expected(as_manager, as_officer, booked):
    made = booked()
    as_officer.post(f"/visits/{made['id']}/cancel", status=200)
    told = as_manager.get("/sites/TOPIS/roster", date="2026-12-14")
    assert (told["expected"], told["items"]) == (0, [])


@pytest.mark.parametrize(
    "date", ["", "today", "2026-13-01", "20261214", "2026-12-14T00:00:00Z", "0001-01-01"]
)
def test_a_day_that_is_none_is_named(as_manager, date):
    assert fields_at_fault(as_manager.get("/sites/TOPIS/roster?date=" + date, status=422)) == ["date"]
