"""Sixteen at once, against four web processes: as many get in as fit, the others hear why not."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler.actions.holds import expire_overdue_holds
from scheduler.clock import now
from tests import make
from tests.races.city import delegations, loads, monday, tour, visit, visits_at
from tests.races.crowd import CLIENTS, Ask, Reply

pytestmark = pytest.mark.race
QUARTER = timedelta(minutes=15)


def test_sixteen_for_one_session(run):
    """In every other round half of them are no delegations."""
    sessions = []

    def demands(number: int) -> list[Ask]:
        where = make.tour_session(tour(), monday(10))
        sessions.append(where)
        other = {"name": "School", "tour_session_id": where.id, "headcount": 10}
        others = [Ask(f"/sites/{where.tour.site.code}/other-bookings", other)] * (CLIENTS // 2 * (number % 2))
        return others + [_book(who, where) for who in delegations(CLIENTS - len(others))]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert _outcomes(replies) == {"accepted": 3, "no_places_left": 13}
        assert loads(sessions[-1]) == [(30, 30)]

    run("one session", demands, judge)


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [
        pytest.param({"people_at_once": 39}, "too_many_people_at_once", id="people at once"),
        pytest.param({"groups_at_once": 3}, "too_many_groups_at_once", id="groups at once"),
    ],
)
def test_sixteen_for_overlapping_windows(run, limits: dict[str, int], refusal: str):
    """Windows a quarter of an hour apart; the first and the last meet in the turnaround alone. In one round
    the limit is the site's, in the next the tour's."""

    def demands(number: int) -> list[Ask]:
        site = {"turnaround_minutes": 60, "opens": _clock(8), "closes": _clock(18)}
        told = {"site": site} | limits if number % 2 else {"site": site | limits}
        windows = tour(dating="windows", minutes=180, **told)
        return [
            _book(who, tour_code=windows.code, starts_at=(monday(8) + n * QUARTER).isoformat())
            for n, who in enumerate(delegations(CLIENTS))
        ]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert _outcomes(replies) == {"accepted": 3, refusal: 13}

    run(f"overlapping windows, {refusal.removeprefix('too_many_').replace('_', ' ')}", demands, judge)


def test_one_window_made_by_sixteen_at_once(run):
    def demands(_number: int) -> list[Ask]:
        windows = tour(dating="windows")
        start = monday(11).isoformat()
        return [_book(who, tour_code=windows.code, starts_at=start) for who in delegations(CLIENTS)]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert _outcomes(replies) == {"accepted": 3, "no_places_left": 13}
        assert len({reply.body["tour_session_id"] for reply in replies if reply.status == 201}) == 1

    run("one window not yet dated", demands, judge)


def test_moves_in_opposite_directions_between_two_sites(run):
    """With room for all everybody moves, without any nobody; with a little, nobody is lost on the way."""
    pairs = []

    def demands(number: int) -> list[Ask]:
        places = (160, 80, 90)[number % 3]
        here = make.tour_session(tour(places=places), monday(10))
        there = make.tour_session(tour(places=places), monday(14))
        pairs.append((here, there))
        asks = []
        for n, who in enumerate(delegations(CLIENTS)):
            start, goal = (here, there) if n % 2 else (there, here)
            asks.append(Ask(f"/visits/{visit(who, start).id}/move", {"tour_session_id": goal.id}))
        return asks

    def judge(number: int, replies: list[Reply]) -> None:
        outcomes = _outcomes(replies)
        moved = outcomes["accepted"]
        assert outcomes == Counter(accepted=moved, no_places_left=CLIENTS - moved)
        assert (number % 3, moved) in [(0, CLIENTS), (1, 0), *((2, n) for n in range(1, CLIENTS + 1))]
        (here, added_here), (there, added_there) = loads(*pairs[-1])
        assert (here, there) == (added_here, added_there)
        assert (here + there, max(here, there) <= pairs[-1][0].places) == (160, True)

    run("moves in opposite directions", demands, judge)


def test_booking_against_closing(run):
    """Whoever got in before the closure is flagged; nobody gets in after it."""
    sites = []

    def demands(_number: int) -> list[Ask]:
        where = make.tour_session(tour(places=200), monday(10))
        sites.append(where.site_id)
        code = where.tour.site.code
        closed = {"starts_at": monday(9).isoformat(), "ends_at": monday(18).isoformat(), "reason": "Water"}
        asks = [_book(who, where) for who in delegations(CLIENTS - 1)]
        asks.insert(CLIENTS // 2, Ask(f"/sites/{code}/closures", closed))
        return asks

    def judge(_number: int, replies: list[Reply]) -> None:
        closure = replies.pop(CLIENTS // 2)
        accepted = sorted(reply.body["id"] for reply in replies if reply.status == 201)
        assert _outcomes(replies) == Counter(accepted=len(accepted), closed=CLIENTS - 1 - len(accepted))
        assert sorted(concerned["id"] for concerned in closure.body["visits"]) == accepted
        there = visits_at(sites[-1])
        assert [(met.id, met.is_clashing) for met in there] == [(number, True) for number in accepted]

    run("booking against closing", demands, judge)


def test_one_delegation_wanted_at_sixteen_places(run):
    def demands(_number: int) -> list[Ask]:
        [who] = delegations(1)
        return [_book(who, make.tour_session(tour(), monday(10, n))) for n in range(CLIENTS)]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert _outcomes(replies) == {"accepted": 1, "already_elsewhere": CLIENTS - 1}

    run("one delegation at sixteen places", demands, judge)


def test_a_delegation_booked_while_it_is_changed(run):
    """Changing a delegation touches every site it visits, and each of them is being booked."""

    def demands(_number: int) -> list[Ask]:
        [who] = delegations(1)
        elsewhere = delegations(5)
        days = [make.tour_session(tour(), monday(10) + timedelta(days=n)) for n in range(5)]
        return [
            *(Ask(f"/delegations/{who.id}", {"head_post": f"Mayor {n}"}, method="PATCH") for n in range(6)),
            *(_book(who, where) for where in days),
            *(_book(other, where) for other, where in zip(elsewhere, days, strict=True)),
        ]

    def judge(_number: int, replies: list[Reply]) -> None:
        assert _outcomes(replies) == {"accepted": CLIENTS}

    run("a delegation booked while it is changed", demands, judge)


@pytest.mark.parametrize("with_key", [True, False], ids=["with a key", "without a key"])
def test_one_demand_sent_sixteen_times(run, with_key: bool):
    sessions = []

    def demands(number: int) -> list[Ask]:
        sessions.append(make.tour_session(tour(), monday(10)))
        [who] = delegations(1)
        key = f"demand-{who.id}-{number}" if with_key else None
        return [_book(who, sessions[-1], key=key) for _ in range(CLIENTS)]

    def judge(_number: int, replies: list[Reply]) -> None:
        statuses = {201: CLIENTS} if with_key else {201: 1, 200: CLIENTS - 1}
        assert Counter(reply.status for reply in replies) == statuses
        assert len({str(reply.body) for reply in replies}) == 1
        assert loads(sessions[-1]) == [(10, 10)]

    run(f"one demand sent sixteen times, {'with' if with_key else 'without'} a key", demands, judge)


def test_a_hold_running_out_against_bookings(run, race_rounds: int):
    """Either the hold is asked for in time, or one of the others has its places; never both."""
    where = [make.tour_session(tour(places=10), monday(10)) for _ in range(race_rounds)]
    guests = [delegations(CLIENTS) for _ in range(race_rounds)]
    first = now().replace(microsecond=0) + timedelta(seconds=2)
    ends = [first + timedelta(seconds=number) for number in range(race_rounds)]
    held = [
        visit(who[0], session, hold_until=end) for who, session, end in zip(guests, where, ends, strict=True)
    ]

    def demands(number: int) -> list[Ask]:
        end = ends[number].timestamp()
        asks = [
            _book(who, where[number], not_before=end + n * 0.01 - 0.05)
            for n, who in enumerate(guests[number][1:])
        ]
        asks.insert(number % 5, Ask(f"/visits/{held[number].id}/request", {}, not_before=end - 0.02))
        return asks

    def judge(number: int, replies: list[Reply]) -> None:
        asked = replies.pop(number % 5)
        got_in = _outcomes(replies)["accepted"] + (asked.outcome == "accepted")
        assert asked.outcome in ("accepted", "hold_expired")
        expire_overdue_holds(at=now())
        assert (got_in, loads(where[number])) == (1, [(10, 10)])

    run("a hold running out against bookings", demands, judge)


def _book(
    who: Any, where: Any = None, *, key: str | None = None, not_before: float = 0.0, **named: Any
) -> Ask:
    session = named or {"tour_session_id": where.id}
    body = {"delegation_id": who.id, "headcount": 10, **session}
    return Ask("/visits", body, key=key, not_before=not_before)


def _outcomes(replies: list[Reply]) -> Counter[str]:
    return Counter(reply.outcome for reply in replies)


def _clock(hour: int) -> Any:
    return datetime(2026, 1, 1, hour, tzinfo=UTC).time()
