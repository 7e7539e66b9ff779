"""Who goes along: a guide, an interpreter, a vehicle for every visit of a programme, nobody in two places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from scheduler.core.duties import Duty, ResourceFacts, ResourceKind, Staff
from scheduler.core.escort import Escort
from scheduler.core.interpreting import wanted_languages
from scheduler.core.spans import Span
from scheduler.core.staffing import Errand, duty_span, resource_refusals
from scheduler.core.travel import Travel
from scheduler.planner.candidates import Candidate
from scheduler.planner.proving import VisitPlan

# No visit takes more vehicles than this, and no day is tried in more ways.
MOST_VEHICLES, MOST_TRIES = 4, 4000
ANY_NUMBER = 1000
Assigned = dict[VisitPlan, tuple[int, ...]]


@dataclass(frozen=True)
class NobodyToSend:
    """Visits of some days that cannot all have whom they need; each of them is part of why on its day."""

    candidates: frozenset[Candidate]


class People:
    """The office's people while a programme is put together, with the duties it has given them."""

    def __init__(self, staff: Staff, travel: Travel) -> None:
        self._staff, self._travel = staff, travel
        self._resources = dict(staff.resources)
        self._used = Counter[int]()

    def assign(self, visits: Sequence[VisitPlan]) -> Assigned | None:
        """Whom each visit of one day takes along, remembered for the days to come; None where that cannot
        be. Who has been with the guests before is preferred, then who does least that day."""
        resources, tries = dict(self._resources), [MOST_TRIES]
        found = self._rest(list(visits), resources, tries)
        if found is None:
            return None
        for visit, ids in found.items():
            self._used.update(ids)
            for of in ids:
                self._resources[of] = _busier(self._resources[of], visit)
        return found

    def copy(self) -> "People":
        """The same people, whom what is tried next does not burden."""
        other = People(self._staff, self._travel)
        other._resources, other._used = dict(self._resources), Counter(self._used)
        return other

    def fit(self, kind: ResourceKind, visits: Sequence[VisitPlan]) -> dict[int, int] | None:
        """Who could go along with a visit at any of some hours, and to how many more that day; None where
        not all of them need somebody of this kind."""
        found: dict[int, int] = {}
        for visit in visits:
            escort, errand = self._escort(visit), _errand(visit)
            if kind not in escort.needs(visit.span):
                return None
            for resource in self._resources.values():
                if resource.kind is kind and not resource_refusals(resource, errand, escort.travel):
                    limit = ANY_NUMBER if resource.most_a_day is None else resource.most_a_day
                    found[resource.id] = limit - _duties_that_day(resource, visit)
        return found

    def _rest(
        self, visits: list[VisitPlan], resources: dict[int, ResourceFacts], tries: list[int]
    ) -> Assigned | None:
        """The first way, in order of preference, to serve all of some visits."""
        if not visits:
            return {}
        tries[0] -= 1
        if tries[0] < 0:
            return None
        visit, *others = visits
        for ids in self._ways(visit, resources):
            busier = {**resources, **{of: _busier(resources[of], visit) for of in ids}}
            found = self._rest(others, busier, tries)
            if found is not None:
                return {visit: ids, **found}
        return None

    def _ways(self, visit: VisitPlan, resources: Mapping[int, ResourceFacts]) -> Iterator[tuple[int, ...]]:
        """Who could go along with one visit, the preferred first."""
        kinds = list(self._escort(visit).needs(visit.span))
        for chosen in product(*(list(self._of_kind(kind, visit, resources)) for kind in kinds)):
            yield tuple(of for ids in chosen for of in ids)

    def _of_kind(
        self, kind: ResourceKind, visit: VisitPlan, resources: Mapping[int, ResourceFacts]
    ) -> Iterator[tuple[int, ...]]:
        of_kind = [r for r in resources.values() if r.kind is kind]
        if kind is ResourceKind.VEHICLE and not of_kind:
            yield ()
            return
        errand = _errand(visit)
        free = [r for r in of_kind if not resource_refusals(r, errand, self._escort(visit).travel)]
        free.sort(key=lambda r: (-self._used[r.id], _duties_that_day(r, visit), r.seats or 0, r.name))
        if kind is not ResourceKind.VEHICLE:
            yield from ((r.id,) for r in free)
            return
        for number in range(1, MOST_VEHICLES + 1):
            for together in combinations(free, number):
                if _is_just_enough(together, visit.share.headcount):
                    yield tuple(r.id for r in together)

    def _escort(self, visit: VisitPlan) -> Escort:
        option, travel = visit.candidate.option, self._travel
        travel = travel.also_at(option.site.code, option.site.point)
        return Escort(visit.request, option.site, option.tour, visit.delegation, self._staff, travel)


