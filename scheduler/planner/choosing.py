"""One column for each day so that together they are best, proven: a set packing that CP-SAT solves.

In order of importance: pins, musts, priorities, cautions, minutes travelled and idle, even days, early
finishes. The counts are put into one number as long as it stays small enough to be exact, else into
several that are settled one after another.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from ortools.sat.python import cp_model

from scheduler.planner.days import FOREVER, Column
from scheduler.planner.worth import Wishes

# Objectives up to here are exact in the solver's own arithmetic with room to spare.
LARGEST = 2**44
WORKERS = 1


@dataclass(frozen=True, slots=True)
class Bound:
    """What the columns chosen must add up to at least (or at most): a count for each."""

    count: Callable[[Column], int]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One column for each day, in order, and whether nothing better exists."""

    columns: tuple[Column, ...]
    is_proven: bool


def choose(
    days: Sequence[Sequence[Column]],
    wishes: Wishes,
    *,
    bounds: Sequence[Bound] = (),
    until: float = FOREVER,
    seed: int = 1,
) -> Choice | None:
    """The best choice that keeps some bounds; None where there is none, or none was found in time."""
    kept = [_distinct(columns, wishes, bounds) for columns in days]
    model = _Model(kept, wishes, bounds)
    solver, is_proven = _solver(seed), True
    found: tuple[Column, ...] = ()
    for stage in stages(kept):
        model.aim(stage)
        left = until - monotonic()
        if left <= 0:
            return Choice(found, is_proven=False) if found else None
        solver.parameters.max_time_in_seconds = min(left, 1e6)
        status = solver.solve(model.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Choice(found, is_proven=False) if found else None
        is_proven = is_proven and status == cp_model.OPTIMAL
        found = model.chosen(solver)
        model.settle(stage, found)
    return Choice(found, is_proven)


def measures(column: Column) -> tuple[int, ...]:
    """What the choice weighs, the most important first, more being better."""
    worth = column.worth
    return (
        worth.pins,
        worth.musts,
        worth.priorities,
        -column.cautions,
        -column.minutes,
        -(column.stops**2),
        -column.finish,
    )


def totals(columns: Iterable[Column]) -> tuple[int, ...]:
    """The same of a whole programme, to be compared as it stands."""
    return tuple(map(sum, zip(*map(measures, columns), strict=True)))


def stages(days: Sequence[Sequence[Column]]) -> list[Callable[[Column], int]]:
    """The measures as few numbers as are exact, each in order of importance."""
    values = [[measures(column) for column in columns] for columns in days]
    number = len(measures(days[0][0])) if days and days[0] else 0
    spans = [
        sum(max(v[n] for v in of_day) - min(v[n] for v in of_day) for of_day in values) + 1
        for n in range(number)
    ]
    groups: list[list[int]] = []
    size = LARGEST
    for n, span in enumerate(spans):
        if size * span >= LARGEST:
            groups.append([])
            size = 1
        groups[-1].append(n)
        size *= span
    return [_weighed(group, spans) for group in groups]


def _weighed(group: Sequence[int], spans: Sequence[int]) -> Callable[[Column], int]:
    weights, weight = dict[int, int](), 1
    for n in reversed(group):
        weights[n] = weight
        weight *= spans[n]

    def stage(column: Column) -> int:
        found = measures(column)
        return sum(found[n] * weight for n, weight in weights.items())

    return stage


def _distinct(columns: Sequence[Column], wishes: Wishes, bounds: Sequence[Bound]) -> list[Column]:
    """Of columns that nothing tells apart but their quality, the best one."""
    best: dict[Hashable, Column] = {}
    for column in columns:
        counts = tuple(bound.count(column) for bound in bounds)
        key = column.wishes, column.tours & wishes.shared_tours, counts
        if key not in best or measures(column) > measures(best[key]):
            best[key] = column
    return list(best.values())


class _Model:
    """A variable for each column, exactly one of which is taken on each day."""

    def __init__(self, days: Sequence[Sequence[Column]], wishes: Wishes, bounds: Sequence[Bound]) -> None:
        self.model = cp_model.CpModel()
        self._pairs = [(self.model.new_bool_var(""), column) for columns in days for column in columns]
        number = 0
        for columns in days:
            self.model.add_exactly_one(v for v, _ in self._pairs[number : number + len(columns)])
            number += len(columns)
        self._respect(wishes)
        for bound in bounds:
            self._keep(bound)

    def aim(self, stage: Callable[[Column], int]) -> None:
        """Seek the most of one measure."""
        self.model.maximize(self._sum([(v, stage(column)) for v, column in self._pairs]))

    def settle(self, stage: Callable[[Column], int], found: Sequence[Column]) -> None:
        """Keep at least what was found of a measure, and begin from there."""
        self._keep(Bound(stage, least=sum(map(stage, found))))
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for v, column in self._pairs:
            self.model.add_hint(v, column in found)

    def chosen(self, solver: cp_model.CpSolver) -> tuple[Column, ...]:
        return tuple(column for v, column in self._pairs if solver.boolean_value(v))

    def _respect(self, wishes: Wishes) -> None:
        """Each wish, each tour and each "either" at most once; nothing before what it comes after."""
        once: dict[Hashable, list[cp_model.IntVar]] = {}
        for v, column in self._pairs:
            keys: set[Hashable] = {("tour", tour) for tour in column.tours & wishes.shared_tours}
            keys |= {("wish", wish) for wish in column.wishes}
            keys |= {("either", name) for w in column.wishes if (name := wishes.by_id[w].either)}
            for key in keys:
                once.setdefault(key, []).append(v)
        for variables in once.values():
            self.model.add_at_most_one(variables)
        for later in wishes.by_id:
            earlier = wishes.comes_after(later)
            if earlier is not None:
                self._order(earlier, later)

    def _order(self, earlier: int, later: int) -> None:
        """On no day the later without the earlier on a day before, or on the same (where it is earlier)."""
        pairs = self._pairs
        for day in {column.day.on for _, column in pairs}:
            now = [v for v, c in pairs if c.day.on == day and later in c.wishes and earlier not in c.wishes]
            if now:
                before = [v for v, c in pairs if c.day.on < day and earlier in c.wishes]
                self.model.add(sum(now) <= sum(before))

    def _keep(self, bound: Bound) -> None:
        total = self._sum([(v, bound.count(column)) for v, column in self._pairs])
        if bound.least is not None:
            self.model.add(total >= bound.least)
        if bound.most is not None:
            self.model.add(total <= bound.most)

    def _sum(self, counted: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
        used = [(v, n) for v, n in counted if n]
        return cp_model.LinearExpr.weighted_sum([v for v, _ in used], [n for _, n in used])


def _solver(seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    # Measured on 17 wishes over 6 and 10 days: the linear relaxation of a set packing is what proves it, and
    # probing costs more than it finds (4.1 s become 0.2 s).
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    return solver
