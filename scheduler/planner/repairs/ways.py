"""Which two candidates of one delegation exclude one another, and which leave little to spare."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from scheduler.core.spans import Span
from scheduler.core.stops import PartFacts, Stop
from scheduler.core.travel import FAR, Travel, shares_people, travel_weight
from scheduler.planner.repairs.candidates import Candidate
from scheduler.planner.repairs.stand_ins import is_twice_a_day
from scheduler.planner.repairs.world import World


class Ways:
    """The ways between two visits that both may move, as `travel_weight` weighs them, each asked once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[tuple[object, ...], bool | None] = {}

    def between(
        self, ones: Sequence[Candidate], others: Sequence[Candidate]
    ) -> Iterator[tuple[int, int, bool]]:
        """Places of candidates in either list that cannot both be, or (`is_thin`) only just."""
        if not ones or not others:
            return
        part, other_part = self._part(ones[0]), self._part(others[0])
        if not shares_people(part, other_part):
            return
        for a, one in enumerate(ones):
            for b, other in enumerate(others):
                if abs(one.running.starts_at - other.running.starts_at) > FAR + timedelta(days=1):
                    continue
                told = self._weigh(one, other)
                if told is not None:
                    yield a, b, told

    def _weigh(self, one: Candidate, other: Candidate) -> bool | None:
        """None: both can be. True: with little to spare. False: not both."""
        if one.span.overlaps(other.span) or is_twice_a_day(self._world, one, other):
            return False
        first, last = (one, other) if one.running.starts_at < other.running.starts_at else (other, one)
        zone = self._world.site_of(last.tour_id).zone
        gap = last.running.starts_at - first.running.ends_at
        if gap >= FAR:
            return None
        hour = first.running.ends_at.astimezone(zone).hour
        key = (first.site_id, last.site_id, hour, gap, self._of(one))
        if key not in self._known:
            here, there = self._stop(last), self._stop(first)
            late, thin = travel_weight([there], here, travel=self._travel(one), zone=zone)
            self._known[key] = False if late else True if thin else None
        return self._known[key]

    def _stop(self, candidate: Candidate) -> Stop:
        code = self._world.facts.sites[candidate.site_id].code
        span = Span(candidate.running.starts_at, candidate.running.ends_at)
        return Stop(site_code=code, span=span, part=None)

    def _of(self, candidate: Candidate) -> int:
        return self._world.facts.visits[candidate.visit_id].delegation_id

    def _travel(self, candidate: Candidate) -> Travel:
        travel = self._world.delegation(self._of(candidate)).travel or Travel()
        for site in self._world.facts.sites.values():
            travel = travel.also_at(site.code, site.point)
        return travel

    def _part(self, candidate: Candidate) -> PartFacts | None:
        visit = self._world.facts.visits[candidate.visit_id]
        parts = self._world.delegation(visit.delegation_id).parts
        return None if visit.part_id is None else parts[visit.part_id]