def who_goes(
    days: Sequence[Sequence[VisitPlan]], staff: Staff | None, travel: Travel
) -> Assigned | NobodyToSend:
    """Whom every visit takes along, day by day, or visits that cannot all be served on their days. Where
    nobody was looked up, nobody is needed."""
    if staff is None:
        return {visit: () for visits in days for visit in visits}
    people, assigned, clashing = People(staff, travel), Assigned(), list[VisitPlan]()
    for visits in days:
        found = people.assign(visits)
        if found is None:
            clashing += _least(people, list(visits))
        else:
            assigned |= found
    return NobodyToSend(frozenset(v.candidate for v in clashing)) if clashing else assigned


def are_too_few(items: Sequence[Sequence[VisitPlan]], staff: Staff, travel: Travel) -> bool:
    """Whether the guides or interpreters are too few for some items of one day, each a visit at any one of
    several hours, even if only fitness and day limits counted."""
    people = People(staff, travel)
    for kind in (ResourceKind.GUIDE, ResourceKind.INTERPRETER):
        fit = [people.fit(kind, visits) for visits in items]
        limits = {of: limit for ids in fit if ids is not None for of, limit in ids.items()}
        if _most_served([set(ids) for ids in fit if ids is not None], limits) < sum(
            f is not None for f in fit
        ):
            return True
    return False


def _most_served(fit: Sequence[set[int]], limits: Mapping[int, int]) -> int:
    """How many can have one of those fit for them, nobody being sent more often than the limit."""
    sent: dict[int, list[int]] = {of: [] for of in limits}

    def serve(item: int, tried: set[int]) -> bool:
        for of in sorted(fit[item] - tried):
            tried.add(of)
            if len(sent[of]) < limits[of]:
                sent[of].append(item)
                return True
            for number, other in enumerate(sent[of]):
                if serve(other, tried):
                    sent[of][number] = item
                    return True
        return False

    return sum(serve(item, set()) for item in range(len(fit)))


def _least(people: People, visits: list[VisitPlan]) -> list[VisitPlan]:
    """A smallest part of some visits that cannot be served: without any one of them the rest could."""
    for candidate in dict.fromkeys(visit.candidate for visit in visits):
        without = [visit for visit in visits if visit.candidate is not candidate]
        if people.copy().assign(without) is None:
            visits = without
    return visits


def _errand(visit: VisitPlan) -> Errand:
    site, delegation = visit.candidate.option.site, visit.delegation
    wanted = wanted_languages(delegation, visit.request.language) or frozenset()
    return Errand(
        span=visit.span,
        delegation_id=delegation.id,
        site=site,
        wanted=wanted,
        shared=wanted & site.languages,
    )


def _is_just_enough(vehicles: Sequence[ResourceFacts], headcount: int) -> bool:
    """Whether there is a seat for everybody, and no vehicle could stay at home."""
    seats = [vehicle.seats or 0 for vehicle in vehicles]
    return sum(seats) >= headcount and sum(seats) - min(seats) < headcount


def _busier(resource: ResourceFacts, visit: VisitPlan) -> ResourceFacts:
    duty = Duty(
        assignment_id=0,
        span=duty_span(resource, visit.span),
        delegation_id=visit.delegation.id,
        site_code=visit.candidate.option.site.code,
    )
    duties = sorted((*resource.duties, duty), key=lambda each: each.span.starts_at)
    return replace(resource, duties=tuple(duties))


def _duties_that_day(resource: ResourceFacts, visit: VisitPlan) -> int:
    def day(span: Span) -> object:
        return span.starts_at.astimezone(resource.zone).date()

    return sum(1 for duty in resource.duties if day(duty.span) == day(visit.span))
