"""No session ever holds more people than it has places, whatever is typed."""

import pytest

from scheduler.core.lifecycle import OCCUPYING, VisitState
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import HOLD_UNTIL, VISIT_COLUMNS, Hand

OTHERS = sorted(set(VisitState) - OCCUPYING)


@pytest.fixture
def round_of_30(hand: Hand):
    """A session of thirty places with twenty people in it."""
    tour = make.tour(make.site())
    made = make.tour_session(tour, seoul(14, 10))
    make.visit(make.delegation(headcount=40), made, 20)
    return made


@pytest.fixture
def guests(hand: Hand):
    return make.delegation("Bangkok officials", headcount=30)


def test_one_person_too_many_is_refused(hand: Hand, round_of_30, guests):
    assert hand.law_against(hand.visit(guests, round_of_30, 11)) == "session_places"


def test_exactly_full_is_accepted(hand: Hand, round_of_30, guests):
    hand.write(hand.visit(guests, round_of_30, 10))
    assert hand.load_of(round_of_30) == (30, 2)


@pytest.mark.parametrize("state", sorted(OCCUPYING))
def test_every_state_that_occupies_is_counted(hand: Hand, round_of_30, guests, state):
    assert hand.law_against(hand.visit(guests, round_of_30, 11, state)) == "session_places"


@pytest.mark.parametrize("state", OTHERS)
def test_a_visit_called_off_takes_no_places(hand: Hand, round_of_30, guests, state):
    hand.write(hand.visit(guests, round_of_30, 11, state))
    assert hand.load_of(round_of_30) == (20, 1)


@pytest.mark.parametrize("called_off", OTHERS)
def test_a_visit_called_off_cannot_come_back_into_a_full_session(hand: Hand, round_of_30, guests, called_off):
    hand.write(hand.visit(guests, round_of_30, 11, called_off))
    for state in sorted(OCCUPYING):
        back = f"UPDATE visit SET state = '{state}', hold_until = {hand.instant(HOLD_UNTIL)}"
        assert hand.law_against(f"{back} WHERE headcount = 11") == "session_places"


def test_a_visit_called_off_comes_back_where_it_fits(hand: Hand, round_of_30, guests):
    hand.write(hand.visit(guests, round_of_30, 10, "cancelled"))
    hand.write("UPDATE visit SET state = 'requested' WHERE state = 'cancelled'")
    assert hand.load_of(round_of_30) == (30, 2)


def test_an_unknown_state_is_refused(hand: Hand, round_of_30):
    assert hand.law_against("UPDATE visit SET state = 'HELD'") is None


def test_a_headcount_raised_too_far_is_refused(hand: Hand, round_of_30):
    assert hand.law_against("UPDATE visit SET headcount = 31") == "session_places"


def test_a_headcount_raised_to_the_last_place_is_accepted(hand: Hand, round_of_30):
    hand.write("UPDATE visit SET headcount = 30")
    assert hand.load_of(round_of_30) == (30, 1)


def test_other_bookings_count_as_visits_do(hand: Hand, round_of_30):
    hand.write(hand.other(round_of_30, 10))
    assert hand.load_of(round_of_30) == (30, 2)
    assert hand.law_against("UPDATE other_booking SET headcount = 11") == "session_places"
    assert hand.law_against(hand.other(round_of_30, 1)) == "session_places"


def test_a_visit_pointed_at_a_full_session_is_refused(hand: Hand, round_of_30, guests):
    later = make.tour_session(round_of_30.tour, seoul(14, 13), places=19)
    assert hand.law_against(_point_at(hand, later)) == "session_places"


def test_a_visit_pointed_at_another_session_takes_its_load_along(hand: Hand, round_of_30, guests):
    later = make.tour_session(round_of_30.tour, seoul(14, 13), places=20)
    hand.write(_point_at(hand, later))
    assert (hand.load_of(round_of_30), hand.load_of(later)) == ((0, 0), (20, 1))


def test_an_other_booking_pointed_at_a_full_session_is_refused(hand: Hand, round_of_30):
    later = make.tour_session(round_of_30.tour, seoul(14, 13))
    hand.write(hand.other(later, 11))
    moved = f"UPDATE other_booking SET tour_session_id = {round_of_30.id}"
    assert hand.law_against(moved) == "session_places"


