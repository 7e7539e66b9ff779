"""Working hours row by row, and leave, as officers enter them."""

from datetime import time

import pytest

from scheduler.actions.resources import add_leave, set_hours
from scheduler.records.resource_lookup import whole_resource
from tests import make, staff
from tests.cast import AT, OFFICER, seoul
from tests.staff import days, hours


@pytest.fixture
def bus(app):
    return staff.vehicle()


def kept(bus):
    return [(row.weekday, row.starts, row.ends) for row in whole_resource(bus.id).hours]


def test_days_with_the_same_hours_share_a_row(as_officer, bus):
    set_hours(bus.id, [hours(day, 9, 18) for day in range(5)] + [hours(5, 9, 12)], by=OFFICER, at=AT)
    page = as_officer.get(f"/resources/{bus.id}/hours")
    assert len(page.all("fieldset", class_="field-rows-line field-rows-work")) == 4
    told = {"hours-1-weekdays": ["5", "6"], "hours-2-weekdays": ["0"], "hours-2-starts": "19:00"}
    as_officer.submit(f"/resources/{bus.id}/hours", told | {"hours-2-ends": "21:00"})
    assert "Mon–Fri: 09:00–18:00" in as_officer.follow()
    assert "Sat, Sun: 09:00–12:00" in as_officer.page
    assert (0, time(19), time(21)) in kept(bus)
    assert len(kept(bus)) == 8


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"weekdays": ["0"], "starts": "09:00"}, "Needed in this row."),
        ({"starts": "09:00", "ends": "12:00"}, "Needed in this row."),
        ({"weekdays": ["0"], "starts": "12:00", "ends": "09:00"}, "Must be after the beginning."),
        ({"weekdays": ["7"], "starts": "09:00", "ends": "12:00"}, "7"),
        ({"weekdays": ["0"], "starts": "25:00", "ends": "12:00"}, "Give a time of day, such as 14:30."),
        (
            {"weekdays": ["0"], "starts": "9:00", "ends": "12:00"}
            | {"valid_from": "2026-12-02", "valid_to": "2026-12-01"},
            "Must not be before the first day.",
        ),
        (
            {"weekdays": ["1", "0"], "starts": "11:00", "ends": "14:00"},
            "On Monday, 09:00–12:00 overlaps 11:00–14:00. Make one row of both.",
        ),
    ],
)
def test_hours_at_fault_are_said_and_kept_as_typed(as_officer, bus, row, words):
    set_hours(bus.id, [hours(0, 9, 12)], by=OFFICER, at=AT)
    as_officer.get(f"/resources/{bus.id}/hours")
    told = {f"hours-1-{name}": value for name, value in row.items()}
    assert words in as_officer.submit(f"/resources/{bus.id}/hours", told, status=422)
    assert kept(bus) == [(0, time(9), time(12))]


def test_emptied_rows_are_gone_and_without_rows_they_always_work(as_officer, bus):
    set_hours(bus.id, [hours(0, 9, 12)], by=OFFICER, at=AT)
    as_officer.get(f"/resources/{bus.id}/hours")
    as_officer.submit(
        f"/resources/{bus.id}/hours",
        {"hours-0-weekdays": [], "hours-0-starts": "", "hours-0-ends": ""},
    )
    assert "Whenever wanted: no working hours are set." in as_officer.follow()


def test_leave_is_entered_with_the_duties_counted_and_taken_back(as_officer, bus):
    staff.day_duty(bus, make.delegation(), seoul(14, 9))
    as_officer.get(f"/resources/{bus.id}")
    told = {"starts_at": "2026-12-14T00:00", "ends_at": "2026-12-16T00:00", "reason": "Repair"}
    as_officer.submit(f"/resources/{bus.id}/leave", told)
    page = as_officer.follow()
    assert "1 duty lies within it. It stays until somebody releases it." in page
    assert "Mon 14 Dec 2026 00:00 – Wed 16 Dec 2026 00:00" in page
    (leave,) = whole_resource(bus.id).leave
    as_officer.submit(f"/resources/{bus.id}/leave/{leave.id}/remove")
    assert whole_resource(bus.id).leave == []


def test_overlapping_leave_is_refused_in_words_that_name_the_other(as_officer, bus):
    add_leave(bus.id, days(14, 16), by=OFFICER, at=AT)
    as_officer.get(f"/resources/{bus.id}")
    told = {"starts_at": "2026-12-15T00:00", "ends_at": "2026-12-17T00:00"}
    page = as_officer.submit(f"/resources/{bus.id}/leave", told, status=422)
    assert "Already away from Mon 14 Dec 2026 09:00 to Wed 16 Dec 2026 09:00. Take that back first." in page
    assert page.all("input", name="ends_at")[0].get("value") == "2026-12-17T00:00"
    backwards = {"starts_at": "2026-12-15T00:00", "ends_at": "2026-12-14T00:00"}
    assert "Must be after “Away from”." in as_officer.submit(
        f"/resources/{bus.id}/leave", backwards, status=422
    )
    assert len(whole_resource(bus.id).leave) == 1


def test_leave_of_another_cannot_be_taken_back_here(as_officer, bus):
    other = staff.vehicle(name="Bus 2")
    leave = add_leave(other.id, days(14, 16), by=OFFICER, at=AT)
    as_officer.get(f"/resources/{bus.id}")
    as_officer.post(f"/resources/{bus.id}/leave/{leave.id}/remove", status=404)
