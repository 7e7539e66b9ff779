"""The engine for wide windows: what is best, what is feasible, what is refused."""

from itertools import permutations
from random import Random

import pytest

from scheduler.planner.orienteering.insertions import NEVER, insertions_of
from scheduler.planner.orienteering.packing import best_days
from scheduler.planner.orienteering.problem import Problem, ProblemUnusable, is_feasible
from scheduler.planner.orienteering.tours import best_tours, crew_of

SECONDS = 0.3


def some_problem(seed, places=7):
    """Places on a grid, each open for a while of a day of 100."""
    chance = Random(seed)
    at = [(chance.randrange(30), chance.randrange(30)) for _ in range(places + 1)]
    opens = [0] + [chance.randrange(60) for _ in range(places)]
    return Problem(
        travel=tuple(tuple(abs(x - u) + abs(y - v) for u, v in at) for x, y in at),
        service=(0, *(chance.randrange(3, 12) for _ in range(places))),
        score=(0, *(chance.randrange(1, 20) for _ in range(places))),
        opens=tuple(opens),
        closes=(100, *(early + chance.randrange(5, 40) for early in opens[1:])),
    )


def feasible_tours(problem):
    places = range(1, len(problem.score))
    tours = (tour for size in range(len(problem.score)) for tour in permutations(places, size))
    return {frozenset(tour): tour for tour in tours if is_feasible(problem, tour)}


def best_score_by_force(problem, days):
    """Every set of places one day can serve, on each of the days."""
    worth = {visited: sum(problem.score[place] for place in visited) for visited in feasible_tours(problem)}
    best = {frozenset(): 0}
    for _day in range(days):
        best = {
            before | visited: score + worth[visited]
            for before, score in best.items()
            for visited in worth
            if not before & visited
        }
    return max(best.values())


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_tiny_problem_is_solved_as_well_as_by_force(seed, days):
    problem = some_problem(seed)
    found = best_tours(problem, days=days, seconds=SECONDS, seed=seed)
    assert found.score == best_score_by_force(problem, days)
    assert all(is_feasible(problem, tour) for tour in found.tours)
    assert found.score == sum(problem.score[place] for tour in found.tours for place in tour)


def test_an_insertion_costs_what_the_tour_gets_longer_or_is_impossible():
    problem = some_problem(4)
    table = insertions_of(problem)
    for tour in feasible_tours(problem).values():
        costs = table.into(tour)
        for leg in range(len(tour) + 1):
            for place in set(range(1, len(problem.score))) - set(tour):
                longer = (*tour[:leg], place, *tour[leg:])
                assert (costs[leg, place] < NEVER) == is_feasible(problem, longer)


def test_the_base_is_never_visited_on_the_way():
    assert (insertions_of(some_problem(5)).into(())[:, 0] == NEVER).all()


def test_the_best_days_are_put_together_out_of_tours_of_different_plans():
    problem = some_problem(6, places=6)
    score = problem.score
    seen = [(1, 2, 3), (4, 5), (6,), (1, 4)]
    chosen = best_days(problem, seen, best=((1, 4), (6,)), seconds=1)
    assert set(chosen) == {
        (1, 2, 3),
        max([(4, 5), (6,)], key=lambda tour: sum(score[place] for place in tour)),
    }


def test_nothing_better_leaves_the_days_as_they_are():
    problem = some_problem(6, places=6)
    best = ((1, 2, 3), (4, 5, 6))
    assert best_days(problem, [(1, 2), (3, 4)], best=best, seconds=1) == best


def test_more_days_than_places_leave_days_over():
    problem = some_problem(7, places=2)
    found = best_tours(problem, days=5, seconds=SECONDS, seed=1)
    assert found.score == best_score_by_force(problem, 2)
    assert len(found.tours) <= 2


@pytest.mark.parametrize("days", [1, 3])
def test_a_day_on_which_nothing_can_be_visited_is_empty(days):
    shut = Problem(((0, 5), (5, 0)), (0, 1), (0, 9), (0, 0), (8, 100))
    assert best_tours(shut, days=days, seconds=SECONDS, seed=1).tours == ()
    alone = Problem(((0,),), (0,), (0,), (0,), (8,))
    assert best_tours(alone, days=days, seconds=SECONDS, seed=1).score == 0


def test_a_crew_finds_what_one_finds():
    problem = some_problem(1)
    with crew_of(2) as crew:
        found = crew.best_tours(problem, days=2, seconds=1, seed=1)
    assert found.score == best_score_by_force(problem, 2)


@pytest.mark.parametrize(
    "asked",
    [
        {"days": 0, "seconds": 1, "seed": 1},
        {"days": 1, "seconds": 0, "seed": 1},
        {"days": 1, "seconds": float("nan"), "seed": 1},
        {"days": 1, "seconds": 1, "seed": -1},
    ],
)
def test_no_days_no_time_and_no_seed_are_refused(asked):
    with pytest.raises(ProblemUnusable, match="at least one day"):
        best_tours(some_problem(1), **asked)


def test_a_problem_that_is_none_is_refused():
    with pytest.raises(ProblemUnusable, match="needs its row"):
        Problem(((0, 5), (5,)), (0, 1), (0, 9), (0, 0), (8, 100))
    with pytest.raises(ProblemUnusable, match="below nothing"):
        Problem(((0,),), (0,), (-1,), (0,), (8,))
    with pytest.raises(ProblemUnusable, match="coarser"):
        Problem(((0,),), (0,), (0,), (0,), (2**40,))
