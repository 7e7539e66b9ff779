"""No body is in two places at once, whether it comes as a delegation or as a part, to a visit or to lunch."""

import pytest

from scheduler.core.lifecycle import OCCUPYING, VisitState
from tests import make
from tests.laws.by_hand import HOLD_UNTIL, Hand
from tests.laws.whole_visit import Ground, hours

LAW = "visit_one_place_at_a_time"
KINDS = ("visit", "engagement")
each_pair = pytest.mark.parametrize("kinds", [(a, b) for a in KINDS for b in KINDS], ids="-".join)
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def ground(hand: Hand) -> Ground:
    return Ground(hand)


@each_pair
def test_the_whole_delegation_is_at_one_place(hand: Hand, ground, kinds):
    hand.write(ground.stop(kinds[0], hours(10, 11)))
    assert hand.law_against(ground.stop(kinds[1], hours(10.5, 11.5))) == LAW
    assert hand.law_against(ground.stop(kinds[1], hours(9, 17))) == LAW


@each_pair
def test_one_part_is_at_one_place(hand: Hand, ground, kinds):
    part = ground.new_part(20)
    hand.write(ground.stop(kinds[0], hours(10, 11), part=part))
    assert hand.law_against(ground.stop(kinds[1], hours(10.5, 11.5), part=part)) == LAW


@each_pair
def test_a_part_is_where_the_whole_is(hand: Hand, ground, kinds):
    part = ground.new_part(20)
    hand.write(ground.stop(kinds[0], hours(10, 11)))
    assert hand.law_against(ground.stop(kinds[1], hours(10.5, 11.5), part=part)) == LAW


@each_pair
def test_the_whole_is_where_its_part_is(hand: Hand, ground, kinds):
    part = ground.new_part(20)
    hand.write(ground.stop(kinds[0], hours(10, 11), part=part))
    assert hand.law_against(ground.stop(kinds[1], hours(10.5, 11.5))) == LAW


@each_pair
def test_parts_of_different_divisions_may_be_the_same_people(hand: Hand, ground, kinds):
    hand.write(ground.stop(kinds[0], hours(10, 11), part=ground.new_part(20)))
    others = ground.new_part(20, "Lunch or prayer")
    assert hand.law_against(ground.stop(kinds[1], hours(10.5, 11.5), part=others)) == LAW


@each_pair
def test_parts_of_one_division_go_their_own_ways(hand: Hand, ground, kinds):
    for kind in kinds:
        hand.write(ground.stop(kind, hours(10, 11), part=ground.new_part(20)))
    assert hand.rows("SELECT count(*) FROM whereabouts") == [(2,)]


@each_pair
def test_hours_that_touch_are_accepted(hand: Hand, ground, kinds):
    part = ground.new_part(20)
    hand.write(ground.stop(kinds[0], hours(10, 11), part=part))
    hand.write(ground.stop(kinds[1], hours(11, 12), part=part))
    hand.write(ground.stop(kinds[1], hours(9, 10)))
    assert hand.rows("SELECT count(*) FROM whereabouts") == [(3,)]


def test_divisions_of_another_delegation_are_no_concern(hand: Hand, ground):
    hand.write(ground.engagement(hours(10, 11), part=ground.new_part(20)))
    ground.guests = make.delegation("Hanoi planning office")
    hand.write(ground.engagement(hours(10, 11), part=ground.new_part(5, "Lunch or prayer")))


@pytest.mark.parametrize("state", sorted(set(VisitState) - OCCUPYING))
def test_a_visit_called_off_comes_back_only_when_its_people_are_free(hand: Hand, ground, state):
    hand.write(ground.stop("visit", hours(10, 11)))
    hand.write(f"UPDATE visit SET state = '{state}'")
    lunch = hand.number_of(ground.engagement(hours(10.5, 11.5)))
    for back in sorted(OCCUPYING):
        told = f"UPDATE visit SET state = '{back}', hold_until = {hand.instant(HOLD_UNTIL)}"
        assert hand.law_against(told) == LAW
    hand.write(f"UPDATE engagement SET state = 'cancelled' WHERE id = {lunch}")
    hand.write("UPDATE visit SET state = 'requested'")
    assert hand.law_against("UPDATE engagement SET state = 'planned'") == LAW


@each_kind
def test_an_engagement_is_not_moved_over_another_stop(hand: Hand, ground, kind):
    hand.write(ground.stop(kind, hours(10, 11)))
    lunch = hand.number_of(ground.engagement(hours(12, 13)))
    assert hand.law_against(ground.moved("engagement", lunch, hours(10.5, 12))) == LAW
    hand.write(ground.moved("engagement", lunch, hours(11, 12)))


