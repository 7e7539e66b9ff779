"""People and vehicles of a visit that moves: taken along with the hours of their duty, or let go."""

import pytest

from scheduler.actions.assignments import answer_duty, assign
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.visits import move_visit
from scheduler.core.duties import DutyState
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.duty_lookup import assignments_of_visit
from scheduler.records.visits import Visit
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


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


def test_a_moved_visit_takes_its_people_along_and_asks_them_again(visit, tour):
    later = make.tour_session(tour, seoul(14, 14))
    duty = assign(visit.id, staff.interpreter(setup_minutes=15).id, by=OFFICER, at=AT)
    answer_duty(duty.id, True, answered_by="Interpreter", at=AT)
    request = VisitRequest(headcount=10, tour_session_id=later.id)
    move_visit(visit.id, request, by=OFFICER, at=AT)
    moved = db.session.get(Assignment, duty.id, populate_existing=True)
    assert (moved.state, moved.starts_at, moved.ends_at) == (
        DutyState.ASKED,
        seoul(14, 13, 45),
        seoul(14, 15),
    )


def test_a_duty_has_times_of_its_own_and_keeps_them_around_a_moved_visit(visit, tour):
    own = Span(seoul(14, 9), seoul(14, 12, 30))
    duty = assign(visit.id, staff.interpreter(setup_minutes=5).id, own_times=own, by=OFFICER, at=AT)
    assert Span(duty.starts_at, duty.ends_at) == own
    answer_duty(duty.id, True, answered_by="Interpreter", at=AT)
    later = make.tour_session(tour, seoul(14, 14))
    move_visit(visit.id, VisitRequest(headcount=10, tour_session_id=later.id), by=OFFICER, at=AT)
    moved = db.session.get(Assignment, duty.id, populate_existing=True)
    assert Span(moved.starts_at, moved.ends_at) == Span(seoul(14, 13), seoul(14, 16, 30))


def test_own_times_are_weighed_when_a_visit_moves(visit, tour):
    interpreter, later = staff.interpreter(), make.tour_session(tour, seoul(14, 14))
    early = make.tour_session(tour, seoul(14, 12))
    busy = make.visit(make.delegation("Other", languages={"ar"}, has_interpreter=True), early)
    assign(busy.id, interpreter.id, by=OFFICER, at=AT)
    own = Span(seoul(14, 8, 30), seoul(14, 11))
    assign(visit.id, interpreter.id, own_times=own, by=OFFICER, at=AT)
    with pytest.raises(VisitRefused) as asked:
        move_visit(visit.id, VisitRequest(headcount=10, tour_session_id=later.id), by=OFFICER, at=AT)
    assert [caution.code.value for caution in asked.value.verdict.cautions] == ["assignee_cannot_follow"]


@pytest.mark.parametrize(
    ("own", "field"),
    [
        (Span(seoul(14, 10, 1), seoul(14, 11)), "starts_at"),
        (Span(seoul(14, 10), seoul(14, 10, 59)), "starts_at"),
        (Span(seoul(13, 10), seoul(14, 11)), "ends_at"),
    ],
)
def test_own_times_hold_the_visit_and_are_no_longer_than_a_day(visit, own, field):
    with pytest.raises(Invalid) as wrong:
        assign(visit.id, staff.interpreter().id, own_times=own, by=OFFICER, at=AT)
    assert wrong.value.field == field


def test_who_cannot_follow_is_let_go_once_somebody_says_so(visit, tour):
    interpreter, later = staff.interpreter(), make.tour_session(tour, seoul(14, 14))
    busy = make.visit(make.delegation("Other", languages={"ar"}, has_interpreter=True), later)
    assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    assign(busy.id, interpreter.id, by=OFFICER, at=AT)
    request = VisitRequest(headcount=10, tour_session_id=later.id)
    with pytest.raises(VisitRefused) as asked:
        move_visit(visit.id, request, by=OFFICER, at=AT)
    assert [caution.code.value for caution in asked.value.verdict.cautions] == ["assignee_cannot_follow"]
    ticked = VisitRequest(
        headcount=10, tour_session_id=later.id, acknowledge=("all",), acknowledge_reason="another comes"
    )
    move_visit(visit.id, ticked, by=OFFICER, at=AT)
    assert states(visit.id) == [("Interpreter for Arabic 1", "released")]
