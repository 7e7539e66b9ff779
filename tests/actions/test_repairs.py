"""Repairs asked for and rehearsed: who is touched in the archive, and that nothing is written."""

import pytest

from scheduler.actions.invalid import Invalid
from scheduler.actions.repairs import ask_repair, rehearse_repair
from scheduler.actions.resources import add_leave
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.planner.repairs.answers import Fate
from scheduler.records.absence import NotFound
from scheduler.records.plans import PlanState
from tests import make, staff
from tests.actions.repair_days import FLOOD, answer_of, closure_of, planned, rehearsed, rounds
from tests.actions.seen import everything
from tests.cast import AT, OFFICER, SEOUL, seoul

pytestmark = pytest.mark.usefixtures("app")
_D = DisturbanceKind


@pytest.fixture
def site():
    return make.site("TOPIS")


@pytest.fixture
def tour(site):
    return make.tour(site)


def test_a_rehearsal_leaves_the_database_as_it_was(tour):
    dated = rounds(tour, 14, 15)
    for number in range(3):
        make.visit(make.delegation(f"Guests {number}"), dated[seoul(14, 10)])
    before = everything()
    answer = rehearsed(site_code="TOPIS")
    assert everything() == before
    assert (answer.touched, answer.kept, answer.moved, answer.bound) == (3, 3, 3, 3)
    assert answer.is_proven


def test_a_closure_in_the_archive_touches_the_visits_it_flags(site, tour):
    dated = rounds(tour, 14, 15)
    visit = make.visit(make.delegation(), dated[seoul(14, 10)])
    make.visit(make.delegation("Untouched"), dated[seoul(15, 10)])
    plan = planned(closure_of(site))
    assert plan.state is PlanState.DONE
    [told] = answer_of(plan).visits
    assert (told.visit_id, told.fate, told.after.starts_at.astimezone(SEOUL).day) == (
        visit.id,
        Fate.MOVES,
        15,
    )
    assert [refusal.code.value for refusal in told.because] == ["closed"]


def test_nothing_touched_is_done_at_once(site):
    plan = ask_repair(closure_of(site), by=OFFICER, at=AT).plan
    assert plan.state is PlanState.DONE
    assert answer_of(plan).visits == ()


def test_the_same_question_is_one_job(site, tour):
    make.visit(make.delegation(), rounds(tour, 14, 15)[seoul(14, 10)])
    told = closure_of(site)
    first, second = (ask_repair(told, by=OFFICER, at=AT) for _ in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.plan.id == second.plan.id


def test_a_guide_on_leave_is_replaced_and_the_visit_stays(site):
    tour = make.tour(site, needs_guide=True)
    ill, well = staff.guide(site), staff.guide(site, name="Guide 2")
    visit = make.visit(make.delegation(), rounds(tour, 14, 15)[seoul(14, 10)], assign=(ill.id,))
    add_leave(ill.id, FLOOD, "ill", by=OFFICER, at=AT)
    told = Disturbance(kind=_D.ABSENCE, span=FLOOD, resource_id=ill.id)
    answer = rehearse_repair(told, SEOUL, by=OFFICER, at=AT)
    [found] = answer.visits
    assert (found.visit_id, found.fate, found.after.going) == (visit.id, Fate.STAYS, (well.id,))


def test_the_only_interpreter_away_touches_whoever_needs_one_and_named_nobody(site, tour):
    only = staff.interpreter("vi-ko")
    who = make.delegation(languages={"vi"})
    visit = make.visit(who, rounds(tour, 14, 15)[seoul(14, 10)])
    answer = rehearsed(_D.ABSENCE, resource_id=only.id)
    [found] = answer.visits
    assert [refusal.code.value for refusal in found.because] == ["no_interpreter_free"]
    assert (found.visit_id, found.fate, found.after.starts_at.day) == (visit.id, Fate.MOVES, 15)


def test_a_flight_four_hours_late_moves_the_first_morning(tour):
    who = make.delegation(arrives_at=seoul(14, 8))
    visit = make.visit(who, rounds(tour, 14, 15)[seoul(14, 10)])
    answer = rehearsed(_D.STAY, span=Span(seoul(14, 12), seoul(20)), delegation_id=who.id)
    [found] = answer.visits
    assert (found.visit_id, found.after.starts_at.astimezone(SEOUL)) == (visit.id, seoul(14, 14))


def test_nine_grow_to_twelve_and_cross_the_largest_group(site):
    tour = make.tour(site, largest_group=10)
    who = make.delegation(headcount=9)
    make.visit(who, rounds(tour, 14)[seoul(14, 10)], 9)
    [found] = rehearsed(_D.HEADCOUNT, delegation_id=who.id, headcount=12, span=None).visits
    assert found.fate is Fate.WITHOUT_PLACE
    assert [refusal.code.value for refusal in found.because] == ["group_too_large"]
    assert [remedy.facts["sizes"] for remedy in found.remedies] == [[6, 6]]


def test_another_tour_of_the_topic_stands_in(tour):
    visit = make.visit(make.delegation(), rounds(tour, 14)[seoul(14, 10)])
    other = make.tour(make.site("SEONAM"))
    rounds(other, 15)
    [found] = rehearsed(site_code="TOPIS").visits
    assert (found.visit_id, found.fate, found.after.tour_code) == (visit.id, Fate.STANDS_IN, other.code)


@pytest.mark.parametrize(
    ("kind", "facts", "fault"),
    [
        (_D.CLOSURE, {"span": FLOOD}, "site"),
        (_D.CLOSURE, {"site_code": "TOPIS"}, "starts_at"),
        (_D.CLOSURE, {"site_code": "TOPIS", "span": Span(seoul(1, month=11), seoul(2, month=11))}, "ends_at"),
        (_D.CLOSURE, {"site_code": "TOPIS", "span": Span(seoul(1), seoul(1, year=2030))}, "ends_at"),
        (_D.ABSENCE, {"span": FLOOD}, "resource_id"),
        (_D.STAY, {"span": FLOOD}, "delegation_id"),
        (_D.HEADCOUNT, {"headcount": 3}, "delegation_id"),
    ],
)
def test_a_disturbance_that_makes_no_sense_is_told_by_its_field(site, kind, facts, fault):
    told = Disturbance(kind=kind, is_rehearsed=True, **facts)
    with pytest.raises(Invalid) as caught:
        rehearse_repair(told, SEOUL, by=OFFICER, at=AT)
    assert caught.value.field == fault


def test_what_is_not_there_is_not_found(site):
    for told in (
        Disturbance(kind=_D.CLOSURE, site_code="NOWHERE", span=FLOOD, is_rehearsed=True),
        Disturbance(kind=_D.CLOSURE, site_code="TOPIS", closure_id=99),
        Disturbance(kind=_D.ABSENCE, resource_id=99, span=FLOOD),
        Disturbance(kind=_D.STAY, delegation_id=99),
    ):
        with pytest.raises(NotFound):
            ask_repair(told, by=OFFICER, at=AT)
