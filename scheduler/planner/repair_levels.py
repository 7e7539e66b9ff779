"""What is best in a repair, level by level: each is solved, and kept while the next is."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.planner.repair_candidates import Candidate
from scheduler.planner.repair_model import Choice, RepairModel

# A wish without a number is as dear as one in the middle.
USUAL_PRIORITY, DEAREST = 3, 5
QUARTER = 15
# Of the time left, so much may go into one level, so that the later ones have their turn.
SHARE = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The best found: what becomes of each visit that is looked at. `bound` is the fewest moves that the
    search could not rule out; proven where neither more could be kept nor fewer moved."""

    chosen: Mapping[int, Choice]
    bound: int
    is_proven: bool

    @property
    def placed(self) -> Mapping[int, Choice]:
        """Those that keep a place, or find one."""
        return {key: choice for key, choice in self.chosen.items() if choice.candidate.is_place}

    @property
    def moved(self) -> int:
        return sum(choice.candidate.is_move for choice in self.chosen.values())


@dataclass(eq=False)
class Search:
    """One model searched level by level until a deadline (of `time.monotonic`)."""

    model: RepairModel
    touched: Collection[int]
    deadline: float
    seed: int
    workers: int

    def best(self) -> Solution:
        """Most kept, then dearest; fewest moved; fewest cautions; same day and hour; same people along."""
        chosen: Mapping[int, Choice] = {}
        proven, bound = True, 0
        for level, (expression, is_most) in enumerate(self._levels()):
            found, is_best, limit = self._solve(expression, is_most, chosen)
            if found is None:
                return Solution(chosen, bound, False if level < 2 else proven)
            chosen = found
            if level < 2:
                proven = proven and is_best
            bound = self._least(chosen) if level == 0 else max(bound, limit) if level == 1 else bound
        return Solution(chosen, bound, proven)

    def _least(self, chosen: Mapping[int, Choice]) -> int:
        """So many move at least, whoever keeps a place: not all of these could stay where they are."""
        kept = sum(key in chosen and chosen[key].candidate.is_place for key in self.touched)
        choices = self.model.choices
        can_stay = sum(
            any(c.is_place and not c.is_move for c in choices.get(key, ())) for key in self.touched
        )
        return max(0, kept - can_stay)

    def _levels(self) -> list[tuple[cp_model.LinearExprT, bool]]:
        model, n = self.model, len(self.touched)
        facts = model.world.facts.visits

        def kept(candidate: Candidate) -> int:
            priority = facts[candidate.visit_id].priority or USUAL_PRIORITY
            return (
                DEAREST * n + 1 + priority if candidate.is_place and candidate.visit_id in self.touched else 0
            )

        farthest = max((c.minutes for cs in model.choices.values() for c in cs), default=0) // QUARTER
        day = farthest * max(1, len(model.choices)) + 1

        def distance(candidate: Candidate) -> int:
            return (day if candidate.is_other_day else 0) + candidate.minutes // QUARTER

        cautions = self._sum(lambda candidate: len(candidate.cautions))
        return [
            (self._sum(kept), True),
            (self._sum(lambda candidate: int(candidate.is_move)), False),
            (cp_model.LinearExpr.sum([cautions, *model.crowded]), False),
            (self._sum(distance), False),
            (sum(cost * variable for cost, variable in model.escorts.costs), False),
        ]

    def _sum(self, worth: object) -> cp_model.LinearExprT:
        assert callable(worth)
        return self.model.total({key: [worth(c) for c in cs] for key, cs in self.model.choices.items()})

    def _solve(
        self, expression: cp_model.LinearExprT, is_most: bool, before: Mapping[int, Choice]
    ) -> tuple[Mapping[int, Choice] | None, bool, int]:
        """The best by one level, which later levels keep; whether it is proven, and the bound."""
        if isinstance(expression, int):
            return before, True, expression
        left = self.deadline - time.monotonic()
        if left <= 0:
            return None, False, 0
        model = self.model.model
        if before:
            self.model.hint(before)
        (model.maximize if is_most else model.minimize)(expression)
        solver = self._solver(left * SHARE)
        status = solver.solve(model)
        model.clear_objective()  # type: ignore[no-untyped-call]  # its own types are incomplete
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, False, 0
        value, limit = round(solver.objective_value), round(solver.best_objective_bound)
        model.add(expression >= value if is_most else expression <= value)
        return self.model.chosen(solver), status == cp_model.OPTIMAL, limit

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        return solver
