"""Who goes along, in the model of a repair: each guide, interpreter and vehicle at one visit at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from ortools.sat.python import cp_model

from scheduler.core.duties import ResourceFacts, ResourceKind
from scheduler.core.spans import Span
from scheduler.core.staffing import FAR
from scheduler.core.travel import Travel, modelled_minutes
from scheduler.planner.repairs.candidates import Candidate, Companions
from scheduler.planner.repairs.world import World

# What it costs that one of a kind is missing, and that somebody new comes.
MISSING, NEW = 3, 1
# A visit left alone and the same visit staying for another number are two candidates of one hour.
Key = tuple[int, int, datetime, bool, int]


@dataclass(eq=False)
class Duties:
    """The duties that one resource may get: each with its candidate, its span and its variable."""

    resource: ResourceFacts
    each: list[tuple[Candidate, Span, cp_model.IntVar]] = field(default_factory=list)


class EscortModel:
    """Variables for who goes along with which candidate, in a model that has the candidates already."""

    def __init__(
        self,
        model: cp_model.CpModel,
        world: World,
        pairs: Sequence[tuple[Candidate, cp_model.IntVar]],
    ) -> None:
        self._model, self._world = model, world
        self._goes: dict[Key, cp_model.IntVar] = {}
        self._duties: dict[int, Duties] = {}
        self.costs: list[tuple[int, cp_model.LinearExprT]] = []
        for candidate, variable in pairs:
            for companions in candidate.companions:
                self._choose(candidate, variable, companions)
        for duties in self._duties.values():
            self._one_at_a_time(duties)
            self._not_too_many_a_day(duties)
            self._in_time(duties)

    def cost(self, candidate: Candidate, going: Sequence[int]) -> int:
        """What it costs that these go along with a candidate and not those who went before."""
        found = 0
        for companions in candidate.companions:
            if not companions.is_fixed:
                those = [key for key in going if key in companions.free]
                found += MISSING * max(0, len(companions.before) - len(those))
                found += NEW * sum(key not in companions.before for key in those)
        return found

    def going(self, candidate: Candidate, solver: cp_model.CpSolver) -> tuple[int, ...]:
        """Who goes along with a chosen candidate, those who went before first."""
        found = []
        for companions in candidate.companions:
            free = sorted(companions.free, key=lambda each: (each not in companions.before, each))
            found += [r for r in free if solver.boolean_value(self._goes[_key(candidate, r)])]
        return tuple(found)

    def hint(self, candidate: Candidate, going: Sequence[int]) -> None:
        for companions in candidate.companions:
            for resource_id in companions.free:
                self._model.add_hint(self._goes[_key(candidate, resource_id)], resource_id in going)

    def not_going(self, candidate: Candidate, going: Sequence[int]) -> list[cp_model.BoolVarT]:
        """The choices of these people for a candidate, each negated."""
        keys = [_key(candidate, resource_id) for resource_id in going]
        return [self._goes[key].negated() for key in keys if key in self._goes]

    def _choose(self, candidate: Candidate, chosen: cp_model.IntVar, companions: Companions) -> None:
        goes: dict[int, cp_model.IntVar] = {}
        for resource_id, span in companions.free.items():
            variable = self._model.new_bool_var("")
            self._goes[_key(candidate, resource_id)] = goes[resource_id] = variable
            self._model.add_implication(variable, chosen)
            duties = self._duties.setdefault(resource_id, Duties(self._world.resources[resource_id]))
            duties.each.append((candidate, span, variable))
        if companions.is_fixed:
            for variable in goes.values():
                self._model.add_implication(chosen, variable)
            return
        together, number = sum(goes.values()), len(companions.before)
        new = [variable for key, variable in goes.items() if key not in companions.before]
        if companions.kind is ResourceKind.VEHICLE:
            self._seat(candidate, chosen, companions, goes)
        else:
            self._model.add(together <= number * chosen)
            if companions.is_needed:
                self._model.add(together >= chosen)
        missing = self._model.new_int_var(0, number, "")
        self._model.add(missing >= number * chosen - together)
        self.costs += [(MISSING, missing), *((NEW, variable) for variable in new)]

    def _seat(
        self,
        candidate: Candidate,
        chosen: cp_model.IntVar,
        companions: Companions,
        goes: Mapping[int, cp_model.IntVar],
    ) -> None:
        """Where vehicles are needed all must find a seat; vehicles newly sent must seat all by themselves."""
        headcount = self._world.facts.visits[candidate.visit_id].headcount
        if companions.is_needed:
            seats = sum(companions.seats[key] * variable for key, variable in goes.items())
            self._model.add(seats >= headcount * chosen)
        new = {key: variable for key, variable in goes.items() if key not in companions.before}
        seats = sum(companions.seats[key] * variable for key, variable in new.items())
        for variable in new.values():
            self._model.add(seats >= headcount * variable)

    def _one_at_a_time(self, duties: Duties) -> None:
        """Starts are given, so that it is enough to look at each instant at which a duty begins: of all that
        last then at most one is. Far easier to prove with than intervals that must not overlap."""
        if len({candidate.visit_id for candidate, _, _ in duties.each}) < 2:
            return
        ordered = sorted(duties.each, key=lambda each: each[1].starts_at)
        lasting: list[tuple[Candidate, Span, cp_model.IntVar]] = []
        for instant, group in groupby(ordered, key=lambda each: each[1].starts_at):
            lasting = [each for each in lasting if each[1].ends_at > instant] + list(group)
            if len({candidate.visit_id for candidate, _, _ in lasting}) > 1:
                self._model.add_at_most_one([variable for _, _, variable in lasting])

    def _not_too_many_a_day(self, duties: Duties) -> None:
        most, zone = duties.resource.most_a_day, duties.resource.zone
        if most is None:
            return
        by_day: dict[date, list[cp_model.IntVar]] = defaultdict(list)
        for _candidate, span, variable in duties.each:
            by_day[span.starts_at.astimezone(zone).date()].append(variable)
        there = [duty.span.starts_at.astimezone(zone).date() for duty in duties.resource.duties]
        for day, variables in by_day.items():
            self._model.add(sum(variables) <= max(0, most - there.count(day)))

    def _in_time(self, duties: Duties) -> None:
        """From one site to another there must be time for the way."""
        if len({candidate.site_id for candidate, _, _ in duties.each}) < 2:
            return
        ordered = sorted(duties.each, key=lambda each: each[1].starts_at)
        zone = duties.resource.zone
        for index, (here, span, goes) in enumerate(ordered):
            hour = span.ends_at.astimezone(zone).hour
            for there, after, follows in ordered[index + 1 :]:
                gap = after.starts_at - span.ends_at
                if gap >= self._longest:
                    break
                if here.visit_id == there.visit_id or here.site_id == there.site_id or gap < timedelta():
                    continue
                if here.is_at_rest and there.is_at_rest:
                    continue
                minutes = self._minutes(here, there, hour)
                if minutes is not None and timedelta(minutes=minutes) > gap:
                    self._model.add_bool_or([goes.negated(), follows.negated()])

    @cached_property
    def _longest(self) -> timedelta:
        """No way in the table or by the model takes longer, and none that matters longer than half a day."""
        sites = [site for site in self._world.facts.sites.values() if site.point is not None]
        ways = [modelled_minutes(a.point, b.point) for a in sites for b in sites if a.point and b.point]
        for facts in self._world.facts.delegations.values():
            ways += [m for by_hour in (facts.travel or Travel()).table.values() for m in by_hour.values()]
        return min(FAR, timedelta(minutes=max(ways, default=0) + 1))

    def _minutes(self, here: Candidate, there: Candidate, hour: int) -> int | None:
        sites = self._world.facts.sites
        one, other = sites[here.site_id], sites[there.site_id]
        facts = self._world.facts.delegations[self._world.facts.visits[there.visit_id].delegation_id]
        travel = (facts.travel or Travel()).also_at(one.code, one.point).also_at(other.code, other.point)
        return travel.minutes(one.code, other.code, hour)


def _key(candidate: Candidate, resource_id: int) -> Key:
    starts_at = candidate.running.starts_at
    return candidate.visit_id, candidate.tour_id, starts_at, candidate.is_at_rest, resource_id
