"""No guide, interpreter or vehicle is in two places at once, and nobody rides without a seat."""

import pytest

from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import OCCUPYING, VisitState
from tests import make
from tests.laws.by_hand import Hand
from tests.laws.whole_visit import Ground, hours

LAW = "resource_one_place_at_a_time"
ON_DUTY = (DutyState.ASKED, DutyState.ACCEPTED)
OFF_DUTY = (DutyState.REFUSED, DutyState.RELEASED)


@pytest.fixture
def ground(hand: Hand) -> Ground:
    return Ground(hand)


@pytest.mark.parametrize("first", ON_DUTY)
@pytest.mark.parametrize("second", ON_DUTY)
@pytest.mark.parametrize("span", [(10, 11), (10.5, 10.75), (9, 17), (9, 10.25)])
def test_one_guide_is_at_one_place(hand: Hand, ground, first, second, span):
    guide = ground.new_resource()
    hand.write(ground.duty(guide, hours(10, 11), state=f"'{first}'"))
    assert hand.law_against(ground.duty(guide, hours(*span), state=f"'{second}'")) == LAW


def test_hours_that_touch_and_other_guides_are_accepted(hand: Hand, ground):
    guide, other = ground.new_resource(), ground.new_resource()
    hand.write(ground.duty(guide, hours(10, 11)))
    for resource, span in ((guide, (9, 10)), (guide, (11, 12)), (other, (10, 11))):
        hand.write(ground.duty(resource, hours(*span)))
    assert hand.rows("SELECT count(*) FROM assignment") == [(4,)]


@pytest.mark.parametrize("state", OFF_DUTY)
def test_who_refused_or_was_released_is_free(hand: Hand, ground, state):
    guide = ground.new_resource()
    was = hand.number_of(ground.duty(guide, hours(10, 11), state=f"'{state}'"))
    hand.write(ground.duty(guide, hours(10, 11)))
    for back in ON_DUTY:
        assert hand.law_against(f"UPDATE assignment SET state = '{back}' WHERE id = {was}") == LAW


def test_a_duty_is_not_moved_over_another(hand: Hand, ground):
    guide = ground.new_resource()
    hand.write(ground.duty(guide, hours(10, 11)))
    later = hand.number_of(ground.duty(guide, hours(12, 13)))
    assert hand.law_against(ground.moved("assignment", later, hours(10.5, 12))) == LAW
    hand.write(ground.moved("assignment", later, hours(11, 12)))


def test_a_duty_is_not_given_to_a_guide_who_is_elsewhere(hand: Hand, ground):
    guide, other = ground.new_resource(), ground.new_resource()
    hand.write(ground.duty(guide, hours(10, 11)))
    theirs = hand.number_of(ground.duty(other, hours(10.5, 11.5)))
    assert hand.law_against(f"UPDATE assignment SET resource_id = {guide} WHERE id = {theirs}") == LAW


def test_duties_of_one_statement_are_weighed_together(hand: Hand, ground):
    guide = ground.new_resource()
    for hour in (9, 11):
        hand.write(ground.duty(guide, hours(hour, hour + 1)))
    at_eight = hand.instant(hours(8, 9)[0])
    assert hand.law_against(f"UPDATE assignment SET starts_at = {at_eight}") == LAW


@pytest.mark.parametrize("state", ON_DUTY)
def test_no_more_ride_than_there_are_seats(hand: Hand, ground, state):
    bus = ground.new_resource("vehicle", 45)
    full = ground.duty(bus, hours(10, 11), headcount=46, state=f"'{state}'")
    assert hand.law_against(full) == "vehicle_seats"
    hand.write(ground.duty(bus, hours(10, 11), headcount=45, state=f"'{state}'"))
    assert hand.law_against("UPDATE assignment SET headcount = 46") == "vehicle_seats"


def test_a_smaller_bus_does_not_take_the_duty_of_a_larger(hand: Hand, ground):
    bus, van = ground.new_resource("vehicle", 45), ground.new_resource("vehicle", 12)
    hand.write(ground.duty(bus, hours(10, 11), headcount=30))
    taken_over = f"UPDATE assignment SET resource_id = {van}"
    assert hand.law_against(taken_over) == "vehicle_seats"
    hand.write(f"{taken_over}, state = 'refused'")
    assert hand.law_against("UPDATE assignment SET state = 'accepted'") == "vehicle_seats"


def test_seats_are_not_taken_out_from_under_those_who_ride(hand: Hand, ground):
    bus = ground.new_resource("vehicle", 45)
    hand.write(ground.duty(bus, hours(10, 11), headcount=30))
    assert hand.law_against("UPDATE resource SET seats = 29") == "vehicle_seats"
    hand.write("UPDATE resource SET seats = 30")
    hand.write("UPDATE assignment SET state = 'released'")
    hand.write("UPDATE resource SET seats = 12")


