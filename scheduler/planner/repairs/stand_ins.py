"""Stand-ins: no delegation is led to one site twice on a day because another tour stands in."""

from collections.abc import Sequence
from datetime import date, datetime

from scheduler.core.disturbances import BookedVisit
from scheduler.core.travel import shares_people
from scheduler.planner.repairs.candidates import Candidate
from scheduler.planner.repairs.world import World


def where_not_yet(world: World, visit: BookedVisit, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates at sites to which those guests do not go that day anyway. Pure."""
    delegation = world.delegation(visit.delegation_id)
    part = None if visit.part_id is None else delegation.parts[visit.part_id]
    zones = {site.code: site.zone for site in world.facts.sites.values()}
    there = {
        (stop.site_code, stop.span.starts_at.astimezone(zones[stop.site_code]).date())
        for stop in delegation.stops
        if stop.site_code in zones and shares_people(stop.part, part)
    }
    return [
        each
        for each in candidates
        if (world.facts.sites[each.site_id].code, _day(world, each)) not in there
        or not _is_new_there(world, each)
    ]


def is_twice_a_day(world: World, one: Candidate, other: Candidate) -> bool:
    """Whether two visits of one delegation would be at one site on a day only because one stands in. Pure."""
    if one.site_id != other.site_id or _day(world, one) != _day(world, other):
        return False
    return _is_new_there(world, one) or _is_new_there(world, other)


def _is_new_there(world: World, candidate: Candidate) -> bool:
    """Whether a stand-in leads to another site or day than its visit."""
    visit = world.facts.visits[candidate.visit_id]
    if candidate.tour_id == visit.tour_id:
        return False
    own = world.site_of(visit.tour_id)
    return (candidate.site_id, _day(world, candidate)) != (own.id, _on(world, candidate, visit.starts_at))


def _day(world: World, candidate: Candidate) -> date:
    return _on(world, candidate, candidate.running.starts_at)


def _on(world: World, candidate: Candidate, instant: datetime) -> date:
    return instant.astimezone(world.facts.sites[candidate.site_id].zone).date()
