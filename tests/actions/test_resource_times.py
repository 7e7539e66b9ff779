"""When a resource works and when it is away: nothing backwards, nothing twice, everything journalled."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from scheduler.actions.invalid import Invalid
from scheduler.actions.resources import add_leave, remove_leave, set_hours
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.resources import ResourceHours, ResourceLeave
from tests import make, staff
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import AT, OFFICER, seoul
from tests.engines import on_sqlite
from tests.staff import days, hours

pytestmark = pytest.mark.usefixtures("app")


# Hours ------------------------------------------------------------------------------------------------------


def test_hours_are_given_all_anew():
    guide = staff.guide(make.site())
    set_hours(guide.id, [hours(0, 9, 12), hours(0, 13, 18)], by=OFFICER, at=AT)
    set_hours(guide.id, [hours(1, 9, 12)], by=OFFICER, at=AT)
    kept = whole_resource(guide.id)
    assert [(row.weekday, row.starts, row.ends) for row in kept.hours] == [(1, time(9), time(12))]
    assert (kept.version, how_many(ResourceHours)) == (3, 1)
    assert [len(line.after["hours"]) for line in journal("set_hours")] == [2, 1]


NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)


@on_sqlite
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([hours(0, 12, 9)], "not_after"),
        ([hours(0, 9, 9)], "not_after"),
        ([hours(7, 9, 12)], "out_of_range"),
        ([hours(0, 9, 12, valid_from=DECEMBER, valid_to=NOVEMBER)], "before_first"),
        ([hours(0, 9, 13), hours(0, 12, 18)], "hours_overlap"),
        ([hours(0, 9, 18), hours(0, 12, 13)], "hours_overlap"),
        ([hours(0, 9, 13, valid_to=DECEMBER), hours(0, 12, 18, valid_from=DECEMBER)], "hours_overlap"),
        ([hours(day % 7, 8 + day // 7, 9 + day // 7) for day in range(61)], "too_many"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused(rows, code):
    bus = staff.vehicle()
    assert fault_of(lambda: set_hours(bus.id, rows, by=OFFICER, at=AT)) == ("hours", code)


@on_sqlite
@pytest.mark.parametrize(
    "rows",
    [
        [hours(0, 9, 12), hours(0, 12, 18)],
        [hours(0, 9, 18), hours(1, 9, 18)],
        [hours(0, 9, 18, valid_to=NOVEMBER), hours(0, 9, 18, valid_from=DECEMBER)],
        [],
    ],
)
def test_hours_that_touch_or_follow_each_other_are_fine(rows):
    bus = staff.vehicle()
    assert len(set_hours(bus.id, rows, by=OFFICER, at=AT).hours) == len(rows)


# Leave ------------------------------------------------------------------------------------------------------


def test_leave_is_entered_and_taken_back():
    guide = staff.guide(make.site())
    leave = add_leave(guide.id, days(14, 16), "Family", by=OFFICER, at=AT)
    assert [(row.starts_at, row.reason) for row in whole_resource(guide.id).leave] == [
        (seoul(14, 9), "Family")
    ]
    remove_leave(guide.id, leave.id, by=OFFICER, at=AT)
    assert (how_many(ResourceLeave), whole_resource(guide.id).version) == (0, 3)
    told = [(line.subject, line.subject_id) for line in journal() if "leave" in line.act]
    assert told == [("resource", guide.id)] * 2
    # Why somebody was away is nobody's business for ever.
    assert "Family" not in str([(line.before, line.after, line.reason) for line in journal()])


@pytest.mark.parametrize("span", [days(13, 15), days(15, 17), days(14, 16), days(13, 20), days(14, 15, 10)])
def test_overlapping_leave_is_refused_and_the_other_stretch_named(span):
    guide = staff.guide(make.site())
    add_leave(guide.id, days(14, 16), by=OFFICER, at=AT)
    with pytest.raises(Invalid) as caught:
        add_leave(guide.id, span, by=OFFICER, at=AT)
    wrong = caught.value
    assert (wrong.field, wrong.code) == ("starts_at", "leave_overlaps")
    assert wrong.facts == {"starts_at": seoul(14, 9), "ends_at": seoul(16, 9)}


@on_sqlite
def test_leave_may_touch_leave_and_others_may_be_away_at_once():
    first, second = staff.interpreter(), staff.interpreter(name="Interpreter for Arabic 2")
    for who, span in (
        (first, days(14, 16)),
        (first, days(16, 17)),
        (first, days(12, 14)),
        (second, days(14, 16)),
    ):
        add_leave(who.id, span, by=OFFICER, at=AT)
    assert how_many(ResourceLeave) == 4


@on_sqlite
def test_leave_of_another_is_not_there_to_be_taken_back():
    first, second = staff.vehicle(), staff.vehicle(name="Bus 2")
    leave = add_leave(first.id, days(14, 16), by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        remove_leave(second.id, leave.id, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        add_leave(999, days(14, 16), by=OFFICER, at=AT)
    with pytest.raises(Invalid, match="too_long"):
        add_leave(first.id, Span(AT, AT + timedelta(days=3700)), by=OFFICER, at=AT)


def test_the_database_itself_refuses_leave_upon_leave():
    guide = staff.guide(make.site())
    add_leave(guide.id, days(14, 16), by=OFFICER, at=AT)
    db.session.add(ResourceLeave(resource_id=guide.id, starts_at=seoul(15, 9), ends_at=seoul(17, 9)))
    with pytest.raises(IntegrityError, match="leave_once_at_a_time"):
        db.session.commit()
    db.session.rollback()
