"""What upsets days that are planned: a site closed, somebody away, a stay or a headcount that changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.capacity import SiteLoad
from scheduler.core.duties import DutyState, ResourceFacts
from scheduler.core.facts import Closure, DelegationFacts, Running, SiteFacts, TourFacts
from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import Span


class DisturbanceKind(StrEnum):
    CLOSURE = "closure"
    ABSENCE = "absence"
    STAY = "stay"
    HEADCOUNT = "headcount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """One thing that went wrong, or might (`is_rehearsed`: nothing of it is in the archive yet).

    A closure has its site and span, and its id where it is kept; an absence the resource and from when to
    when; a stay the delegation and its new span; a headcount the delegation, how many it was thought to be
    (`was`) and how many come."""

    kind: DisturbanceKind
    is_rehearsed: bool = False
    span: Span | None = None
    site_code: str | None = None
    closure_id: int | None = None
    resource_id: int | None = None
    delegation_id: int | None = None
    was: int | None = None
    headcount: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Who is to come along with a visit, and how long their duty begins before it and ends after it."""

    resource_id: int
    state: DutyState
    setup_minutes: int = 0
    wrap_up_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedVisit:
    """An awaited visit as it stands. It takes `booked_for` places and asks for `headcount`, which differ only
    where a disturbance says so. `priority` is that of the wish it fulfils, where one is known."""

    id: int
    version: int
    delegation_id: int
    state: VisitState
    tour_id: int
    starts_at: datetime
    ends_at: datetime
    headcount: int
    booked_for: int
    part_id: int | None = None
    language: str | None = None
    hold_until: datetime | None = None
    is_clashing: bool = False
    overridden: frozenset[str] = frozenset()
    priority: int | None = None
    going: tuple[Going, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Driven:
    """A vehicle that is with a delegation, or a part of it, over a stretch of a day, and its riders."""

    span: Span
    riders: int
    part_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CityFacts:
    """Everything that a repair is weighed against, nobody left out of any count.

    Sites, tours, loads (by site) and sessions (by tour) of wherever a visit is or could go; the delegations
    concerned with all their stops, without staff; whoever could be sent, with all duties; all awaited visits
    of those delegations; the tours (ids) that could stand in for a visit's own."""

    zone: ZoneInfo
    sites: Mapping[int, SiteFacts]
    tours: Mapping[int, TourFacts]
    loads: Mapping[int, SiteLoad]
    runnings: Mapping[int, tuple[Running, ...]]
    delegations: Mapping[int, DelegationFacts]
    visits: Mapping[int, BookedVisit]
    resources: Mapping[int, ResourceFacts] = field(default_factory=dict)
    driven: Mapping[int, tuple[Driven, ...]] = field(default_factory=dict)
    stand_ins: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def laid_over(facts: CityFacts, disturbance: Disturbance) -> CityFacts:
    """The facts as if what is only rehearsed were so; the facts themselves where it is. Of a headcount, the
    visits of everybody are for as many as come in either case. Pure."""
    kind = disturbance.kind
    if kind is DisturbanceKind.HEADCOUNT:
        return _with_headcount(facts, disturbance)
    if not disturbance.is_rehearsed or disturbance.span is None:
        return facts
    span = disturbance.span
    if kind is DisturbanceKind.CLOSURE:
        closure = Closure(id=None, span=span, reason=disturbance.reason)
        sites = {
            key: replace(site, closures=(*site.closures, closure))
            if site.code == disturbance.site_code
            else site
            for key, site in facts.sites.items()
        }
        return replace(facts, sites=sites)
    if kind is DisturbanceKind.ABSENCE:
        resources = {
            key: replace(r, leave=(*r.leave, span)) if key == disturbance.resource_id else r
            for key, r in facts.resources.items()
        }
        return replace(facts, resources=resources)
    return _with_delegation(facts, disturbance.delegation_id, stay=span)


def _with_headcount(facts: CityFacts, told: Disturbance) -> CityFacts:
    assert told.headcount is not None
    if told.is_rehearsed:
        facts = _with_delegation(facts, told.delegation_id, headcount=told.headcount)
    visits = {
        key: replace(visit, headcount=told.headcount) if is_of_everybody(visit, told) else visit
        for key, visit in facts.visits.items()
    }
    return replace(facts, visits=visits)


def is_of_everybody(visit: BookedVisit, told: Disturbance) -> bool:
    """Whether a visit was for as many as the delegation was thought to be, so that it grows with it."""
    is_theirs = visit.delegation_id == told.delegation_id and visit.part_id is None
    return is_theirs and visit.headcount == told.was


def _with_delegation(facts: CityFacts, delegation_id: int | None, **changes: object) -> CityFacts:
    changed: dict[int, DelegationFacts] = {
        key: replace(d, **changes) if key == delegation_id else d  # type: ignore[arg-type]
        for key, d in facts.delegations.items()
    }
    return replace(facts, delegations=changed)
