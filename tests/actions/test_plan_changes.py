"""Accepting a plan after what it was made for has changed: nothing is booked, the rest is planned again."""

from datetime import time

import pytest

from scheduler.actions.delegations import change_delegation
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.members import add_wish, change_member, remove_member
from scheduler.actions.plan_acceptance import Acceptance, accept_plan
from scheduler.actions.plan_refusals import PlanOvertaken, PlanStands
from scheduler.actions.plans import Terms, ask_plan, terms_of
from scheduler.actions.stay_frames import keep_frame
from scheduler.core.lifecycle import Act
from scheduler.core.wishes import StayFrame
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER, seoul
from tests.planned import think

WHO = {"by": OFFICER, "at": AT}
REQUESTED, HELD = Acceptance(), Acceptance(hold_until=seoul(1, 12))


@pytest.fixture
def tours(app):
    """Two tours at one place, each with rounds on three mornings."""
    found = [make.tour(make.site(code)) for code in ("TOPIS", "PARK")]
    for number, tour in enumerate(found):
        for day in (14, 15, 16):
            make.tour_session(tour, seoul(day, 10 + 4 * number))
    return found


@pytest.fixture
def guests(tours):
    return make.delegation(arrives_at=seoul(14, 8), departs_at=seoul(16, 20))


@pytest.fixture
def wishes(tours, guests):
    return [add_wish(guests.id, {"tour_id": tour.id}, **WHO) for tour in tours]


def planned(guests):
    ask_plan(guests.id, Terms(seconds=5), **WHO)
    return think()


@pytest.fixture
def plan(guests, wishes):
    return planned(guests)


def overtaken(plan):
    """What is told where accepting it books nothing."""
    before = how_many(Visit)
    with pytest.raises(PlanOvertaken) as told:
        accept_plan(plan.id, REQUESTED, **WHO)
    assert how_many(Visit) == before
    return told.value


def codes(told):
    return [change.code.value for change in told.changes]


def accept_again(told):
    """The plan of the difference, thought of and accepted."""
    again = think()
    assert again.id == told.plan.id
    return accept_plan(again.id, REQUESTED, **WHO)


def test_a_headcount_that_grew_is_not_booked_as_it_was(guests, plan):
    change_delegation(guests.id, {"headcount": 17}, **WHO)
    told = overtaken(plan)
    assert (codes(told), sorted(told.fallen)) == (["headcount"], [0, 1])
    assert told.changes[0].facts == {"was": 12, "now": 17}
    assert {visit.headcount for visit in accept_again(told)} == {17}


def test_a_wish_taken_off_falls_out_and_the_others_stay(wishes, plan):
    remove_member(Wish, wishes[0].id, **WHO)
    told = overtaken(plan)
    assert (codes(told), len(told.fallen), len(told.kept)) == (["wish_gone"], 1, 1)
    assert [pin.wish_id for pin in terms_of(told.plan).pins] == [wishes[1].id]
    assert [visit.tour_session.tour.code for visit in accept_again(told)] == ["PARK-T"]


def test_without_any_wish_left_nothing_is_planned_again(wishes, plan):
    for wish in wishes:
        remove_member(Wish, wish.id, **WHO)
    assert overtaken(plan).plan is None


@pytest.mark.parametrize(
    "change", [{"headcount": 5}, {"not_first_day": True}, {"either": "A"}], ids=["fewer", "later", "either"]
)
def test_a_wish_that_is_meant_otherwise_falls_out(wishes, plan, change):
    change_member(Wish, wishes[0].id, change, **WHO)
    told = overtaken(plan)
    assert (codes(told), len(told.kept)) == (["wish_changed"], 1)


def test_a_wish_for_another_tour_falls_out(tours, guests, plan, wishes):
    other = make.tour(make.site("WRC"))
    make.tour_session(other, seoul(15, 12))
    change_member(Wish, wishes[0].id, {"tour_id": other.id}, **WHO)
    told = overtaken(plan)
    assert codes(told) == ["wish_changed"]
    assert {visit.tour_session.tour.code for visit in accept_again(told)} == {"WRC-T", "PARK-T"}


def test_how_dear_a_wish_is_changes_no_stop(wishes, plan):
    change_member(Wish, wishes[0].id, {"priority": 5}, **WHO)
    assert len(accept_plan(plan.id, REQUESTED, **WHO)) == 2


def test_another_stay_is_told_and_what_lies_outside_it_falls_out(guests, plan):
    change_delegation(guests.id, {"arrives_at": seoul(15, 8)}, **WHO)
    told = overtaken(plan)
    assert codes(told) == ["stay"]
    visits = accept_again(told)
    assert len(visits) == 2
    assert min(visit.starts_at for visit in visits) > seoul(15, 8)


def test_another_frame_is_planned_anew(guests, plan):
    keep_frame(guests.id, StayFrame(day_starts=time(12)), **WHO)
    told = overtaken(plan)
    assert (codes(told), told.kept) == (["frame"], [])


def test_a_plan_of_an_older_version_is_compared_by_its_stops(guests, plan):
    plan.outcome = {name: told for name, told in plan.outcome.items() if name != "made_for"}
    db.session.commit()
    keep_frame(guests.id, StayFrame(most_a_day=5), **WHO)
    change_delegation(guests.id, {"headcount": 13}, **WHO)
    assert codes(overtaken(plan)) == ["headcount"]


def test_what_nobody_can_read_any_more_breaks_nothing(plan):
    plan.outcome = plan.outcome | {"made_for": {"stay": {"$": "Unheard"}}}
    db.session.commit()
    assert len(accept_plan(plan.id, REQUESTED, **WHO)) == 2


def test_of_two_plans_of_one_stay_the_second_is_not_booked_on_top(guests, plan):
    other = planned(guests)
    accept_plan(plan.id, REQUESTED, **WHO)
    told = overtaken(other)
    assert codes(told) == ["wish_booked", "wish_booked"]


def test_some_stops_first_and_the_others_later_is_no_change(plan):
    accept_plan(plan.id, Acceptance(stops=(1,)), **WHO)
    assert len(accept_plan(plan.id, REQUESTED, **WHO)) == 2


@pytest.mark.parametrize(
    ("first", "second", "stands"), [(HELD, REQUESTED, "held"), (REQUESTED, HELD, "requested")]
)
def test_what_was_accepted_one_way_is_not_said_to_stand_the_other_way(plan, first, second, stands):
    accept_plan(plan.id, first, **WHO)
    with pytest.raises(PlanStands) as told:
        accept_plan(plan.id, second, **WHO)
    assert (told.value.stands, len(told.value.visits)) == (stands, 2)


def test_a_hold_that_ran_out_is_not_said_to_be_held(plan):
    accept_plan(plan.id, HELD, **WHO)
    with pytest.raises(PlanStands) as told:
        accept_plan(plan.id, Acceptance(hold_until=seoul(3, 12)), by=OFFICER, at=seoul(2, 12))
    assert (told.value.stands, len(told.value.visits)) == ("called_off", 2)


def test_what_was_called_off_since_is_not_said_to_be_booked(plan):
    first, *_ = accept_plan(plan.id, REQUESTED, **WHO)
    act_upon(first.id, Act.CANCEL, **WHO)
    with pytest.raises(PlanStands) as told:
        accept_plan(plan.id, REQUESTED, **WHO)
    assert (told.value.stands, [visit.id for visit in told.value.visits]) == ("called_off", [first.id])
