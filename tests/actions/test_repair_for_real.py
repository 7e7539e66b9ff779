"""What was rehearsed is entered as it was rehearsed, and its repair follows."""

import pytest
from sqlalchemy import select

from scheduler.access import NotPermitted
from scheduler.actions.invalid import Invalid
from scheduler.actions.repair_for_real import enter_for_real
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource
from scheduler.records.sites import SiteClosure
from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.repair_days import FLOOD, accepted, answer_of, planned, rounds, thought, where
from tests.cast import AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")
_D = DisturbanceKind


@pytest.fixture
def tour():
    return make.tour(make.site("TOPIS"))


def rehearsal(kind, **facts):
    return planned(Disturbance(kind=kind, is_rehearsed=True, **facts))


def real(plan, reason=""):
    entered = enter_for_real(plan.id, reason, by=OFFICER, at=AT).plan
    assert entered.follows_id == plan.id
    return thought(entered.id)


def outcome(plan):
    return [(each.visit_id, each.fate, each.after) for each in answer_of(plan).visits]


def whole(table, key):
    return db.session.get_one(table, key, populate_existing=True)


def test_a_closure_is_entered_once_and_its_repair_is_what_was_rehearsed(tour):
    dated = rounds(tour, 14, 15, 16)
    for number in range(3):
        make.visit(make.delegation(f"Guests {number}"), dated[seoul(14, 10)])
    plan = rehearsal(_D.CLOSURE, site_code="TOPIS", span=FLOOD, reason="Flood")
    found = real(plan)
    assert outcome(found) == outcome(plan)
    enter_for_real(plan.id, by=OFFICER, at=AT)
    [closure] = db.session.scalars(select(SiteClosure)).all()
    assert (closure.reason, closure.starts_at, closure.ends_at) == ("Flood", FLOOD.starts_at, FLOOD.ends_at)
    accepted(found)


def test_a_site_does_not_close_without_a_reason(tour):
    plan = rehearsal(_D.CLOSURE, site_code="TOPIS", span=FLOOD)
    with pytest.raises(Invalid) as caught:
        enter_for_real(plan.id, by=OFFICER, at=AT)
    assert (caught.value.field, caught.value.code) == ("reason", "closure_reason_needed")
    assert real(plan, "Flood")


def test_leave_is_entered_and_the_visit_gets_another_guide():
    site = make.site("TOPIS")
    tour = make.tour(site, needs_guide=True)
    ill, well = staff.guide(site), staff.guide(site, name="Guide 2")
    make.visit(make.delegation(), rounds(tour, 14)[seoul(14, 10)], assign=(ill.id,))
    plan = rehearsal(_D.ABSENCE, resource_id=ill.id, span=FLOOD)
    [found] = answer_of(real(plan, "ill")).visits
    assert found.new_escort == (well.id,)
    [leave] = whole(Resource, ill.id).leave
    assert (leave.starts_at, leave.reason) == (FLOOD.starts_at, "ill")
    enter_for_real(plan.id, by=OFFICER, at=AT)


def test_a_later_arrival_is_entered_and_the_first_morning_moves(tour):
    who = make.delegation(arrives_at=seoul(14, 8))
    visit = make.visit(who, rounds(tour, 14, 15)[seoul(14, 10)])
    stay = Span(seoul(14, 12), seoul(20))
    accepted(real(rehearsal(_D.STAY, delegation_id=who.id, span=stay)))
    assert whole(Delegation, who.id).arrives_at == seoul(14, 12)
    assert where(visit)[0] == seoul(14, 14)


def test_more_who_come_are_registered_and_their_visits_grow(tour):
    who = make.delegation(headcount=9)
    visit = make.visit(who, rounds(tour, 14)[seoul(14, 10)], 9)
    accepted(real(rehearsal(_D.HEADCOUNT, delegation_id=who.id, headcount=12)))
    assert whole(Delegation, who.id).headcount == whole(Visit, visit.id).headcount == 12


def test_fewer_who_come_are_registered_with_the_last_visit_that_shrinks(tour):
    who = make.delegation(headcount=12)
    dated = rounds(tour, 14, 15)
    visits = [make.visit(who, dated[seoul(day, 10)], 12) for day in (14, 15)]
    found = real(rehearsal(_D.HEADCOUNT, delegation_id=who.id, headcount=7))
    assert whole(Delegation, who.id).headcount == 12
    accepted(found, only=(visits[0].id,))
    assert whole(Delegation, who.id).headcount == 12
    accepted(found, only=(visits[1].id,))
    assert [whole(Visit, visit.id).headcount for visit in visits] == [7, 7]
    assert whole(Delegation, who.id).headcount == 7


def test_fewer_without_any_visit_are_registered_at_once(tour):
    who = make.delegation(headcount=12)
    real(rehearsal(_D.HEADCOUNT, delegation_id=who.id, headcount=7))
    assert whole(Delegation, who.id).headcount == 7


def test_what_is_real_already_is_not_entered_and_only_who_may_enters(tour):
    plan = rehearsal(_D.CLOSURE, site_code="TOPIS", span=FLOOD, reason="Flood")
    with pytest.raises(NotPermitted):
        enter_for_real(plan.id, by=HEAD, at=AT)
    again = real(plan)
    with pytest.raises(Invalid) as caught:
        enter_for_real(again.id, by=OFFICER, at=AT)
    assert caught.value.code == "not_rehearsed"
