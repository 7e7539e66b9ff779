"""A small city in values, to repair: sites with rounds, delegations with visits, guides."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.disturbances import BookedVisit, CityFacts, Disturbance, DisturbanceKind, Going
from scheduler.core.duties import Duty, DutyState, ResourceFacts, ResourceKind
from scheduler.core.facts import DelegationFacts, Running, SiteFacts, TourFacts
from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import Span, day_span
from scheduler.core.staffing import duty_span
from scheduler.core.stops import Stop
from scheduler.planner.repairs.answers import RepairAnswer
from scheduler.planner.repairs.asked import RepairAsked
from scheduler.planner.repairs.search import plan_repair
from tests.cast import SEOUL, seoul
from tests.core import given

AT = given.ASKED_AT


@dataclass
class SmallCity:
    """What is put in by hand; `facts()` counts who is where."""

    sites: dict[int, SiteFacts] = field(default_factory=dict)
    tours: dict[int, TourFacts] = field(default_factory=dict)
    runnings: dict[int, list[Running]] = field(default_factory=dict)
    delegations: dict[int, DelegationFacts] = field(default_factory=dict)
    visits: dict[int, BookedVisit] = field(default_factory=dict)
    resources: dict[int, ResourceFacts] = field(default_factory=dict)
    stand_ins: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def tour(self, code: str, starts: list[datetime], **facts: Any) -> int:
        """A site with one tour of one hour's rounds at some instants; gives the tour's id."""
        key = len(self.tours) + 1
        about = {name: facts.pop(name) for name in ("people", "groups") if name in facts}
        limits = {"people_at_once": about.get("people"), "groups_at_once": about.get("groups")}
        self.sites[key] = given.site(id=key, code=code, hours=given.hours(weekdays=range(7)), **limits)
        self.tours[key] = given.tour(id=key, code=f"{code}-T", site_code=code, **facts)
        places = self.tours[key].places
        self.runnings[key] = [
            given.running(start, id=100 * key + n, places=places) for n, start in enumerate(starts)
        ]
        return key

    def delegation(self, stay: Span | None = None, **facts: Any) -> int:
        key = len(self.delegations) + 1
        self.delegations[key] = given.delegation(id=key, **({"stay": stay} if stay else {}), **facts)
        return key

    def visit(self, who: int, tour_id: int, starts_at: datetime, headcount: int = 10, **facts: Any) -> int:
        """A confirmed visit in a session; gives its id."""
        key = len(self.visits) + 1
        self.visits[key] = BookedVisit(
            id=key,
            version=1,
            delegation_id=who,
            state=VisitState.CONFIRMED,
            tour_id=tour_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            headcount=headcount,
            booked_for=headcount,
            **facts,
        )
        return key

    def guide(self, *tour_ids: int, **facts: Any) -> int:
        key = len(self.resources) + 1
        told = {"kind": ResourceKind.GUIDE, "languages": frozenset({"en"}), "zone": SEOUL}
        codes = frozenset(self.tours[tour_id].site_code for tour_id in tour_ids)
        named = {"name": f"Guide {key}", "site_codes": codes}
        self.resources[key] = ResourceFacts(id=key, **(told | named | facts))
        return key

    def send(self, resource_id: int, visit_id: int) -> None:
        """Have somebody go along with a visit."""
        visit, resource = self.visits[visit_id], self.resources[resource_id]
        span = duty_span(resource, Span(visit.starts_at, visit.ends_at))
        site = self.tours[visit.tour_id].site_code
        duty = Duty(
            assignment_id=0, span=span, delegation_id=visit.delegation_id, visit_id=visit_id, site_code=site
        )
        self.resources[resource_id] = replace(resource, duties=(*resource.duties, duty))
        going = Going(resource_id=resource_id, state=DutyState.ACCEPTED)
        self.visits[visit_id] = replace(visit, going=(*visit.going, going))

    def facts(self) -> CityFacts:
        people: Counter[tuple[int, datetime]] = Counter()
        groups: Counter[tuple[int, datetime]] = Counter()
        stops: dict[int, list[Stop]] = {key: [] for key in self.delegations}
        for visit in self.visits.values():
            people[visit.tour_id, visit.starts_at] += visit.booked_for
            groups[visit.tour_id, visit.starts_at] += 1
            code, span = self.tours[visit.tour_id].site_code, Span(visit.starts_at, visit.ends_at)
            stops[visit.delegation_id].append(
                Stop(visit_id=visit.id, site_code=code, span=span, headcount=visit.headcount)
            )
        runnings = {
            key: tuple(replace(r, places_taken=people[key, r.starts_at]) for r in there)
            for key, there in self.runnings.items()
        }
        loads = {
            key: SiteLoad(
                Occupancy(r.starts_at, r.clear_at, people[key, r.starts_at], groups[key, r.starts_at], key)
                for r in runnings[key]
            )
            for key in self.sites
        }
        delegations = {key: replace(d, stops=tuple(stops[key])) for key, d in self.delegations.items()}
        return CityFacts(
            zone=SEOUL,
            sites=self.sites,
            tours=self.tours,
            loads=loads,
            runnings=runnings,
            delegations=delegations,
            visits=self.visits,
            resources=self.resources,
            stand_ins=self.stand_ins,
        )

    def repaired(self, disturbance: Disturbance, **asked: Any) -> RepairAnswer:
        return plan_repair(RepairAsked(at=AT, disturbance=disturbance, facts=self.facts(), **asked))


def flood(code: str, day: int) -> Disturbance:
    """A site closed for a day of December, rehearsed."""
    span = day_span(seoul(day).date(), SEOUL)
    return Disturbance(kind=DisturbanceKind.CLOSURE, is_rehearsed=True, span=span, site_code=code)


def away(resource_id: int, day: int) -> Disturbance:
    span = day_span(seoul(day).date(), SEOUL)
    return Disturbance(kind=DisturbanceKind.ABSENCE, is_rehearsed=True, span=span, resource_id=resource_id)