def test_many_rows_in_one_statement_are_all_refused(hand: Hand, round_of_30):
    _eleven_delegations()
    assert hand.law_against(_one_each(hand, round_of_30)) == "session_places"
    hand.write("DELETE FROM delegation WHERE name = 'Delegation 10'")
    assert hand.write(_one_each(hand, round_of_30)) == 10
    assert hand.load_of(round_of_30) == (30, 11)


def test_many_headcounts_raised_in_one_statement_are_all_refused(hand: Hand, round_of_30):
    _eleven_delegations()
    hand.write(_one_each(hand, round_of_30) + " AND name < 'Delegation 06'")
    assert hand.load_of(round_of_30) == (26, 7)
    assert hand.law_against("UPDATE visit SET headcount = headcount + 1") == "session_places"


def test_deleting_frees_the_places(hand: Hand, round_of_30):
    hand.write("DELETE FROM visit")
    assert hand.load_of(round_of_30) == (0, 0)


@pytest.mark.parametrize("typed", ["places_taken = 0", "places_taken = 21", "groups_taken = 0"])
def test_the_count_cannot_be_typed(hand: Hand, round_of_30, typed):
    assert hand.law_against(f"UPDATE tour_session SET {typed}") == "session_load_is_counted"


def test_a_new_session_begins_empty(hand: Hand, round_of_30):
    made = (
        "INSERT INTO tour_session (tour_id, site_id, starts_at, ends_at, clear_at, places, places_taken) "
        f"VALUES ({round_of_30.tour_id}, {round_of_30.site_id}, {hand.instant(seoul(15, 10))}, "
        f"{hand.instant(seoul(15, 11))}, {hand.instant(seoul(15, 11))}, 30, 1)"
    )
    assert hand.law_against(made) == "session_load_is_counted"


def test_fewer_places_than_are_taken_need_a_line_in_the_journal(hand: Hand, round_of_30):
    assert hand.law_against("UPDATE tour_session SET places = 19") == "session_places"


def test_as_many_places_as_are_taken_need_none(hand: Hand, round_of_30):
    hand.write("UPDATE tour_session SET places = 20")
    assert hand.load_of(round_of_30) == (20, 1)


def test_a_line_about_something_else_is_no_line(hand: Hand, round_of_30):
    line = hand.journal_line("tour_session", round_of_30.id + 1)
    assert hand.law_against(_lowered(19, line)) == "session_places"


def test_a_line_of_long_ago_is_no_line(hand: Hand, round_of_30):
    old, new = (hand.journal_line("tour_session", round_of_30.id) for _ in range(2))
    hand.write(_lowered(19, new))
    assert hand.law_against(_lowered(18, old)) == "session_places"
    assert hand.law_against(_lowered(18, new)) == "session_places"
    assert hand.law_against(_lowered(18, "NULL")) == "session_places"


@pytest.mark.parametrize("subject", ["tour_session", "tour"])
def test_until_the_load_is_back_nothing_can_be_added(hand: Hand, round_of_30, guests, subject):
    about = round_of_30.id if subject == "tour_session" else round_of_30.tour_id
    hand.write(_lowered(12, hand.journal_line(subject, about)))
    assert hand.law_against(hand.visit(guests, round_of_30, 1)) == "session_places"
    assert hand.law_against(hand.other(round_of_30, 1)) == "session_places"
    assert hand.law_against("UPDATE visit SET headcount = 21") == "session_places"
    hand.write("UPDATE visit SET headcount = 13")
    assert hand.law_against(hand.visit(guests, round_of_30, 1)) == "session_places"
    hand.write("UPDATE visit SET headcount = 11")
    hand.write(hand.visit(guests, round_of_30, 1))
    assert hand.load_of(round_of_30) == (12, 2)


def _lowered(places: int, line: int | str) -> str:
    return f"UPDATE tour_session SET places = {places}, limits_journal_id = {line}"


def _point_at(hand: Hand, where) -> str:
    return (
        f"UPDATE visit SET tour_session_id = {where.id}, starts_at = {hand.instant(where.starts_at)}, "
        f"ends_at = {hand.instant(where.ends_at)}"
    )


def _eleven_delegations() -> None:
    for number in range(11):
        make.delegation(f"Delegation {number:02}")


def _one_each(hand: Hand, where) -> str:
    return (
        f"INSERT INTO visit ({VISIT_COLUMNS}, delegation_id, uid) "
        f"SELECT {hand.of_visit(where, 1)}, id, name FROM delegation WHERE name LIKE 'Delegation%'"
    )