@each_kind
def test_a_session_is_not_moved_over_another_stop_of_its_guests(hand: Hand, ground, kind):
    hand.write(ground.stop(kind, hours(10, 11)))
    session = ground.session(hours(12, 13))
    hand.write(hand.visit(ground.guests, session, 5))
    moved = ground.moved("tour_session", session.id, hours(10.5, 11.5))
    assert hand.law_against(moved) == LAW


def test_a_session_is_moved_beside_the_stop_of_another_part(hand: Hand, ground):
    first, second = ground.new_part(20), ground.new_part(20)
    hand.write(ground.stop("engagement", hours(10, 11), part=first))
    session = ground.session(hours(12, 13))
    visit = hand.number_of(hand.visit(ground.guests, session, 5, part=second))
    hand.write(ground.moved("tour_session", session.id, hours(10.5, 11.5)))
    assert hand.law_against(f"UPDATE visit SET part_id = {first} WHERE id = {visit}") == LAW
    assert hand.law_against(f"UPDATE visit SET part_id = NULL WHERE id = {visit}") == LAW


def test_an_engagement_is_not_given_to_a_part_that_is_elsewhere(hand: Hand, ground):
    first, second = ground.new_part(20), ground.new_part(20)
    hand.write(ground.stop("visit", hours(10, 11), part=first))
    lunch = hand.number_of(ground.engagement(hours(10.5, 11.5), part=second))
    for part in (first, "NULL"):
        assert hand.law_against(f"UPDATE engagement SET part_id = {part} WHERE id = {lunch}") == LAW


@each_pair
def test_a_part_is_not_moved_to_a_division_whose_parts_are_elsewhere(hand: Hand, ground, kinds):
    parts = [ground.new_part(20) for _ in kinds]
    for kind, part in zip(kinds, parts, strict=True):
        hand.write(ground.stop(kind, hours(10, 11), part=part))
    assert hand.law_against(f"UPDATE part SET division = 'Lunch' WHERE id = {parts[1]}") == LAW
    hand.write(f"DELETE FROM {kinds[0]} WHERE part_id = {parts[0]}")
    hand.write(f"UPDATE part SET division = 'Lunch' WHERE id = {parts[1]}")


def test_all_parts_of_a_division_may_be_renamed_when_nobody_is_out(hand: Hand, ground):
    for _ in range(2):
        ground.new_part(20)
    hand.write("UPDATE part SET division = 'Morning'")
    assert hand.rows("SELECT DISTINCT division FROM part") == [("Morning",)]


@each_kind
def test_a_part_goes_only_where_its_own_delegation_goes(hand: Hand, ground, kind):
    theirs = ground.new_part(5, of=make.delegation("Hanoi planning office"))
    law = "part_of_its_delegation"
    assert hand.law_against(ground.stop(kind, hours(10, 11), part=theirs)) == law
    hand.write(ground.stop(kind, hours(10, 11), part=ground.new_part(5)))
    assert hand.law_against(f"UPDATE {kind} SET part_id = {theirs}") == law


def test_a_part_stays_with_its_delegation(hand: Hand, ground):
    ground.new_part(5)
    others = make.delegation("Hanoi planning office")
    assert hand.law_against(f"UPDATE part SET delegation_id = {others.id}") == "part_of_its_delegation"


@each_kind
def test_a_stop_of_no_part_and_one_of_no_delegation_are_refused(hand: Hand, ground, kind):
    assert hand.law_against(ground.stop(kind, hours(10, 11), part=999999)) == f"fk_{kind}_part_id"
    hand.write(ground.stop(kind, hours(10, 11)))
    assert hand.law_against(f"UPDATE {kind} SET delegation_id = 999999") == f"fk_{kind}_delegation_id"


@each_kind
def test_a_part_whose_stops_are_there_is_not_dropped(hand: Hand, ground, kind):
    hand.write(ground.stop(kind, hours(10, 11), part=ground.new_part(5)))
    assert hand.law_against("DELETE FROM part") == f"fk_{kind}_part_id"
    hand.write(f"UPDATE {kind} SET state = 'cancelled'")
    assert hand.law_against("DELETE FROM part") == f"fk_{kind}_part_id"


def test_stops_of_one_statement_are_weighed_together(hand: Hand, ground):
    for hour in (9, 11):
        hand.write(ground.engagement(hours(hour, hour + 1)))
    at_eight = hand.instant(hours(8, 9)[0])
    assert hand.law_against(f"UPDATE engagement SET starts_at = {at_eight}") == LAW
