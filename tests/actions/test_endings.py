"""A delegation that is called off, or grows: what was planned around it ends, or follows."""

import pytest

from scheduler.actions.assignments import assign_day
from scheduler.actions.delegations import change_delegation
from scheduler.actions.engagements import plan_engagement
from scheduler.actions.invalid import Invalid
from scheduler.actions.waiting import join_waiting
from scheduler.core.duties import DutyState
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import DelegationState
from scheduler.records.engagements import Engagement
from scheduler.records.waiting import Waiting, WaitingState
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def who(app):
    return make.delegation()


def lunch(who, headcount=None, day=14) -> Engagement:
    asked = EngagementRequest(
        delegation_id=who.id,
        kind=EngagementKind.MEAL,
        starts_at=seoul(day, 12),
        ends_at=seoul(day, 13),
        headcount=headcount,
    )
    return plan_engagement(asked, by=OFFICER, at=AT)


def headcounts() -> list[int]:
    db.session.rollback()
    return [row.headcount for row in db.session.query(Engagement).order_by(Engagement.id)]


def test_what_is_planned_ends_with_a_delegation_that_is_called_off(who):
    meal = lunch(who)
    day = Span(seoul(14, 8), seoul(14, 18))
    bus = assign_day(who.id, staff.vehicle().id, day, by=OFFICER, at=AT)
    full = make.tour_session(make.tour(make.site(), places=12), seoul(14, 10))
    make.visit(make.delegation("Other"), full, 12)
    wish = VisitRequest(delegation_id=who.id, tour_session_id=full.id, headcount=12)
    waiting = join_waiting(wish, by=OFFICER, at=AT)
    change_delegation(who.id, {"state": DelegationState.CANCELLED}, by=OFFICER, at=AT)
    assert db.session.get(Engagement, meal.id, populate_existing=True).state is EngagementState.CANCELLED
    assert db.session.get(Assignment, bus.id, populate_existing=True).state is DutyState.RELEASED
    assert db.session.get(Waiting, waiting.id, populate_existing=True).state is WaitingState.WITHDRAWN


@pytest.mark.parametrize("headcount", [13, 9])
def test_engagements_of_all_are_for_as_many_as_there_are(who, headcount):
    lunch(who)
    lunch(who, headcount=5, day=15)
    change_delegation(who.id, {"headcount": headcount}, by=OFFICER, at=AT)
    assert headcounts() == [headcount, 5]


def test_a_delegation_does_not_shrink_below_an_engagement_of_some(who):
    lunch(who, headcount=5)
    with pytest.raises(Invalid) as wrong:
        change_delegation(who.id, {"headcount": 4}, by=OFFICER, at=AT)
    assert (wrong.value.field, wrong.value.facts) == ("headcount", {"least": 5})
    assert headcounts() == [5]
