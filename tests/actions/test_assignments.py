"""Assigning people and vehicles: accepted, refused with reasons, moved along, let go; on both engines."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.assignments import answer_duty, assign, assign_day, release
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import request_visit
from scheduler.core.duties import DutyState, ResourceKind
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.duty_lookup import assignments_of_visit, duties_of, suggested_for
from scheduler.records.journal import Journal
from scheduler.records.visits import Visit
from tests import make, staff
from tests.cast import AT, OFFICER, manager_of, seoul


@pytest.fixture
def tour(app):
    return make.tour(make.site("TOPIS", languages={"en"}, latitude=37.5663, longitude=126.9779))


@pytest.fixture
def visit(tour) -> Visit:
    """Arabic speakers at TOPIS on Monday at ten."""
    return make.visit(
        make.delegation(languages={"ar"}, has_interpreter=True), make.tour_session(tour, seoul(14, 10))
    )


def codes(refused) -> list[str]:
    return [refusal.code.value for refusal in refused.value.verdict.refusals]


def states(visit_id: int) -> list[tuple[str, str]]:
    return sorted((duty.resource.name, duty.state.value) for duty in assignments_of_visit(visit_id))


def test_an_interpreter_is_asked_for_the_visit_with_set_up_and_wrap_up(visit):
    interpreter = staff.interpreter(setup_minutes=30, wrap_up_minutes=10)
    duty = assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    assert (duty.state, duty.headcount) == (DutyState.ASKED, None)
    assert (duty.starts_at, duty.ends_at) == (seoul(14, 9, 30), seoul(14, 11, 10))
    line = db.session.query(Journal).filter_by(subject="assignment").one()
    assert (line.act, line.after["visit_id"], line.after["state"]) == ("assign", visit.id, "asked")


def test_asking_twice_gives_the_assignment_that_is_there(visit):
    interpreter = staff.interpreter()
    first = assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    assert assign(visit.id, interpreter.id, by=OFFICER, at=AT).id == first.id


def test_one_person_is_not_asked_to_be_in_two_places(visit, tour):
    interpreter = staff.interpreter()
    other = make.visit(make.delegation("Other", languages={"ar"}, has_interpreter=True), visit.tour_session)
    assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    with pytest.raises(VisitRefused) as refused:
        assign(other.id, interpreter.id, by=OFFICER, at=AT)
    assert codes(refused) == ["assignee_taken"]


def test_who_refused_is_free_for_another(visit):
    interpreter = staff.interpreter()
    other = make.visit(make.delegation("Other", languages={"ar"}, has_interpreter=True), visit.tour_session)
    duty = assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    answered = answer_duty(duty.id, False, answered_by="Interpreter", note="ill", at=AT)
    assert (answered.state, answered.answered_by, answered.note) == (DutyState.REFUSED, "Interpreter", "ill")
    assert assign(other.id, interpreter.id, by=OFFICER, at=AT).state is DutyState.ASKED


def test_an_answer_to_what_is_no_longer_asked_is_refused(visit):
    duty = assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    release(duty.id, by=OFFICER, at=AT)
    with pytest.raises(VisitRefused) as refused:
        answer_duty(duty.id, True, answered_by="Interpreter", at=AT)
    assert codes(refused) == ["state_forbids"]


def test_who_read_an_older_version_does_not_release(visit):
    duty = assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    answer_duty(duty.id, True, answered_by="Interpreter", at=AT)
    with pytest.raises(StaleVersion):
        release(duty.id, seen=1, by=OFFICER, at=AT)


def test_a_vehicle_too_small_is_refused_and_two_share_the_party(visit):
    small, other = staff.vehicle(6, "Van 1"), staff.vehicle(6, "Van 2")
    with pytest.raises(VisitRefused) as refused:
        assign(visit.id, small.id, by=OFFICER, at=AT)
    assert codes(refused) == ["vehicle_too_small"]
    assert assign(visit.id, small.id, headcount=6, by=OFFICER, at=AT).headcount == 6
    assert assign(visit.id, other.id, headcount=4, by=OFFICER, at=AT).headcount == 4


def test_who_is_on_leave_of_another_site_or_without_the_language_is_refused(visit):
    guide = staff.guide(make.site("MUSEUM"), "ja")
    with pytest.raises(VisitRefused) as refused:
        assign(visit.id, guide.id, by=OFFICER, at=AT)
    assert codes(refused) == ["assignee_lacks_language", "assignee_of_other_site"]


def test_who_cannot_come_from_the_duty_before_in_time_is_refused(visit):
    far = make.site("WRC-S", latitude=37.5636, longitude=126.8206)
    later = make.tour_session(make.tour(far), seoul(14, 11, 30))
    other = make.visit(make.delegation("Other", languages={"ar"}, has_interpreter=True), later)
    interpreter = staff.interpreter()
    assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    with pytest.raises(VisitRefused) as refused:
        assign(other.id, interpreter.id, by=OFFICER, at=AT)
    assert codes(refused) == ["assignee_too_far"]


def test_nobody_is_asked_to_come_to_a_visit_that_is_off(visit):
    act_upon(visit.id, Act.CANCEL, Told(reason="off"), by=OFFICER, at=AT)
    with pytest.raises(VisitRefused) as refused:
        assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    assert codes(refused) == ["state_forbids"]


def test_who_was_to_come_is_free_once_the_visit_is_off(visit):
    duty = assign(visit.id, staff.interpreter().id, by=OFFICER, at=AT)
    act_upon(visit.id, Act.CANCEL, Told(reason="off"), by=OFFICER, at=AT)
    assert db.session.get(Assignment, duty.id, populate_existing=True).state is DutyState.RELEASED


def test_people_named_with_a_booking_are_asked_in_the_same_act(tour):
    interpreter, bus = staff.interpreter(), staff.vehicle(8, "Bus 1")
    small = staff.vehicle(4, "Van 1")
    request = VisitRequest(
        delegation_id=make.delegation(languages={"ar"}).id,
        tour_session_id=make.tour_session(tour, seoul(14, 10)).id,
        headcount=10,
        assign=(interpreter.id, bus.id, small.id),
    )
    made = request_visit(request, by=OFFICER, at=AT).visit
    assert states(made.id) == [
        ("Bus 1", "asked"),
        ("Interpreter for Arabic 1", "asked"),
        ("Van 1", "asked"),
    ]
    assert sorted(d.headcount for d in assignments_of_visit(made.id) if d.headcount) == [2, 8]


def test_a_second_bus_for_whom_the_first_seats_comes_along_empty(tour):
    first, second = staff.vehicle(12), staff.vehicle(6, name="Van 1")
    request = VisitRequest(
        delegation_id=make.delegation().id,
        tour_session_id=make.tour_session(tour, seoul(14, 10)).id,
        headcount=4,
        assign=(first.id, second.id),
    )
    visit = request_visit(request, by=OFFICER, at=AT).visit
    riders = {duty.resource_id: duty.headcount for duty in assignments_of_visit(visit.id)}
    assert riders == {first.id: 4, second.id: None}


def test_a_bus_named_twice_comes_once(tour):
    bus, where = staff.vehicle(8), make.tour_session(tour, seoul(14, 10))

    def booked(headcount):
        who = make.delegation(f"Guests {headcount}").id
        request = VisitRequest(
            delegation_id=who, tour_session_id=where.id, headcount=headcount, assign=(bus.id, bus.id)
        )
        return request_visit(request, by=OFFICER, at=AT).visit

    with pytest.raises(VisitRefused) as refused:
        booked(10)
    assert codes(refused) == ["vehicle_too_small"]
    assert states(booked(4).id) == [("Bus 1", "asked")]


def test_a_booking_that_names_somebody_taken_is_refused_whole(visit, tour):
    interpreter = staff.interpreter()
    assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    request = VisitRequest(
        delegation_id=make.delegation("Other", languages={"ar"}).id,
        tour_session_id=visit.tour_session_id,
        headcount=10,
        assign=(interpreter.id,),
    )
    with pytest.raises(VisitRefused) as refused:
        request_visit(request, by=OFFICER, at=AT)
    assert codes(refused) == ["assignee_taken"]
    assert db.session.query(Visit).count() == 1


def test_a_bus_is_with_a_delegation_all_day_and_with_no_other(visit):
    bus, day = staff.vehicle(), Span(seoul(14, 8), seoul(14, 18))
    duty = assign_day(visit.delegation_id, bus.id, day, by=OFFICER, at=AT)
    assert (duty.visit_id, duty.headcount, duty.starts_at) == (None, 12, seoul(14, 8))
    with pytest.raises(VisitRefused) as refused:
        assign_day(make.delegation("Other").id, bus.id, day, by=OFFICER, at=AT)
    assert codes(refused) == ["assignee_taken"]


def test_nobody_is_with_a_delegation_that_is_not_there(visit):
    with pytest.raises(VisitRefused) as refused:
        assign_day(
            visit.delegation_id, staff.vehicle().id, Span(seoul(21, 8), seoul(21, 18)), by=OFFICER, at=AT
        )
    assert codes(refused) == ["outside_stay"]


def test_no_more_ride_than_go(visit):
    with pytest.raises(Invalid) as wrong:
        assign(visit.id, staff.vehicle().id, headcount=11, by=OFFICER, at=AT)
    assert (wrong.value.field, wrong.value.facts) == ("headcount", {"least": 1, "most": 10})


def test_guides_and_interpreters_are_assigned_to_visits_not_days(visit):
    with pytest.raises(Invalid) as wrong:
        assign_day(
            visit.delegation_id, staff.interpreter().id, Span(seoul(14, 8), seoul(14, 18)), by=OFFICER, at=AT
        )
    assert (wrong.value.field, wrong.value.code) == ("resource_id", "not_for_days")


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (Span(seoul(14, 8), seoul(15, 9)), "too_late"),
        (Span(seoul(20, 8, month=11), seoul(20, 9, month=11)), "in_the_past"),
    ],
)
def test_a_day_that_is_none_is_refused(visit, span, code):
    with pytest.raises(Invalid) as wrong:
        assign_day(visit.delegation_id, staff.vehicle().id, span, by=OFFICER, at=AT)
    assert (wrong.value.field, wrong.value.code) == ("ends_at", code)


def test_what_is_not_there_is_not_assigned(visit):
    with pytest.raises(NotFound):
        assign(visit.id, 999, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        assign(999, staff.interpreter().id, by=OFFICER, at=AT)


def test_a_manager_assigns_nobody(visit):
    with pytest.raises(NotPermitted, match="book_visits"):
        assign(visit.id, staff.interpreter().id, by=manager_of(visit.site_id), at=AT)


def test_suggestions_tell_everybody_of_a_kind_the_best_first(visit):
    near, far = (
        staff.place("NEAR", latitude=37.566, longitude=126.978),
        staff.place("FAR", latitude=37.4, longitude=126.8),
    )
    staff.interpreter(name="Far", base=far.code)
    staff.interpreter(name="Near", base=near.code)
    staff.interpreter("th-ko", name="Thai")
    found = suggested_for(visit, ResourceKind.INTERPRETER, AT)
    assert [(s.resource.name, s.is_free) for s in found] == [("Near", True), ("Far", True), ("Thai", False)]


def test_duties_of_somebody_are_told_by_hour(visit):
    interpreter = staff.interpreter()
    duty = assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    assert [d.id for d in duties_of(interpreter.id, seoul(14), seoul(15))] == [duty.id]
    assert duties_of(interpreter.id, seoul(15), seoul(16)) == []
