"""Visits that move together: each to where another has left, with their people, or none of them."""

import pytest

from scheduler.actions.assignments import assign
from scheduler.actions.batches import BatchRefused, book_together
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.seen import everything, fault_of, journal
from tests.cast import AT, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def who():
    return make.delegation()


@pytest.fixture
def tour():
    return make.tour(make.site())


@pytest.fixture
def rounds(tour):
    """The rounds of a day by their hours."""
    return {hour: make.tour_session(tour, seoul(14, hour)) for hour in (10, 11, 12, 13, 14, 15)}


def moving(visit, where, **more):
    told = {"delegation_id": visit.delegation_id, "headcount": visit.headcount, "acknowledge": ("all",)}
    return VisitRequest(visit_id=visit.id, tour_session_id=where.id, **(told | more))


def moved(*requests, seen=()):
    return book_together(requests, seen=seen, by=OFFICER, at=AT)


def hours_of(*visits):
    db.session.expire_all()
    return [db.session.get_one(Visit, visit.id).starts_at.hour + 9 for visit in visits]


@pytest.mark.parametrize("turn", [1, -1])
def test_each_moves_to_where_the_next_has_just_left(who, rounds, turn):
    visits = [make.visit(who, rounds[hour]) for hour in (10, 11, 12)]
    requests = [moving(visit, rounds[hour]) for visit, hour in zip(visits, (11, 12, 13), strict=True)]
    moved(*requests[::turn])
    assert hours_of(*visits) == [11, 12, 13]


def test_a_move_and_a_new_visit_where_it_left_are_one_act(who, rounds):
    visit = make.visit(who, rounds[10])
    new = VisitRequest(delegation_id=who.id, tour_session_id=rounds[10].id, headcount=10)
    made = moved(new, moving(visit, rounds[12]))
    assert hours_of(*made) == [10, 12]


def test_two_of_the_same_people_change_places(who, rounds):
    one, other = make.visit(who, rounds[10]), make.visit(who, rounds[11])
    moved(moving(one, rounds[11]), moving(other, rounds[10]))
    assert hours_of(one, other) == [11, 10]


@pytest.mark.parametrize("places", [30, 15])
def test_two_delegations_change_places_though_both_do_not_fit_meanwhile(who, tour, places):
    ten, noon = (make.tour_session(tour, seoul(14, hour), places=places) for hour in (10, 12))
    one, other = make.visit(who, ten), make.visit(make.delegation("Bangkok metropolis"), noon)
    moved(moving(one, noon), moving(other, ten))
    assert hours_of(one, other) == [12, 10]


def test_who_changes_places_leaves_no_trace_of_stepping_aside(who, rounds):
    """Neither a session ten years ahead nor a line of the journal tells of it; who comes along comes too."""
    one, other = make.visit(who, rounds[10]), make.visit(who, rounds[11])
    guide = staff.guide(db.session.get_one(Visit, one.id).tour_session.tour.site)
    duty_id = assign(one.id, guide.id, by=OFFICER, at=AT).id
    known = {"acknowledge_reason": "known"}
    moved(moving(one, rounds[11], **known), moving(other, rounds[10], **known))
    assert db.session.scalars(db.select(TourSession).where(TourSession.starts_at > seoul(31))).all() == []
    told = [line.before["starts_at"] for line in journal("move") if "starts_at" in (line.before or {})]
    assert all(start.startswith("2026-12-14") for start in told)
    assert len(told) == 3
    duty = db.session.get_one(Assignment, duty_id, populate_existing=True)
    assert (duty.starts_at, duty.state.value) == (seoul(14, 11), "asked")


def test_a_visit_that_moves_is_of_its_own_delegation(who, rounds):
    """Whoever names another with it contradicts themselves."""
    visit = make.visit(who, rounds[10])
    other = make.delegation("Bangkok metropolis")
    fault = fault_of(lambda: moved(moving(visit, rounds[12], delegation_id=other.id)))
    assert fault == ("visits.0.delegation_id", "unknown")


def test_a_visit_that_moves_to_where_it_is_asks_nobody_again(tour):
    """Its owner has agreed: that stands, also where another visit of the same act moves."""
    tour.needs_agreement = True
    db.session.commit()
    here, there = make.tour_session(tour, seoul(15, 10)), make.tour_session(tour, seoul(15, 14))
    who = make.delegation("Agreed")
    stays, moves = make.visit(who, here), make.visit(who, there)
    agreed = Told(agreement=OwnerAgreement(by="Owner", on=AT, channel="telephone"))
    act_upon(stays.id, Act.CONFIRM, agreed, by=OFFICER, at=AT)
    later = make.tour_session(tour, seoul(15, 16))
    moved(moving(stays, here), moving(moves, later))
    told = [db.session.get(Visit, each.id, populate_existing=True) for each in (stays, moves)]
    assert [(each.state.value, each.starts_at) for each in told] == [
        ("confirmed", seoul(15, 10)),
        ("requested", seoul(15, 16)),
    ]
    assert told[0].sequence == 1
    moved(moving(stays, here))
    assert db.session.get(Visit, stays.id, populate_existing=True).state == "confirmed"


def test_a_visit_that_is_over_is_told_by_its_place_in_the_batch(who, rounds):
    over, visit = make.visit(who, rounds[10]), make.visit(who, rounds[12])
    act_upon(over.id, Act.CANCEL, by=OFFICER, at=AT)
    with pytest.raises(BatchRefused) as caught:
        moved(moving(visit, rounds[13]), moving(over, rounds[15]))
    assert [[refusal.code for refusal in v.refusals] for v in caught.value.verdicts] == [
        [],
        ["state_forbids"],
    ]


def test_a_visit_named_twice_is_at_fault(who, rounds):
    visit = make.visit(who, rounds[10])
    told = fault_of(lambda: moved(moving(visit, rounds[11]), moving(visit, rounds[12])))
    assert told == ("visits", "named_twice")


def test_one_stale_version_stops_all(who, rounds):
    one, other = make.visit(who, rounds[10]), make.visit(who, rounds[11])
    before = everything()
    with pytest.raises(StaleVersion):
        moved(moving(one, rounds[14]), moving(other, rounds[15]), seen=(1, 7))
    assert everything() == before


def test_an_interpreter_of_the_whole_day_moves_along_with_it(rounds):
    """With set-up and wrap-up their duties touch: the later one has to make way first."""
    who = make.delegation(languages={"ar"})
    one = staff.interpreter(setup_minutes=30, wrap_up_minutes=0)
    visits = [make.visit(who, rounds[hour]) for hour in (10, 12)]
    for visit in visits:
        assign(visit.id, one.id, by=OFFICER, at=AT)
    requests = [
        moving(visit, rounds[hour], acknowledge_reason="known")
        for visit, hour in zip(visits, (11, 13), strict=True)
    ]
    moved(*requests)
    duties = db.session.query(Assignment).order_by(Assignment.id).all()
    assert [(duty.state, duty.starts_at) for duty in duties] == [
        ("asked", seoul(14, 10, 30)),
        ("asked", seoul(14, 12, 30)),
    ]


def test_somebody_can_be_named_for_a_visit_that_moves(rounds):
    who, one = make.delegation(languages={"ar"}), staff.interpreter()
    visit = make.visit(who, rounds[10])
    moved(moving(visit, rounds[12], assign=(one.id,), acknowledge_reason="known"))
    (duty,) = db.session.query(Assignment).all()
    assert (duty.resource_id, duty.starts_at) == (one.id, seoul(14, 12))
