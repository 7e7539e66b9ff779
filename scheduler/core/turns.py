"""In which order several visits can move one by one, each to where nobody stands any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scheduler.core.capacity import Occupancy, at_once_refusals, place_refusals
from scheduler.core.facts import Running
from scheduler.core.spans import Span
from scheduler.core.staffing import duty_span
from scheduler.core.together import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A visit where it is before it moves, and when those who go along are on duty for it."""

    delegation_id: int
    site_id: int
    tour_id: int
    starts_at: datetime
    ends_at: datetime
    clear_at: datetime
    headcount: int
    duties: Mapping[int, Span] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def occupancy(self) -> Occupancy:
        return Occupancy(self.starts_at, self.clear_at, self.headcount, 1, self.tour_id)


def turns(plans: Sequence[Plan], standing: Mapping[int, Standing]) -> tuple[list[int], list[int]]:
    """An order (places in `plans`) in which accepted moves can be written one by one: nobody comes to where
    another has yet to leave, whether people, places, or those who go along; what is new comes last. And those
    who change places with one another: they have to step aside first, all of them, and then the order will
    do. Pure."""
    left = [i for i, plan in enumerate(plans) if plan.request.visit_id is not None]
    order: list[int] = []
    while left:
        free = next((i for i in left if not _is_barred(i, left, order, plans, standing)), None)
        if free is None:
            return [*order, *left, *_new(plans)], left
        left.remove(free)
        order.append(free)
    return [*order, *_new(plans)], []


def _new(plans: Sequence[Plan]) -> list[int]:
    return [i for i, plan in enumerate(plans) if plan.request.visit_id is None]


def _is_barred(
    index: int,
    left: Sequence[int],
    gone: Sequence[int],
    plans: Sequence[Plan],
    standing: Mapping[int, Standing],
) -> bool:
    """Whether another that has yet to move stands where this one goes."""
    plan = plans[index]
    running = plan.diary.running
    assert running is not None
    others = [standing[plans[i].request.visit_id or 0] for i in left if i != index]
    span = Span(running.starts_at, running.ends_at)
    if any(o.delegation_id == plan.request.delegation_id and span.overlaps(o.span) for o in others):
        return True
    if any(o.site_id == plan.diary.site.id for o in others) and _is_full(
        plan, running, others, [plans[i] for i in gone]
    ):
        return True
    going = _duties_then(plan, running, standing[plan.request.visit_id or 0])
    return any(
        key in other.duties and duty.overlaps(other.duties[key])
        for other in others
        for key, duty in going.items()
    )


def _is_full(plan: Plan, running: Running, others: Sequence[Standing], gone: Sequence[Plan]) -> bool:
    """Whether session, tour or site would hold too many with those who have yet to leave and those who have
    come already."""
    site, tour, load = plan.diary.site, plan.diary.tour, plan.diary.load
    there = [o.occupancy for o in others if o.site_id == site.id]
    for other in gone:
        came = other.diary.running
        if came is not None and other.diary.site.id == site.id:
            people, tour_id = other.request.headcount, other.diary.tour.id
            there.append(Occupancy(came.starts_at, came.clear_at, people, 1, tour_id))
    for occupancy in there:
        load = load.also(occupancy)
    here = [o for o in there if (o.tour_id, o.starts_at) == (tour.id, running.starts_at)]
    headcount = plan.request.headcount
    taken = replace(running, places_taken=running.places_taken + sum(o.people for o in here))
    return bool(
        place_refusals(taken, headcount)
        or at_once_refusals(site, tour, load, running=running, headcount=headcount)
    )


def _duties_then(plan: Plan, running: Running, there: Standing) -> dict[int, Span]:
    """When those who go along would be on duty: around the visit as now, or as usual if newly named."""
    later = running.starts_at - there.starts_at, running.ends_at - there.ends_at
    kept = {
        key: Span(span.starts_at + later[0], span.ends_at + later[1]) for key, span in there.duties.items()
    }
    delegation = plan.diary.delegation
    resources = delegation.staff.resources if delegation is not None and delegation.staff else {}
    named = [key for key in plan.request.assign if key in resources and key not in kept]
    span = Span(running.starts_at, running.ends_at)
    return kept | {key: duty_span(resources[key], span) for key in named}
