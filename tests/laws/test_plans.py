"""The laws of the whole visit are asked at every stop: each finds the stops of one delegation by an index."""

import pytest

from tests.laws.by_hand import Hand
from tests.laws.whole_visit import Ground, hours

QUESTIONS = {
    "SELECT * FROM whereabouts WHERE of_table = 'visit' AND id = 7": {"visit"},
    "SELECT * FROM whereabouts WHERE delegation_id = 7 AND starts_at < {at} AND ends_at > {at}": {
        "visit",
        "engagement",
    },
    "SELECT * FROM whereabouts WHERE delegation_id = 7 AND part_id = 8": {"visit", "engagement"},
    "SELECT 1 FROM assignment WHERE visit_id = 7": {"assignment"},
    "SELECT 1 FROM visit WHERE part_id = 7": {"visit"},
}


@pytest.mark.parametrize("hand_of_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_stop_of_others_is_read(hand: Hand, question):
    plan = " ".join(str(row[-1]) for row in hand.rows(f"EXPLAIN QUERY PLAN {_asked(hand, question)}"))
    assert " USING " in plan
    assert [name for name in ("v", "e", "visit", "engagement") if f"SCAN {name} " in f"{plan} "] == []


@pytest.mark.parametrize("hand_of_engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("question", QUESTIONS)
def test_postgresql_finds_them_by_an_index_too(hand: Hand, question):
    hand.write("SET enable_seqscan = off")
    plan = " ".join(row[0] for row in hand.rows(f"EXPLAIN {_asked(hand, question)}"))
    hand.write("RESET enable_seqscan")
    assert [name for name in ("visit", "engagement") if f"Seq Scan on {name}" in plan] == []
    assert all(f"on {name}" in plan or f"on ix_{name}" in plan for name in QUESTIONS[question])


@pytest.mark.parametrize("hand_of_engine", ["sqlite"], indirect=True)
def test_a_stop_among_many_costs_as_many_steps_as_one_among_few(hand: Hand):
    """Counted in the steps of SQLite's own machine, which no other work on the computer disturbs."""
    ground = Ground(hand)
    for hour in range(8, 12):
        hand.write(ground.engagement(hours(hour, hour + 1)))
    few = _steps(hand, ground.engagement(hours(20, 21)))
    others = Ground(hand, site=ground.site)
    hand.write(f"UPDATE delegation SET headcount = 5000 WHERE id = {others.guests.id}")
    for hour in range(0, 8):
        part = others.new_part(5)
        for _ in range(50):
            hand.write(others.engagement(hours(hour, hour + 0.5), 1, others.new_part(1)))
        hand.write(others.engagement(hours(hour, hour + 0.5), 1, part))
    assert _steps(hand, ground.engagement(hours(21, 22))) < 1.5 * few


def _steps(hand: Hand, statement: str) -> int:
    counted = []
    hand.connection.set_progress_handler(lambda: counted.append(1) and 0, 10)
    hand.write(statement)
    hand.connection.set_progress_handler(None, 0)
    return len(counted)


def _asked(hand: Hand, question: str) -> str:
    return question.format(at=hand.instant(hours(10, 11)[0]))
