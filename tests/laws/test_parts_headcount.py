"""Nowhere are more people of a delegation at once than it has, and a part has no more than it was given."""

import pytest

from tests import make
from tests.laws.by_hand import Hand
from tests.laws.whole_visit import Ground, hours

AT_ONCE = "delegation_headcount"
OF_DIVISION = "division_headcount"
KINDS = ("visit", "engagement")
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def ground(hand: Hand) -> Ground:
    return Ground(hand)


@each_kind
def test_a_stop_has_no_more_people_than_the_delegation(hand: Hand, ground, kind):
    assert hand.law_against(ground.stop(kind, hours(10, 11), 48)) == AT_ONCE
    hand.write(ground.stop(kind, hours(10, 11), 47))
    assert hand.law_against(f"UPDATE {kind} SET headcount = 48") == AT_ONCE


@each_kind
def test_a_stop_of_a_part_has_no_more_people_than_the_part(hand: Hand, ground, kind):
    part = ground.new_part(20)
    assert hand.law_against(ground.stop(kind, hours(10, 11), 21, part)) == "part_headcount"
    hand.write(ground.stop(kind, hours(10, 11), 20, part))
    assert hand.law_against(f"UPDATE {kind} SET headcount = 21") == "part_headcount"


@each_kind
def test_a_part_does_not_shrink_below_its_stops(hand: Hand, ground, kind):
    part = ground.new_part(20)
    hand.write(ground.stop(kind, hours(10, 11), 15, part))
    assert hand.law_against("UPDATE part SET headcount = 14") == "part_headcount"
    hand.write("UPDATE part SET headcount = 15")
    hand.write(f"UPDATE {kind} SET state = 'cancelled'")
    hand.write("UPDATE part SET headcount = 1")
    assert hand.law_against(f"UPDATE {kind} SET state = '{_standing(kind)}'") == "part_headcount"


@each_kind
def test_a_delegation_does_not_shrink_below_who_is_out_at_once(hand: Hand, ground, kind):
    for hour in (10, 10.5):
        hand.write(ground.stop(kind, hours(hour, hour + 1), 10, ground.new_part(10)))
    hand.write(ground.stop(kind, hours(13, 14), 25))
    hand.write(f"UPDATE delegation SET headcount = 25 WHERE id = {ground.guests.id}")
    assert hand.law_against("UPDATE delegation SET headcount = 24") == AT_ONCE
    hand.write(f"UPDATE {kind} SET state = 'cancelled' WHERE part_id IS NULL")
    hand.write("UPDATE delegation SET headcount = 20")


def test_the_parts_of_a_division_are_together_no_more_than_the_delegation(hand: Hand, ground):
    first = ground.new_part(30)
    assert hand.law_against(ground.part(18)) == OF_DIVISION
    hand.write(ground.part(17))
    assert hand.law_against(f"UPDATE part SET headcount = 31 WHERE id = {first}") == OF_DIVISION
    assert hand.law_against(ground.part(48, "Lunch or prayer")) == OF_DIVISION
    hand.write(ground.part(47, "Lunch or prayer"))


def test_a_part_is_not_moved_to_a_division_that_would_be_too_many(hand: Hand, ground):
    ground.new_part(30)
    other = ground.new_part(30, "Lunch or prayer")
    moved = f"UPDATE part SET division = 'Museum or plant' WHERE id = {other}"
    assert hand.law_against(moved) == OF_DIVISION


def test_parts_of_one_statement_are_added_up(hand: Hand, ground):
    two = (
        "INSERT INTO part (delegation_id, division, name, headcount) "
        f"VALUES ({ground.guests.id}, 'Day', 'A', 24), ({ground.guests.id}, 'Day', 'B', 24)"
    )
    assert hand.law_against(two) == OF_DIVISION
    assert hand.write(two.replace("24", "23")) == 2
    assert hand.law_against("UPDATE part SET headcount = headcount + 1") == OF_DIVISION


def test_a_delegation_does_not_shrink_below_its_parts(hand: Hand, ground):
    for headcount in (20, 15):
        ground.new_part(headcount)
    assert hand.law_against("UPDATE delegation SET headcount = 34") == OF_DIVISION
    hand.write("UPDATE delegation SET headcount = 35")
    hand.write("UPDATE delegation SET headcount = 50")


def test_a_part_of_no_delegation_is_refused(hand: Hand, ground):
    nobodys = ground.part(5).replace(f"({ground.guests.id},", "(999999,")
    assert hand.law_against(nobodys) == "fk_part_delegation_id"


def test_a_delegation_goes_with_its_parts_but_not_from_under_its_stops(hand: Hand, ground):
    ground.new_part(5)
    lunch = hand.number_of(ground.engagement(hours(10, 11)))
    assert hand.law_against("DELETE FROM delegation") == "fk_engagement_delegation_id"
    hand.write(f"DELETE FROM engagement WHERE id = {lunch}")
    visit = hand.number_of(ground.stop("visit", hours(10, 11)))
    assert hand.law_against("DELETE FROM delegation") == "fk_visit_delegation_id"
    hand.write(f"DELETE FROM visit WHERE id = {visit}")
    hand.write("DELETE FROM delegation")
    assert hand.rows("SELECT * FROM part") == []


def test_the_delegations_own_revision_is_no_news_to_its_hosts(hand: Hand, ground):
    hand.write(ground.stop("visit", hours(10, 11)))
    before = hand.rows("SELECT revision FROM site")
    make.delegation("Hanoi planning office")
    hand.write(ground.engagement(hours(12, 13)))
    assert hand.rows("SELECT revision FROM site") == before


def _standing(kind: str) -> str:
    return "requested" if kind == "visit" else "planned"
