"""PostgreSQL's transactions and the whole visit: no two half-seen stops, parts or duties pass together."""

import threading

import psycopg
import pytest
from psycopg import IsolationLevel

from scheduler.words.law_words import law_in
from tests.laws.by_hand import Hand
from tests.laws.whole_visit import Ground, hours

pytestmark = pytest.mark.parametrize("hand_of_engine", ["postgresql"], indirect=True)
SNAPSHOTS = [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE]
# What two people type at once, each of it right alone, and the law against having both.
PAIRS = [
    pytest.param("the whole here", "the whole at lunch", "visit_one_place_at_a_time", id="one body"),
    pytest.param(
        "the first part here", "the whole at lunch", "visit_one_place_at_a_time", id="part and whole"
    ),
    pytest.param(
        "the first part here", "the first part at lunch", "visit_one_place_at_a_time", id="one part"
    ),
    pytest.param("the whole at lunch", "fewer guests", "delegation_headcount", id="fewer guests"),
    pytest.param("the first part at lunch", "a smaller first part", "part_headcount", id="a smaller part"),
    pytest.param("the first part here", "another division", "visit_one_place_at_a_time", id="divisions"),
    pytest.param("a new part", "another new part", "division_headcount", id="new parts"),
    pytest.param("a new part", "hardly fewer guests", "division_headcount", id="parts and guests"),
    pytest.param("the bus here", "the bus for the day", "resource_one_place_at_a_time", id="one bus"),
    pytest.param("the bus here", "fewer seats", "vehicle_seats", id="seats"),
    pytest.param("leave", "other leave", "leave_once_at_a_time", id="leave"),
]
both_ways = pytest.mark.parametrize("is_turned", [False, True], ids=["", "turned"])
each_pair = pytest.mark.parametrize(("first", "second", "law"), PAIRS)


@pytest.fixture
def typed(hand: Hand) -> dict[str, str]:
    """Statements about a delegation of 47 with two parts of 20, the second of which is out already."""
    ground = Ground(hand)
    first, second = ground.new_part(20), ground.new_part(20)
    hand.write(ground.engagement(hours(10, 11), 20, second))
    bus = ground.new_resource("vehicle", 45)
    at_ten = hours(10, 11)
    return {
        "the whole here": ground.stop("visit", hours(13, 14), 47),
        "the whole at lunch": ground.engagement(hours(13.5, 14.5), 47),
        "the first part here": ground.stop("visit", hours(10, 14), 20, first),
        "the first part at lunch": ground.engagement(hours(13, 14), 20, first),
        "fewer guests": f"UPDATE delegation SET headcount = 40 WHERE id = {ground.guests.id}",
        "hardly fewer guests": f"UPDATE delegation SET headcount = 46 WHERE id = {ground.guests.id}",
        "a smaller first part": f"UPDATE part SET headcount = 19 WHERE id = {first}",
        "another division": f"UPDATE part SET division = 'Lunch' WHERE id = {second}",
        "a new part": ground.part(7),
        "another new part": ground.part(6),
        "the bus here": ground.duty(bus, at_ten, headcount=40),
        "the bus for the day": ground.duty(bus, hours(9, 17), headcount=40),
        "fewer seats": f"UPDATE resource SET seats = 30 WHERE id = {bus}",
        "leave": ground.leave(bus, hours(12, 13)),
        "other leave": ground.leave(bus, hours(12.5, 14)),
    }


@each_pair
@both_ways
@pytest.mark.parametrize("level", SNAPSHOTS)
def test_who_read_before_the_other_wrote_fails(
    hand: Hand, other_hand: Hand, typed, first, second, law, is_turned, level
):
    earlier, later = (second, first) if is_turned else (first, second)
    _begin(hand, level)
    hand.rows("SELECT 1 FROM delegation")
    other_hand.write(typed[earlier])
    with pytest.raises(psycopg.DatabaseError) as refused:
        hand.write(typed[later])
    hand.connection.rollback()
    assert isinstance(refused.value, psycopg.errors.SerializationFailure) or law_in(str(refused.value)) == law


@each_pair
@both_ways
def test_who_comes_second_waits_and_then_sees_the_first(
    hand: Hand, other_hand: Hand, typed, first, second, law, is_turned
):
    earlier, later = (second, first) if is_turned else (first, second)
    _begin(hand, IsolationLevel.READ_COMMITTED)
    hand.write(typed[earlier])
    told: list[str | None] = []
    waiting = threading.Thread(target=lambda: told.append(_law(other_hand, typed[later])))
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    hand.connection.commit()
    waiting.join()
    assert told == [law]


def test_who_waits_for_one_that_gives_up_goes_ahead(hand: Hand, other_hand: Hand, typed):
    _begin(hand, IsolationLevel.READ_COMMITTED)
    hand.write(typed["the whole here"])
    told: list[str | None] = []
    waiting = threading.Thread(target=lambda: told.append(_law(other_hand, typed["the whole at lunch"])))
    waiting.start()
    waiting.join(0.1)
    hand.connection.rollback()
    waiting.join()
    assert told == [None]
    assert hand.rows("SELECT count(*) FROM whereabouts") == [(2,)]


def test_who_waits_for_one_that_does_no_harm_goes_ahead(hand: Hand, other_hand: Hand, typed):
    _begin(hand, IsolationLevel.READ_COMMITTED)
    hand.write(typed["the first part here"])
    told: list[str | None] = []
    waiting = threading.Thread(target=lambda: told.append(_law(other_hand, typed["fewer guests"])))
    waiting.start()
    waiting.join(0.1)
    hand.connection.commit()
    waiting.join()
    assert told == [None]
    assert hand.rows("SELECT headcount FROM delegation") == [(40,)]


def _begin(hand: Hand, level: IsolationLevel) -> None:
    """From here on nothing is committed until we say so."""
    hand.connection.execute(f"BEGIN ISOLATION LEVEL {level.name.replace('_', ' ')}")


def _law(hand: Hand, statement: str) -> str | None:
    try:
        hand.connection.execute(statement)
    except psycopg.IntegrityError as refused:
        return law_in(str(refused))
    return None