def test_leave_is_taken_once_at_a_time(hand: Hand, ground):
    guide, other = ground.new_resource(), ground.new_resource()
    hand.write(ground.leave(guide, hours(9, 13)))
    assert hand.law_against(ground.leave(guide, hours(12, 14))) == "leave_once_at_a_time"
    hand.write(ground.leave(other, hours(12, 14)))
    later = hand.number_of(ground.leave(guide, hours(13, 15)))
    moved = ground.moved("resource_leave", later, hours(12, 14))
    assert hand.law_against(moved) == "leave_once_at_a_time"
    given = f"UPDATE resource_leave SET resource_id = {other} WHERE id = {later}"
    assert hand.law_against(given) == "leave_once_at_a_time"


@pytest.mark.parametrize("off", sorted(set(VisitState) - OCCUPYING))
def test_who_was_to_go_along_is_free_once_the_visit_is_off(hand: Hand, ground, off):
    guide, other, third = (ground.new_resource() for _ in range(3))
    visit = hand.number_of(ground.stop("visit", hours(10, 11)))
    for resource, state in ((guide, "asked"), (other, "accepted"), (third, "refused")):
        hand.write(ground.duty(resource, hours(10, 11), visit_id=visit, state=f"'{state}'"))
    hand.write(ground.duty(guide, hours(12, 13)))
    hand.write(f"UPDATE visit SET state = '{off}'")
    told = "SELECT state, sequence, version FROM assignment ORDER BY id"
    assert hand.rows(told) == [("released", 1, 2), ("released", 1, 2), ("refused", 0, 1), ("asked", 0, 1)]
    hand.write(ground.duty(guide, hours(10, 11)))


def test_the_calendar_is_told_of_a_release_by_a_later_stamp(hand: Hand, ground):
    visit = hand.number_of(ground.stop("visit", hours(10, 11)))
    hand.write(ground.duty(ground.new_resource(), hours(10, 11), visit_id=visit))
    hand.write("UPDATE visit SET state = 'cancelled'")
    assert hand.rows("SELECT count(*) FROM assignment WHERE stamped_at > asked_at") == [(1,)]


@pytest.mark.parametrize("state", sorted(OCCUPYING - {VisitState.HELD}))
def test_who_goes_along_stays_so_while_the_visit_stands(hand: Hand, ground, state):
    visit = hand.number_of(ground.stop("visit", hours(10, 11)))
    hand.write(ground.duty(ground.new_resource(), hours(10, 11), visit_id=visit, state="'accepted'"))
    hand.write(f"UPDATE visit SET state = '{state}'")
    assert hand.rows("SELECT state FROM assignment") == [("accepted",)]


def test_a_duty_is_of_the_delegation_of_its_visit_and_its_part(hand: Hand, ground):
    law = "assignment_of_its_delegation"
    guide, others = ground.new_resource(), make.delegation("Hanoi planning office")
    visit = hand.number_of(ground.stop("visit", hours(10, 11)))
    theirs = ground.new_part(5, of=others)
    for given in ({"visit_id": visit, "delegation_id": others.id}, {"part_id": theirs}):
        assert hand.law_against(ground.duty(guide, hours(10, 11), **given)) == law
    hand.write(ground.duty(guide, hours(10, 11), visit_id=visit))
    assert hand.law_against(f"UPDATE assignment SET delegation_id = {others.id}") == law
    assert hand.law_against(f"UPDATE assignment SET part_id = {theirs}") == law
    assert hand.law_against(f"UPDATE visit SET delegation_id = {others.id}") == law


def test_what_is_on_duty_is_not_dropped(hand: Hand, ground):
    part, visit = ground.new_part(5), hand.number_of(ground.stop("visit", hours(10, 11)))
    hand.write(ground.leave(ground.new_resource(), hours(10, 11)))
    hand.write("DELETE FROM resource")
    hand.write(ground.duty(ground.new_resource(), hours(10, 11), visit_id=visit, part_id=part))
    assert hand.law_against("DELETE FROM resource") == "fk_assignment_resource_id"
    assert hand.law_against("DELETE FROM visit") == "fk_assignment_visit_id"
    assert hand.law_against("DELETE FROM part") == "fk_assignment_part_id"
    hand.write("UPDATE assignment SET visit_id = NULL, part_id = NULL")
    hand.write("DELETE FROM visit")
    assert hand.law_against("DELETE FROM delegation") == "fk_assignment_delegation_id"


def test_a_duty_of_nobody_is_refused(hand: Hand, ground):
    assert hand.law_against(ground.duty(999999, hours(10, 11))) == "fk_assignment_resource_id"
