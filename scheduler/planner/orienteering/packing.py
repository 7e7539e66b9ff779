"""The best days out of all the tours ever seen: choose at most so many that share no place."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler.planner.orienteering.problem import Problem

# A model of more tours takes longer than it gains.
MOST_TOURS = 1500
Tour = tuple[int, ...]


def best_days(
    problem: Problem, seen: Sequence[Tour], *, best: Sequence[Tour], seconds: float
) -> tuple[Tour, ...]:
    """The tours of highest score in sum, as many as in `best` at most, no place in two of them.

    `best` is the answer so far; it is returned where nothing better is found in that time.
    """
    worth = {tour: sum(problem.score[place] for place in tour) for tour in {*seen, *best}}
    floor = _least_worth(worth, best)
    tours = sorted((tour for tour in worth if worth[tour] > floor), key=lambda tour: (-worth[tour], tour))[
        :MOST_TOURS
    ]
    reached = sum(worth[tour] for tour in best)
    if seconds <= 0 or sum(worth[tour] for tour in tours[: len(best)]) <= reached:
        return tuple(best)
    model, chosen = _model(tours, len(best))
    value = cp_model.LinearExpr.weighted_sum(chosen, [worth[tour] for tour in tours])
    model.add(value >= reached + 1)
    model.maximize(value)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return tuple(best)
    return tuple(tour for tour, is_in in zip(tours, chosen, strict=True) if solver.boolean_value(is_in))


def _least_worth(worth: dict[Tour, int], best: Sequence[Tour]) -> int:
    """A tour worth no more than this, beside the best others there are, gains nothing."""
    others = sorted(worth.values(), reverse=True)[: len(best) - 1]
    return sum(worth[tour] for tour in best) - sum(others)


def _model(tours: list[Tour], days: int) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in tours]
    visiting: dict[int, list[cp_model.IntVar]] = {}
    for tour, is_in in zip(tours, chosen, strict=True):
        for place in tour:
            visiting.setdefault(place, []).append(is_in)
    for rivals in visiting.values():
        model.add_at_most_one(rivals)
    model.add(sum(chosen) <= days)
    return model, chosen
