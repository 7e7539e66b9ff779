"""Sixteen at once for what else is scarce: one interpreter, one bus, a part's own hour, two stops as one act,
and places that somebody waits for."""

from collections import Counter
from datetime import timedelta

import pytest

from scheduler.actions.parts import divide
from scheduler.actions.waiting import join_waiting
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.waiting import Waiting
from tests import make, staff
from tests.cast import OFFICER
from tests.races.city import NUMBERS, delegations, loads, monday, tour, visit, visits_at
from tests.races.crowd import CLIENTS, Ask, Reply

pytestmark = pytest.mark.race


def outcomes(replies: list[Reply]) -> Counter[str]:
    return Counter(reply.outcome for reply in replies)


def duties_of(resource_id: int) -> int:
    """How many duties hold a resource."""
    db.session.rollback()
    rows = db.session.query(Assignment).filter_by(resource_id=resource_id)
    return sum(row.state.occupies for row in rows)


def test_one_interpreter_for_sixteen_visits(run):
    wanted = []

    def demands(_number: int) -> list[Ask]:
        interpreter = staff.interpreter("en-ko", name=f"Interpreter {next(NUMBERS)}")
        wanted.append(interpreter.id)
        where = make.tour_session(tour(places=160), monday(10))
        return [
            Ask(f"/visits/{visit(who, where).id}/assignments", {"resource_id": interpreter.id})
            for who in delegations(CLIENTS)
        ]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert outcomes(replies) == {"accepted": 1, "assignee_taken": CLIENTS - 1}
        assert duties_of(wanted[-1]) == 1

    run("one interpreter", demands, judge)


def test_one_bus_for_sixteen_delegations(run):
    """Hours that overlap by half an hour at least; none is the same as the next."""
    wanted = []

    def demands(_number: int) -> list[Ask]:
        bus = staff.vehicle(45, f"Bus {next(NUMBERS)}")
        wanted.append(bus.id)
        asks = []
        for n, who in enumerate(delegations(CLIENTS)):
            starts_at = monday(9) + timedelta(minutes=15 * n)
            span = {
                "starts_at": starts_at.isoformat(),
                "ends_at": (starts_at + timedelta(hours=5)).isoformat(),
            }
            asks.append(Ask(f"/delegations/{who.id}/assignments", {"resource_id": bus.id} | span))
        return asks

    def judge(_number: int, replies: list[Reply]) -> None:
        assert outcomes(replies) == {"accepted": 1, "assignee_taken": CLIENTS - 1}
        assert duties_of(wanted[-1]) == 1

    run("one bus", demands, judge)


def test_the_parts_of_one_delegation_at_sixteen_places(run):
    """Each part is let in once, wherever it is quickest; the parts go beside one another."""

    def demands(_number: int) -> list[Ask]:
        (who,) = delegations(1, headcount=20)
        parts = divide(who.id, "Halves", [("A", 10), ("B", 10)], by=OFFICER, at=now())
        asks = []
        for n in range(CLIENTS):
            where = make.tour_session(tour(), monday(10))
            told = {"delegation_id": who.id, "tour_session_id": where.id, "headcount": 10}
            asks.append(Ask("/visits", told | {"part_id": parts[n % 2].id}))
        return asks

    def judge(_number: int, replies: list[Reply]) -> None:
        assert outcomes(replies) == {"accepted": 2, "already_elsewhere": CLIENTS - 2}
        taken = {n % 2 for n, reply in enumerate(replies) if reply.outcome == "accepted"}
        assert taken == {0, 1}

    run("parts of one delegation", demands, judge)


def test_batches_with_their_stops_in_opposite_order(run):
    """Half name the morning first, half the afternoon: three whole batches fit, and no half of any."""
    sessions = []

    def demands(_number: int) -> list[Ask]:
        morning = make.tour_session(tour(), monday(10))
        afternoon = make.tour_session(tour(), monday(14))
        sessions.append((morning, afternoon))
        asks = []
        for n, who in enumerate(delegations(CLIENTS)):
            stops = [
                {"delegation_id": who.id, "tour_session_id": where.id, "headcount": 10}
                for where in (morning, afternoon)
            ]
            asks.append(Ask("/visits/batch", {"visits": stops if n % 2 else stops[::-1]}))
        return asks

    def judge(_number: int, replies: list[Reply]) -> None:
        assert outcomes(replies) == {"accepted": 3, "no_places_left": CLIENTS - 3}
        assert loads(*sessions[-1]) == [(30, 30), (30, 30)]

    run("batches in opposite order", demands, judge)


def test_places_that_come_free_go_to_who_waits(run):
    """One visit of thirty is called off while fifteen others ask: the two who wait have them all."""
    sessions = []

    def demands(_number: int) -> list[Ask]:
        where = make.tour_session(tour(), monday(10))
        sessions.append(where)
        first, second, third, *others = delegations(CLIENTS + 2, headcount=30)
        there = make.visit(first, where, 30)
        for who, headcount in ((second, 20), (third, 10)):
            wish = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount)
            join_waiting(wish, by=OFFICER, at=now())
        asks = [
            Ask("/visits", {"delegation_id": who.id, "tour_session_id": where.id, "headcount": 10})
            for who in others
        ]
        asks.insert(CLIENTS // 2, Ask(f"/visits/{there.id}/cancel", {"reason": "They cannot come."}))
        return asks

    def judge(_number: int, replies: list[Reply]) -> None:
        assert outcomes(replies) == {"accepted": 1, "no_places_left": CLIENTS - 1}
        assert loads(sessions[-1]) == [(30, 30)]
        assert [held.headcount for held in visits_at(sessions[-1].site_id)] == [20, 10]
        states = db.session.query(Waiting.state).filter_by(tour_session_id=sessions[-1].id)
        assert [state.value for (state,) in states] == ["promoted", "promoted"]

    run("waiting list against new bookings", demands, judge)
