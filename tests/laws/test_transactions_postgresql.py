"""PostgreSQL's transactions: none of its isolation levels lets two half-seen bookings pass together."""

import threading

import psycopg
import pytest
from psycopg import IsolationLevel

from scheduler.words.law_words import law_in
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand

pytestmark = pytest.mark.parametrize("hand_of_engine", ["postgresql"], indirect=True)
SNAPSHOTS = [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE]


@pytest.fixture
def city(hand: Hand):
    """A site that takes thirty at once, two overlapping sessions of thirty, two delegations."""
    tour = make.tour(make.site(people_at_once=30))
    sessions = [make.tour_session(tour, seoul(14, 10, minute)) for minute in (0, 30)]
    return sessions, [make.delegation(name, headcount=30) for name in ("Hanoi", "Bangkok")]


@pytest.mark.parametrize("level", SNAPSHOTS)
@pytest.mark.parametrize("second_session", [0, 1])
def test_a_transaction_that_read_before_another_booked_fails(
    hand: Hand, other_hand: Hand, city, level, second_session
):
    sessions, (hanoi, bangkok) = city
    _begin(hand, level)
    hand.rows("SELECT places_taken FROM tour_session")
    other_hand.write(other_hand.visit(hanoi, sessions[second_session], 20))
    with pytest.raises(psycopg.errors.SerializationFailure):
        hand.write(hand.visit(bangkok, sessions[0], 20))
    hand.connection.rollback()
    assert hand.rows("SELECT sum(places_taken) FROM tour_session") == [(20,)]


@pytest.mark.parametrize("level", SNAPSHOTS)
def test_a_transaction_that_read_before_its_delegation_went_elsewhere_fails(
    hand: Hand, other_hand: Hand, city, level
):
    (here, _), (hanoi, _) = city
    elsewhere = make.tour_session(make.tour(make.site("DMC")), seoul(14, 10))
    _begin(hand, level)
    hand.rows("SELECT count(*) FROM visit")
    other_hand.write(other_hand.visit(hanoi, elsewhere, 1))
    with pytest.raises(psycopg.errors.SerializationFailure):
        hand.write(hand.visit(hanoi, here, 1))
    hand.connection.rollback()
    assert hand.rows("SELECT count(*) FROM visit") == [(1,)]


@pytest.mark.parametrize("level", SNAPSHOTS)
@pytest.mark.parametrize("table", ["site", "tour"])
def test_a_limit_lowered_in_a_transaction_that_read_before_the_booking_fails(
    hand: Hand, other_hand: Hand, city, level, table
):
    sessions, (hanoi, _) = city
    _begin(hand, level)
    hand.rows("SELECT places_taken FROM tour_session")
    other_hand.write(other_hand.visit(hanoi, sessions[0], 20))
    with pytest.raises(psycopg.errors.SerializationFailure):
        hand.write(f"UPDATE {table} SET people_at_once = 10")
    hand.connection.rollback()


@pytest.mark.parametrize("level", SNAPSHOTS)
def test_a_session_moved_in_a_transaction_that_read_before_the_booking_fails(
    hand: Hand, other_hand: Hand, city, level
):
    sessions, (hanoi, bangkok) = city
    later = make.tour_session(sessions[0].tour, seoul(14, 14))
    hand.write(hand.visit(bangkok, later, 20))
    _begin(hand, level)
    hand.rows("SELECT places_taken FROM tour_session")
    other_hand.write(other_hand.visit(hanoi, sessions[0], 20))
    with pytest.raises(psycopg.errors.SerializationFailure):
        hand.write(
            f"UPDATE tour_session SET starts_at = {hand.instant(seoul(14, 10, 15))} WHERE id = {later.id}"
        )
    hand.connection.rollback()


@pytest.mark.parametrize("second_session", [0, 1])
def test_who_comes_second_waits_and_then_sees_the_first(hand: Hand, other_hand: Hand, city, second_session):
    sessions, (hanoi, bangkok) = city
    _begin(hand, IsolationLevel.READ_COMMITTED)
    hand.write(hand.visit(hanoi, sessions[0], 20))
    told: list[str | None] = []
    second = threading.Thread(
        target=lambda: told.append(_law(other_hand, other_hand.visit(bangkok, sessions[second_session], 20)))
    )
    second.start()
    second.join(0.2)
    assert second.is_alive()
    hand.connection.commit()
    second.join()
    assert told == [["session_places", "site_people_at_once"][second_session]]


def test_a_limit_lowered_while_a_booking_is_under_way_waits_for_it(hand: Hand, other_hand: Hand, city):
    sessions, (hanoi, _) = city
    for table in ("site", "tour"):
        _begin(hand, IsolationLevel.READ_COMMITTED)
        hand.write(hand.visit(hanoi, sessions[0], 20))
        told: list[str | None] = []
        lowered = f"UPDATE {table} SET people_at_once = 10"
        second = threading.Thread(
            target=lambda told=told, lowered=lowered: told.append(_law(other_hand, lowered))
        )
        second.start()
        second.join(0.2)
        assert second.is_alive()
        hand.connection.commit()
        second.join()
        assert told == [f"{table}_limits"]
        hand.write("DELETE FROM visit")


def _begin(hand: Hand, level: IsolationLevel) -> None:
    """From here on nothing is committed until we say so."""
    hand.connection.execute(f"BEGIN ISOLATION LEVEL {level.name.replace('_', ' ')}")


def _law(hand: Hand, statement: str) -> str | None:
    try:
        hand.connection.execute(statement)
    except psycopg.IntegrityError as refused:
        return law_in(str(refused))
    return None
