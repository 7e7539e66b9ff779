"""The city with some visits lifted out of it: from there each can be weighed anywhere by the very rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.disturbances import BookedVisit, CityFacts, Driven, Going
from scheduler.core.duties import ResourceFacts, ResourceKind, Staff
from scheduler.core.escort import VEHICLE_WANTED
from scheduler.core.facts import DelegationFacts, Diary, Running, SiteFacts, VisitRequest
from scheduler.core.interpreting import interprets, needs_interpreter, wanted_languages
from scheduler.core.spans import Span
from scheduler.core.staffing import around
from scheduler.core.together import Plan

_K = ResourceKind


class World:
    """City facts in which none of `leaving` is booked: not its places, its stop, nor its duties."""

    def __init__(self, facts: CityFacts, leaving: Collection[int], overrides: frozenset[str]) -> None:
        self.facts, self.overrides = facts, overrides
        self.leaving = frozenset(leaving)
        self._sites = {site.code: site for site in facts.sites.values()}
        self._gone = self._occupied_by_leaving()
        self._loads: dict[int, SiteLoad] = {}
        self._runnings: dict[int, tuple[Running, ...]] = {}
        self._delegations: dict[int, DelegationFacts] = {}

    def site_of(self, tour_id: int) -> SiteFacts:
        return self._sites[self.facts.tours[tour_id].site_code]

    def runnings(self, tour_id: int) -> tuple[Running, ...]:
        """A tour's sessions, without the people who leave."""
        if tour_id not in self._runnings:
            people: dict[datetime, int] = defaultdict(int)
            for there in self._gone[self.site_of(tour_id).id]:
                if there.tour_id == tour_id:
                    people[there.starts_at] += there.people
            self._runnings[tour_id] = tuple(
                replace(r, places_taken=r.places_taken - people[r.starts_at]) if r.starts_at in people else r
                for r in self.facts.runnings.get(tour_id, ())
            )
        return self._runnings[tour_id]

    def running_at(self, tour_id: int, starts_at: datetime) -> Running | None:
        return next((r for r in self.runnings(tour_id) if r.starts_at == starts_at), None)

    def load(self, site_id: int) -> SiteLoad:
        if site_id not in self._loads:
            there = self.facts.loads.get(site_id) or SiteLoad(())
            self._loads[site_id] = there.less(self._gone[site_id])
        return self._loads[site_id]

    def delegation(self, delegation_id: int) -> DelegationFacts:
        """A delegation without the stops that leave, and without staff."""
        if delegation_id not in self._delegations:
            facts = self.facts.delegations[delegation_id]
            stops = tuple(stop for stop in facts.stops if stop.visit_id not in self.leaving)
            self._delegations[delegation_id] = replace(facts, stops=stops)
        return self._delegations[delegation_id]

    @cached_property
    def resources(self) -> Mapping[int, ResourceFacts]:
        """Everybody without the duties at visits that leave."""
        return {
            key: replace(r, duties=tuple(d for d in r.duties if d.visit_id not in self.leaving))
            for key, r in self.facts.resources.items()
        }

    def staff(self, visit: BookedVisit, tour_id: int, going: Iterable[int] = ()) -> Staff | None:
        """Whom a visit may need at a tour, and whoever goes along with it now or in a plan; those who go have
        their own set-up and wrap-up around it. None where nobody is needed and nobody goes."""
        kinds = self._kinds_needed(visit, tour_id)
        named = {each.resource_id for each in visit.going} | set(going)
        # Who goes along uncalled for is replaced by another of the kind.
        kinds |= {self.resources[key].kind for key in named if key in self.resources}
        if not kinds and not named:
            return None
        fit = {
            r.id: r for r in self.resources.values() if r.id in named or self._may_serve(r, visit, tour_id)
        }
        fit = {key: r for key, r in fit.items() if key in named or r.kind in kinds}
        kept = {each.resource_id: each.state for each in visit.going if each.resource_id in set(going)}
        return Staff(
            resources=fit | self._around(visit, fit), assigned=kept, driven=self._driven(visit, kinds)
        )

    def request(
        self, visit: BookedVisit, tour_id: int, running: Running, going: tuple[int, ...]
    ) -> VisitRequest:
        """The asking for a visit at some session, naming those of `going` who did not come before."""
        there = {each.resource_id for each in visit.going}
        return VisitRequest(
            headcount=visit.headcount,
            delegation_id=visit.delegation_id,
            tour_session_id=running.id,
            tour_code=self.facts.tours[tour_id].code,
            starts_at=running.starts_at,
            language=visit.language,
            visit_id=visit.id,
            part_id=visit.part_id,
            assign=tuple(each for each in going if each not in there),
            overrides=self.overrides,
        )

    def plan(self, visit: BookedVisit, tour_id: int, running: Running, going: tuple[int, ...] = ()) -> Plan:
        """The request with its facts, as `decide` and `decide_together` weigh them."""
        delegation = replace(
            self.delegation(visit.delegation_id), staff=self.staff(visit, tour_id, going=going)
        )
        site = self.site_of(tour_id)
        diary = Diary(
            site=site,
            tour=self.facts.tours[tour_id],
            running=running,
            load=self.load(site.id),
            wanted_at=running.starts_at,
            delegation=delegation,
        )
        return Plan(self.request(visit, tour_id, running, going), diary)

    def _occupied_by_leaving(self) -> Mapping[int, list[Occupancy]]:
        gone: dict[int, list[Occupancy]] = defaultdict(list)
        for visit_id in sorted(self.leaving):
            visit = self.facts.visits[visit_id]
            gone[self.site_of(visit.tour_id).id].append(
                Occupancy(visit.starts_at, self.clear_at(visit), visit.booked_for, 1, visit.tour_id)
            )
        return gone

    def clear_at(self, visit: BookedVisit) -> datetime:
        """When the site is clear of a visit where it is."""
        runnings = self.facts.runnings.get(visit.tour_id, ())
        return next((r.clear_at for r in runnings if r.starts_at == visit.starts_at), visit.ends_at)

    def _kinds_needed(self, visit: BookedVisit, tour_id: int) -> set[ResourceKind]:
        delegation, site = self.facts.delegations[visit.delegation_id], self.site_of(tour_id)
        kinds = set()
        if needs_interpreter(site, delegation, visit.language):
            kinds.add(_K.INTERPRETER)
        if self.facts.tours[tour_id].needs_guide:
            kinds.add(_K.GUIDE)
        if VEHICLE_WANTED in delegation.needs:
            kinds.add(_K.VEHICLE)
        return kinds

    def _may_serve(self, resource: ResourceFacts, visit: BookedVisit, tour_id: int) -> bool:
        """Whether somebody is worth weighing: guides of other sites and other languages never come here."""
        site = self.site_of(tour_id)
        if resource.kind is _K.GUIDE:
            return site.code in resource.site_codes
        if resource.kind is _K.INTERPRETER:
            facts = self.facts.delegations[visit.delegation_id]
            wanted = wanted_languages(facts, visit.language) or frozenset()
            return interprets(resource, wanted, site)
        return True

    def duty(self, visit: BookedVisit, going: Going) -> Span:
        """When somebody is on duty for a visit where it is."""
        return Span(
            visit.starts_at - timedelta(minutes=going.setup_minutes),
            visit.ends_at + timedelta(minutes=going.wrap_up_minutes),
        )

    def _around(self, visit: BookedVisit, fit: Mapping[int, ResourceFacts]) -> dict[int, ResourceFacts]:
        span = Span(visit.starts_at, visit.ends_at)
        return {
            each.resource_id: around(fit[each.resource_id], span, self.duty(visit, each))
            for each in visit.going
            if each.resource_id in fit
        }

    def _driven(self, visit: BookedVisit, kinds: set[ResourceKind]) -> tuple[tuple[Span, int], ...]:
        if _K.VEHICLE not in kinds:
            return ()
        theirs: tuple[Driven, ...] = self.facts.driven.get(visit.delegation_id, ())
        return tuple((d.span, d.riders) for d in theirs if d.part_id in (None, visit.part_id))
