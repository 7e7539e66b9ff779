"""The same question as one plain CP-SAT model: a literal for each candidate, a circuit for each day.

It shares with the engine the candidates that the rules accept, and nothing else: days are not enumerated,
engagements are nodes that must be passed, breaks are intervals. Both must come to the same figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic

from ortools.sat.python import cp_model

from scheduler.core.travel import Travel
from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate
from scheduler.planner.room import candidates_of, local_days

THIN, SHORT, CROWDED = 15, 30, 4


@dataclass(frozen=True, eq=False)
class Node:
    """A stop of a day: a candidate, which may be left out, or what stands there already."""

    starts_at: datetime
    ends_at: datetime
    enters: str | None
    leaves: str | None
    candidate: Candidate | None = None


class PlainModel:
    """One model of the whole stay."""

    def __init__(self, asked: PlanAsked) -> None:
        self.asked, self.model = asked, cp_model.CpModel()
        self.travel = asked.delegation.travel or Travel()
        for option in asked.options:
            self.travel = self.travel.also_at(option.site.code, option.site.point)
        self.taken: dict[Candidate, cp_model.IntVar] = {}
        self.cautions, self.minutes, self.squares, self.finish = [], [], [], []
        found = candidates_of(asked)
        for day in local_days(asked):
            self._day(day, found.on(day))
        self._respect()

    def solve(self, seconds: float) -> tuple[tuple[int, ...], bool, float]:
        """The figures in order of importance, whether each is proven, and the seconds taken."""
        began, figures, is_proven = monotonic(), [], True
        for goal in self._goals():
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_time_in_seconds = max(0.01, seconds - (monotonic() - began))
            self.model.maximize(goal)
            status = solver.solve(self.model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return tuple(figures), False, monotonic() - began
            is_proven = is_proven and status == cp_model.OPTIMAL
            figures.append(round(solver.objective_value))
            self.model.add(goal >= figures[-1])
        return tuple(figures), is_proven, monotonic() - began

    def _goals(self) -> Iterator[object]:
        names = {wish.either for wish in self.asked.wishes if wish.is_must and wish.either}
        musts, priorities = [], []
        for candidate, literal in self.taken.items():
            wish = candidate.wish
            if (wish.is_must or wish.either in names) and not candidate.is_fallback:
                musts.append(literal)
            priorities.append(literal * wish.priority * (1 if candidate.is_fallback else 2))
        yield sum(musts)
        yield sum(priorities)
        yield -sum(self.cautions)
        yield -sum(self.minutes)
        yield -sum(self.squares)
        yield -sum(self.finish)

    def _respect(self) -> None:
        """Each wish, tour and "either" once; the order over days (within one, by the hours)."""
        groups: dict[object, list] = {}
        for candidate, literal in self.taken.items():
            keys = {("wish", candidate.wish.id), ("tour", candidate.tour_code)}
            keys |= {("either", candidate.wish.either)} if candidate.wish.either else set()
            for key in keys:
                groups.setdefault(key, []).append(literal)
        for literals in groups.values():
            self.model.add_at_most_one(literals)
        known = {wish.id for wish in self.asked.wishes}
        for candidate, literal in self.taken.items():
            if candidate.wish.after in known:
                earlier = [
                    other_literal
                    for other, other_literal in self.taken.items()
                    if other.wish.id == candidate.wish.after and other.ends_at <= candidate.starts_at
                ]
                self.model.add_bool_or([literal.Not(), *earlier])

    def _day(self, day, candidates: Sequence[Candidate]) -> None:
        asked, zone = self.asked, self.asked.zone
        midnight = datetime.combine(day, time(), zone)
        opens = max(midnight, asked.delegation.stay.starts_at)
        closes = min(midnight + timedelta(days=1), asked.delegation.stay.ends_at)
        fixed = [
            Node(s.span.starts_at, s.span.ends_at, s.site_code, s.ends_where)
            for s in asked.delegation.stops
            if s.span.starts_at.astimezone(zone).date() == day
        ]
        free = [
            Node(c.starts_at, c.ends_at, c.option.site.code, c.option.site.code, c)
            for c in candidates
            if all(f.ends_at <= c.starts_at or c.ends_at <= f.starts_at for f in fixed)
        ]
        nodes, arcs, between = [*fixed, *free], [], []
        for node in free:
            taken = self.taken[node.candidate] = self.model.new_bool_var("")
            between += [(taken, 0, p.starts_at, p.ends_at, False) for p in node.candidate.pauses]
        for i, one in enumerate(nodes):
            if one.candidate is not None:
                arcs.append((i + 1, i + 1, self.taken[one.candidate].Not()))
                self.cautions.append(self.taken[one.candidate] * one.candidate.cautions)
            self._ends(day, i, one, arcs=arcs, between=between, hours=(opens, closes))
            for j, other in enumerate(nodes):
                if other.starts_at >= one.ends_at and i != j:
                    self._arc((i, one), (j, other), arcs, between)
        if nodes:
            away = self.model.new_bool_var("")
            arcs.append((0, 0, away))
            between.append((away, 0, opens, closes, False))
            self.model.add_circuit(arcs)
        else:
            between.append((self.model.new_constant(1), 0, opens, closes, False))
        self._breaks(day, fixed, between, (opens, closes))
        self._count(fixed, free, asked.frame.most_a_day)

    def _arc(self, one: tuple[int, Node], other: tuple[int, Node], arcs: list, between: list) -> None:
        (i, before), (j, after) = one, other
        gap = (after.starts_at - before.ends_at) // timedelta(minutes=1)
        way = self._way(before.leaves, after.enters, before.ends_at)
        is_new = (before.candidate is not None) + (after.candidate is not None)
        if is_new and way is not None and way > gap:
            return
        literal = self.model.new_bool_var("")
        arcs.append((i + 1, j + 1, literal))
        thin = is_new if way is not None and way > 0 and gap - way < THIN else 0
        if way is None and after.candidate is not None and before.leaves != after.enters and gap < SHORT:
            thin = 1
        self.cautions.append(literal * thin)
        self.minutes.append(literal * gap)
        between.append((literal, way or 0, before.ends_at, after.starts_at, True))

    def _ends(self, day, i: int, node: Node, *, arcs: list, between: list, hours) -> None:
        """The ways from the base to a first stop and from a last one to the base."""
        begins = datetime.combine(day, self.asked.frame.day_starts, self.asked.zone)
        base, first, last = self.asked.frame.base, self.model.new_bool_var(""), self.model.new_bool_var("")
        guess = self._way(base, node.enters, node.starts_at) or 0
        morning = self._way(base, node.enters, node.starts_at - timedelta(minutes=guess)) or 0
        evening = self._way(node.leaves, base, node.ends_at) or 0
        arcs += [(0, i + 1, first), (i + 1, 0, last)]
        self.minutes += [first * morning, last * evening]
        self.finish.append(last * max((node.ends_at - begins) // timedelta(minutes=1), 0))
        between.append((first, morning, hours[0], node.starts_at, False))
        between.append((last, evening, node.ends_at, hours[1], False))

    def _breaks(self, day, fixed: Sequence[Node], between: list, hours) -> None:
        """Each break is an interval in one of the gaps taken, and leaves the way there."""
        intervals, held = [], [[] for _ in between]
        stops = [
            s
            for s in self.asked.delegation.stops
            if s.span.starts_at.astimezone(self.asked.zone).date() == day
        ]
        for each in self.asked.frame.breaks:
            opens = datetime.combine(day, each.earliest, self.asked.zone)
            closes = datetime.combine(day, each.latest, self.asked.zone)
            kept = any(
                s.kind == each.kind.value and s.span.starts_at < closes and opens < s.span.ends_at
                for s in stops
            )
            if (
                kept
                or day.weekday() not in each.weekdays
                or not self._fits(each, opens, closes, stops, hours)
            ):
                continue
            low, high = (round((t - hours[0]).total_seconds() / 60) for t in (opens, closes))
            begins = self.model.new_int_var(low, high - each.minutes, "")
            intervals.append(self.model.new_fixed_size_interval_var(begins, each.minutes, ""))
            chosen = []
            for n, (taken, _, starts_at, ends_at, is_between) in enumerate(between):
                here = self.model.new_bool_var("")
                chosen.append(here)
                self.model.add_implication(here, taken)
                first, last = (round((t - hours[0]).total_seconds() / 60) for t in (starts_at, ends_at))
                self.model.add(begins >= first).only_enforce_if(here)
                self.model.add(begins + each.minutes <= last).only_enforce_if(here)
                held[n].append(here * each.minutes)
                if is_between:
                    self.minutes.append(here * -each.minutes)
            self.model.add_exactly_one(chosen)
        self.model.add_no_overlap(intervals)
        for (_, way, starts_at, ends_at, is_between), inside in zip(between, held, strict=True):
            room = (ends_at - starts_at) // timedelta(minutes=1)
            if inside and way:
                self.model.add(sum(inside) <= max(room - way, 0))
            if inside and way and is_between and room - way >= THIN:
                thin = self.model.new_bool_var("")
                self.model.add(sum(inside) <= room - way - THIN).only_enforce_if(thin.Not())
                self.cautions.append(thin)

    def _fits(self, each, opens, closes, stops, hours) -> bool:
        """Whether the standing stops alone leave time for a break; the benchmark's breaks come singly."""
        edges = [hours[0], *(t for s in stops for t in (s.span.starts_at, s.span.ends_at)), hours[1]]
        free = zip(edges[::2], edges[1::2], strict=True)
        return any(
            min(closes, ends_at) - max(opens, starts_at) >= timedelta(minutes=each.minutes)
            for starts_at, ends_at in free
        )

    def _count(self, fixed: Sequence[Node], free: Sequence[Node], most: int) -> None:
        """How many visits a day has: at most so many, cautioned from the fourth on, squared."""
        literals = [self.taken[node.candidate] for node in free]
        number = self.model.new_int_var(0, most, "")
        self.model.add(number == sum(literals))
        square, crowded = self.model.new_int_var(0, most * most, ""), self.model.new_int_var(0, most, "")
        self.model.add_allowed_assignments(
            [number, square, crowded], [(n, n * n, n if n >= CROWDED else 0) for n in range(most + 1)]
        )
        self.squares.append(square)
        self.cautions.append(crowded)

    def _way(self, origin: str | None, destination: str | None, leaves_at: datetime) -> int | None:
        if origin is None or destination is None:
            return None
        return self.travel.minutes(origin, destination, leaves_at.astimezone(self.asked.zone).hour)
