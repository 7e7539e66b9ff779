"""The model of a repair: one CP-SAT model of every visit that may move, of all delegations at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from ortools.sat.python import cp_model

from scheduler.core.capacity import peak
from scheduler.core.facts import SiteFacts, TourFacts
from scheduler.planner.repairs.candidates import Candidate
from scheduler.planner.repairs.escorts import EscortModel
from scheduler.planner.repairs.ways import Ways
from scheduler.planner.repairs.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a solution does with one visit: its candidate, and who goes along."""

    candidate: Candidate
    going: tuple[int, ...]


@dataclass(eq=False)
class RepairModel:
    """Variables and constraints; what is best is said level by level elsewhere.

    `choices` are the candidates of every visit that may move, among them that it is left alone. `cuts` are
    combinations found to be refused as a whole."""

    world: World
    choices: Mapping[int, Sequence[Candidate]]
    cuts: Sequence[Mapping[int, Choice]] = ()
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    taken: dict[int, list[cp_model.IntVar]] = field(default_factory=dict)
    crowded: list[cp_model.IntVar] = field(default_factory=list)
    thin: list[tuple[Candidate, Candidate]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for visit_id, candidates in self.choices.items():
            self.taken[visit_id] = [
                self.model.new_bool_var(f"v{visit_id}_{n}") for n in range(len(candidates))
            ]
            self.model.add_exactly_one(self.taken[visit_id])
        self._keep_delegations_whole()
        self._fill_sessions()
        self._fill_sites()
        self.escorts = EscortModel(self.model, self.world, list(self._pairs()))
        for cut in self.cuts:
            self._cut(cut)

    def chosen(self, solver: cp_model.CpSolver) -> dict[int, Choice]:
        """What a solver's solution says of every visit."""
        return {
            candidate.visit_id: Choice(candidate, self.escorts.going(candidate, solver))
            for candidate, variable in self._pairs()
            if solver.boolean_value(variable)
        }

    def hint(self, chosen: Mapping[int, Choice]) -> None:
        """Begin the next search where the last one ended."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # its own types are incomplete
        for candidate, variable in self._pairs():
            mine = chosen.get(candidate.visit_id)
            self.model.add_hint(variable, mine is not None and mine.candidate is candidate)
            self.escorts.hint(candidate, mine.going if mine and mine.candidate is candidate else ())

    def total(self, worth: Mapping[int, Sequence[int]]) -> cp_model.LinearExprT:
        """The sum over all visits of what their chosen candidates are worth, told for each in order."""
        return sum(
            value * variable
            for visit_id, values in worth.items()
            for value, variable in zip(values, self.taken[visit_id], strict=True)
            if value
        )

    def crowds(self, chosen: Mapping[int, Choice]) -> int:
        """How many pairs of visits leave little to spare between them."""
        there = {id(choice.candidate) for choice in chosen.values()}
        return sum(id(one) in there and id(other) in there for one, other in self.thin)

    def _pairs(self) -> Iterator[tuple[Candidate, cp_model.IntVar]]:
        for visit_id, candidates in self.choices.items():
            yield from zip(candidates, self.taken[visit_id], strict=True)

    def _keep_delegations_whole(self) -> None:
        """Visits of one delegation, any two of which the rules would not both allow, exclude one another."""
        ways = Ways(self.world)
        theirs: dict[int, list[int]] = defaultdict(list)
        for visit_id in self.choices:
            theirs[self.world.facts.visits[visit_id].delegation_id].append(visit_id)
        for visit_ids in theirs.values():
            for one, other in combinations(visit_ids, 2):
                for a, b, is_thin in ways.between(self.choices[one], self.choices[other]):
                    if self.choices[one][a].is_at_rest and self.choices[other][b].is_at_rest:
                        continue
                    both = [self.taken[one][a], self.taken[other][b]]
                    if not is_thin:
                        self.model.add_bool_or([variable.negated() for variable in both])
                        continue
                    self.thin.append((self.choices[one][a], self.choices[other][b]))
                    crowded = self.model.new_bool_var("")
                    self.model.add_bool_or([crowded, *(variable.negated() for variable in both)])
                    self.crowded.append(crowded)

    def _fill_sessions(self) -> None:
        """No session takes more people than it has places left."""
        coming: dict[tuple[int, datetime], list[tuple[Candidate, cp_model.IntVar]]] = defaultdict(list)
        for candidate, variable in self._pairs():
            coming[candidate.tour_id, candidate.running.starts_at].append((candidate, variable))
        for group in coming.values():
            if len(group) > 1:
                places = group[0][0].running.places_left
                people = sum(self._headcount(candidate) * variable for candidate, variable in group)
                self.model.add(people <= max(places, self._at_rest(group)))

    def _fill_sites(self) -> None:
        """At no instant are more people or groups at a site, or in a tour, than either bears."""
        at_site: dict[int, list[tuple[Candidate, cp_model.IntVar]]] = defaultdict(list)
        for candidate, variable in self._pairs():
            at_site[candidate.site_id].append((candidate, variable))
        for site_id, group in at_site.items():
            self._fill(self.world.facts.sites[site_id], site_id, group)
            for tour_id in sorted({candidate.tour_id for candidate, _ in group}):
                of_tour = [pair for pair in group if pair[0].tour_id == tour_id]
                self._fill(self.world.facts.tours[tour_id], site_id, of_tour)

    def _fill(
        self, limits: SiteFacts | TourFacts, site_id: int, group: list[tuple[Candidate, cp_model.IntVar]]
    ) -> None:
        if limits.people_at_once is None and limits.groups_at_once is None:
            return
        load = self.world.load(site_id)
        starts = {o.starts_at for o in load.occupancies} | {c.running.starts_at for c, _ in group}
        for instant in sorted(starts):
            here = [(c, v) for c, v in group if c.running.starts_at <= instant < c.running.clear_at]
            if len({candidate.visit_id for candidate, _ in here}) < 2:
                continue
            there = [o for o in load.occupancies if o.starts_at <= instant < o.clear_at]
            if isinstance(limits, TourFacts):
                there = [o for o in there if o.tour_id == limits.id]
            top = peak(there, instant)
            if limits.people_at_once is not None:
                people = sum(self._headcount(c) * v for c, v in here)
                left = limits.people_at_once - top.people
                self.model.add(people <= max(0, left, self._at_rest(here)))
            if limits.groups_at_once is not None:
                groups = sum(v for _, v in here)
                left = limits.groups_at_once - top.groups
                self.model.add(groups <= max(0, left, sum(c.is_at_rest for c, _ in here)))

    def _headcount(self, candidate: Candidate) -> int:
        visit = self.world.facts.visits[candidate.visit_id]
        return visit.booked_for if candidate.is_at_rest else visit.headcount

    def _at_rest(self, group: Sequence[tuple[Candidate, cp_model.IntVar]]) -> int:
        """What is there already may stay there, even where a limit has been lowered since."""
        return sum(self._headcount(candidate) for candidate, _ in group if candidate.is_at_rest)

    def _cut(self, refused: Mapping[int, Choice]) -> None:
        """Never again all of these at once."""
        against: list[cp_model.BoolVarT] = []
        found = 0
        for candidate, variable in self._pairs():
            mine = refused.get(candidate.visit_id)
            if mine is not None and mine.candidate is candidate:
                against += [variable.negated(), *self.escorts.not_going(candidate, mine.going)]
                found += 1
        if found == len(refused):
            self.model.add_bool_or(against)
