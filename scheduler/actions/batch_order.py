"""In which order several visits can move one by one, each to where nobody stands any more."""

from collections.abc import Mapping, Sequence

from scheduler.actions.duties import duties_of_visit
from scheduler.actions.invalid import Invalid
from scheduler.core.facts import Running
from scheduler.core.spans import Span
from scheduler.core.staffing import duty_span
from scheduler.core.together import Plan
from scheduler.records.visits import Visit

Busy = Mapping[int, Mapping[int, Span]]


def in_turn(plans: Sequence[Plan], moving: Mapping[int, Visit]) -> list[int]:
    """An order in which accepted plans can be written one by one: nobody comes to where another has yet to
    leave, whether people, places, or those who go along; what is new comes last. Raises Invalid when two
    would have to change places with one another."""
    left = [i for i, plan in enumerate(plans) if plan.request.visit_id is not None]
    busy = {v: {d.resource_id: Span(d.starts_at, d.ends_at) for d in duties_of_visit(v)} for v in moving}
    order: list[int] = []
    while left:
        free = next((i for i in left if not _is_barred(i, left, plans, moving, busy)), None)
        if free is None:
            raise Invalid("visits", "cannot_swap")
        left.remove(free)
        order.append(free)
    return order + [i for i, plan in enumerate(plans) if plan.request.visit_id is None]


def _is_barred(
    index: int, left: Sequence[int], plans: Sequence[Plan], moving: Mapping[int, Visit], busy: Busy
) -> bool:
    """Whether another that has yet to move stands where this one goes."""
    plan = plans[index]
    running = plan.diary.running
    assert running is not None
    others = [moving[plans[i].request.visit_id or 0] for i in left if i != index]
    if any(_takes_the_place(plan, running, other) for other in others):
        return True
    going = _duties_then(plan, running, moving[plan.request.visit_id or 0], busy)
    return any(
        key in busy[other.id] and _touch(span, busy[other.id][key])
        for other in others
        for key, span in going.items()
    )


def _takes_the_place(plan: Plan, running: Running, other: Visit) -> bool:
    """The same people, or so many of others that the session or its site would be too full meanwhile."""
    if other.delegation_id == plan.request.delegation_id:
        return _touch(_span(running), Span(other.starts_at, other.ends_at))
    site, tour = plan.diary.site, plan.diary.tour
    if other.site_id != site.id:
        return False
    limits = (site.people_at_once, site.groups_at_once, tour.people_at_once, tour.groups_at_once)
    if any(limit is not None for limit in limits):
        return _touch(Span(running.starts_at, running.clear_at), Span(other.starts_at, other.ends_at))
    people = other.headcount + plan.request.headcount
    return other.tour_session_id == running.id and people > running.places_left


def _duties_then(plan: Plan, running: Running, visit: Visit, busy: Busy) -> dict[int, Span]:
    """When those who go along would be on duty: around the visit as now, or as usual if newly named."""
    later = running.starts_at - visit.starts_at, running.ends_at - visit.ends_at
    there = {
        key: Span(span.starts_at + later[0], span.ends_at + later[1]) for key, span in busy[visit.id].items()
    }
    delegation = plan.diary.delegation
    resources = delegation.staff.resources if delegation is not None and delegation.staff else {}
    named = [key for key in plan.request.assign if key in resources and key not in there]
    return there | {key: duty_span(resources[key], _span(running)) for key in named}


def _span(running: Running) -> Span:
    return Span(running.starts_at, running.ends_at)


def _touch(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
