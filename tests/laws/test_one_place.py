"""No delegation is ever in two places at once, whatever is typed."""

import pytest

from scheduler.core.lifecycle import OCCUPYING, VisitState
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import HOLD_UNTIL, Hand

LAW = "visit_one_place_at_a_time"
OTHERS = sorted(set(VisitState) - OCCUPYING)


@pytest.fixture
def tours(hand: Hand):
    """The tours of two sites."""
    return make.tour(make.site()), make.tour(make.site("DMC"))


@pytest.fixture
def guests(hand: Hand, tours):
    """A delegation that is at the first site from ten to eleven."""
    who = make.delegation()
    hand.write(hand.visit(who, make.tour_session(tours[0], seoul(14, 10)), 5))
    return who


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_second_place_at_the_same_hour_is_refused(hand: Hand, tours, guests, minute):
    elsewhere = make.tour_session(tours[1], seoul(14, 10, minute))
    assert hand.law_against(hand.visit(guests, elsewhere, 5)) == LAW


@pytest.mark.parametrize("hour", [9, 11])
def test_hours_that_touch_are_accepted(hand: Hand, tours, guests, hour):
    hand.write(hand.visit(guests, make.tour_session(tours[1], seoul(14, hour)), 5))
    assert hand.rows("SELECT count(*) FROM visit") == [(2,)]


def test_a_long_stop_around_a_short_one_is_refused(hand: Hand, tours, guests):
    around = make.tour_session(tours[1], seoul(14, 9), ends_at=seoul(14, 17))
    assert hand.law_against(hand.visit(guests, around, 5)) == LAW


def test_a_stop_that_began_the_evening_before_is_refused(hand: Hand, tours, guests):
    night = make.tour_session(tours[1], seoul(13, 20), ends_at=seoul(14, 10, 1))
    assert hand.law_against(hand.visit(guests, night, 5)) == LAW


@pytest.mark.parametrize("state", sorted(OCCUPYING))
def test_every_state_that_occupies_keeps_others_out(hand: Hand, tours, guests, state):
    back = f"UPDATE visit SET state = '{state}', hold_until = {hand.instant(HOLD_UNTIL)}"
    hand.write(back)
    elsewhere = make.tour_session(tours[1], seoul(14, 10, 30))
    assert hand.law_against(hand.visit(guests, elsewhere, 5, state)) == LAW
    hand.write(hand.visit(guests, elsewhere, 5, "cancelled"))
    assert hand.law_against(f"{back} WHERE state = 'cancelled'") == LAW


@pytest.mark.parametrize("state", OTHERS)
def test_a_visit_called_off_is_nowhere(hand: Hand, tours, guests, state):
    hand.write(f"UPDATE visit SET state = '{state}'")
    hand.write(hand.visit(guests, make.tour_session(tours[1], seoul(14, 10)), 5))
    assert hand.rows("SELECT count(*) FROM visit") == [(2,)]


def test_the_same_session_twice_is_two_places_too(hand: Hand, tours, guests):
    again = hand.visit(guests, make.tour_session(tours[0], seoul(14, 10, 30)), 4)
    assert hand.law_against(again) == LAW


def test_a_visit_given_to_a_delegation_that_is_elsewhere_is_refused(hand: Hand, tours, guests):
    others = make.delegation("Bangkok officials")
    hand.write(hand.visit(others, make.tour_session(tours[1], seoul(14, 10, 30)), 6))
    given = f"UPDATE visit SET delegation_id = {guests.id} WHERE headcount = 6"
    assert hand.law_against(given) == LAW


def test_a_session_moved_over_the_other_is_refused(hand: Hand, tours, guests):
    later = make.tour_session(tours[1], seoul(14, 11))
    hand.write(hand.visit(guests, later, 5))
    earlier = f"UPDATE tour_session SET starts_at = {hand.instant(seoul(14, 10, 59))} WHERE id = {later.id}"
    assert hand.law_against(earlier) == LAW


def test_a_session_lengthened_into_the_other_is_refused(hand: Hand, tours, guests):
    hand.write(hand.visit(guests, make.tour_session(tours[1], seoul(14, 11)), 5))
    end = hand.instant(seoul(14, 11, 1))
    longer = f"UPDATE tour_session SET ends_at = {end}, clear_at = {end} WHERE tour_id = {tours[0].id}"
    assert hand.law_against(longer) == LAW


def test_two_visits_of_one_statement_are_weighed_together(hand: Hand, tours, guests):
    for hour in (13, 15):
        hand.write(hand.visit(guests, make.tour_session(tours[1], seoul(14, hour)), 5))
    together = (
        f"UPDATE tour_session SET ends_at = {hand.instant(seoul(14, 15, 30))}, "
        f"clear_at = {hand.instant(seoul(14, 15, 30))} WHERE starts_at = {hand.instant(seoul(14, 13))}"
    )
    assert hand.law_against(together) == LAW


def test_a_visit_has_the_site_and_the_times_of_its_session(hand: Hand, tours, guests):
    law = "fk_visit_tour_session"
    assert hand.law_against(f"UPDATE visit SET starts_at = {hand.instant(seoul(14, 10, 1))}") == law
    assert hand.law_against(f"UPDATE visit SET ends_at = {hand.instant(seoul(14, 10, 59))}") == law
    assert hand.law_against(f"UPDATE visit SET site_id = {tours[1].site_id}") == law
    assert hand.law_against("UPDATE visit SET tour_session_id = 999999") == law
    assert hand.law_against("DELETE FROM tour_session") == law
