"""What is best in a repair, level by level: each is solved, and kept while the next is."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from scheduler.planner.repairs.candidates import Candidate
from scheduler.planner.repairs.model import Choice, RepairModel
from scheduler.planner.repairs.world import World

# A wish without a number is as dear as one in the middle.
USUAL_PRIORITY, DEAREST = 3, 5
QUARTER = 15
# The first levels are those to be proven: how many keep a place, and how few move. Of the time left, so much
# may go into one of them; into each of the others so much effort, told in the solver's own measure and not in
# seconds, so that the same facts give the same plan on an idle machine and on a busy one. An hour nearer is
# soon not worth the wait.
GRAVEST, GRAVE_SHARE = 2, 0.8
SOFT_EFFORT, NEAR_ENOUGH = 0.2, 0.02
# So many candidates of each visit serve for a first sketch.
SKETCHED = 12


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


def sketch(
    world: World,
    choices: Mapping[int, Sequence[Candidate]],
    touched: Collection[int],
    deadline: float,
    seed: int,
) -> Mapping[int, Choice]:
    """A first solution from a few candidates of each visit: often all keep a place in it already, and then
    nobody needs to search among all of them for that."""
    if sum(map(len, choices.values())) <= SKETCHED * len(choices):
        return {}
    few = {key: _few(candidates, turn) for turn, (key, candidates) in enumerate(choices.items())}
    return Search(RepairModel(world, few), touched, deadline, seed).most_kept()


def _few(candidates: Sequence[Candidate], turn: int) -> list[Candidate]:
    """Where it is, the nearest hours, and some of the others, for each visit different ones."""
    there = [each for each in candidates if not each.is_move]
    moves = sorted((c for c in candidates if c.is_move), key=lambda c: (c.is_other_day, c.minutes))
    step = max(1, len(moves) // SKETCHED)
    return [*there, *moves[: SKETCHED // 4], *moves[SKETCHED // 4 + turn % step :: step]]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One thing of which there should be as little as can be: what each candidate has of it, and what comes
    on top, in the model and counted in a solution."""

    worth: Callable[[Candidate], int]
    more: Sequence[cp_model.LinearExprT] = ()
    counted: Callable[[Mapping[int, Choice]], int] = lambda _chosen: 0

    def of(self, chosen: Mapping[int, Choice]) -> int:
        """How much of it a solution has."""
        return sum(self.worth(choice.candidate) for choice in chosen.values()) + self.counted(chosen)


@dataclass(eq=False)
class Search:
    """One model searched level by level until a deadline (of `time.monotonic`)."""

    model: RepairModel
    touched: Collection[int]
    deadline: float
    seed: int
    start: Mapping[int, Choice] = field(default_factory=dict)

    def best(self) -> Solution:
        """Most kept, then dearest; fewest moved; stand-ins at the same site and hour; fewest cautions;
        same day and hour; same people along."""
        chosen: Mapping[int, Choice] = self.start or self._at_rest()
        proven, bound = True, 0
        for number, level in enumerate(self._levels()):
            found, is_best, limit = self._solve(level, chosen, is_gravest=number < GRAVEST)
            chosen = found
            if number < GRAVEST:
                proven = proven and is_best
            bound = self._least(chosen) if number == 0 else max(bound, limit) if number == 1 else bound
        return Solution(chosen, bound, proven)

    def most_kept(self) -> Mapping[int, Choice]:
        """The first level alone."""
        return self._solve(self._levels()[0], self._at_rest(), is_gravest=True)[0]

    def _at_rest(self) -> dict[int, Choice]:
        """To leave everybody alone is always possible: here the search begins."""
        found = {}
        for visit_id, candidates in self.model.choices.items():
            there = next((each for each in candidates if each.is_at_rest), None)
            if there is not None:
                going = tuple(key for companions in there.companions for key in companions.free)
                found[visit_id] = Choice(there, going)
        return found

    def _least(self, chosen: Mapping[int, Choice]) -> int:
        """So many move at least, whoever keeps a place: not all of these could stay where they are."""
        kept = sum(key in chosen and chosen[key].candidate.is_place for key in self.touched)
        choices = self.model.choices
        can_stay = sum(
            any(c.is_place and not c.is_move for c in choices.get(key, ())) for key in self.touched
        )
        return max(0, kept - can_stay)

    def _levels(self) -> list[Level]:
        model, n = self.model, len(self.touched)
        facts = model.world.facts.visits

        def kept(candidate: Candidate) -> int:
            if not candidate.is_place or candidate.visit_id not in self.touched:
                return 0
            return -(DEAREST * n + 1 + (facts[candidate.visit_id].priority or USUAL_PRIORITY))

        def escorted(chosen: Mapping[int, Choice]) -> int:
            return sum(model.escorts.cost(choice.candidate, choice.going) for choice in chosen.values())

        escorts = [cost * variable for cost, variable in model.escorts.costs]
        return [
            Level(kept),
            Level(lambda candidate: int(candidate.is_move)),
            Level(lambda candidate: int(candidate.is_elsewhere)),
            Level(lambda candidate: len(candidate.cautions), model.crowded, model.crowds),
            Level(lambda candidate: int(candidate.is_other_day)),
            Level(lambda candidate: candidate.minutes // QUARTER),
            Level(lambda _candidate: 0, escorts, escorted),
        ]

    def _solve(
        self, level: Level, before: Mapping[int, Choice], *, is_gravest: bool
    ) -> tuple[Mapping[int, Choice], bool, int]:
        """The best by one level, which later levels keep; whether it is proven, and the bound."""
        worth = {key: [level.worth(c) for c in cs] for key, cs in self.model.choices.items()}
        expression = cp_model.LinearExpr.sum([self.model.total(worth), *level.more])
        least = self._least_of(level, before)
        reached = level.of(before)
        if before.keys() == self.model.choices.keys() and reached <= least:
            self.model.model.add(expression <= reached)
            return before, True, least
        left = self.deadline - time.monotonic()
        if left <= 0:
            return before, False, least
        self.model.hint(before)
        self.model.model.minimize(expression)
        solver = self._solver(left * GRAVE_SHARE if is_gravest else left)
        if not is_gravest:
            solver.parameters.relative_gap_limit = NEAR_ENOUGH
            solver.parameters.max_deterministic_time = SOFT_EFFORT
        status = solver.solve(self.model.model)
        self.model.model.clear_objective()  # type: ignore[no-untyped-call]  # its own types are incomplete
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return before, False, least
        value, limit = round(solver.objective_value), round(solver.best_objective_bound)
        self.model.model.add(expression <= value)
        return self.model.chosen(solver), status == cp_model.OPTIMAL, max(limit, least)

    def _least_of(self, level: Level, before: Mapping[int, Choice]) -> int:
        """What a level comes to at least, were everybody alone in the city; who all keep a place go on to."""
        are_placed = all(key in before and before[key].candidate.is_place for key in self.touched)
        return sum(
            min(
                (level.worth(c) for c in candidates if c.is_place or not are_placed),
                default=0,
            )
            for candidates in self.model.choices.values()
        )

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        # Several workers race one another, and who wins is chance; one is as quick for these models.
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        # Each level is soon solved: looking long at the model first takes more time than it saves.
        solver.parameters.cp_model_probing_level = solver.parameters.symmetry_level = 0
        return solver
