"""Several requests at once, each weighed as if the others were already booked: all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.core.booking import decide, part_of
from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.duties import Duty, DutyState, ResourceFacts, Staff
from scheduler.core.facts import DelegationFacts, Diary, Running, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.staffing import duty_span
from scheduler.core.stops import Stop
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One request of several with the facts of its own, before the others are seen."""

    request: VisitRequest
    diary: Diary


def decide_together(plans: Sequence[Plan], at: datetime) -> list[Verdict]:
    """A verdict for each of several requests, in their order. Pure, as `decide` is.

    In: the requests, each with a diary in which none of them is booked (visits that are to move are left out
    everywhere). Where a delegation is then, and the ways between, each sees of all the others, whatever their
    order; places, and people to send along, are given out in order: who comes first has them.
    """
    verdicts: list[Verdict] = []
    accepted: list[Plan] = []
    for index, plan in enumerate(plans):
        others = [other for i, other in enumerate(plans) if i != index]
        verdict = decide(plan.request, _seen(plan, others, accepted), at)
        verdicts.append(verdict)
        if not verdict.is_refused:
            accepted.append(plan)
    return verdicts


def among(plan: Plan, others: Sequence[Plan]) -> Diary:
    """The diary of a plan, its options too, as if all the others were booked: what to advise from. Pure."""
    diary = _seen(plan, others, others)
    options = tuple(
        replace(
            option,
            load=_fuller(option.load, option.site.id, others),
            runnings=tuple(_taken(running, option.tour.id, others) for running in option.runnings),
        )
        for option in diary.options
    )
    return replace(diary, options=options)


def _seen(plan: Plan, others: Sequence[Plan], accepted: Sequence[Plan]) -> Diary:
    diary = plan.diary
    delegation = diary.delegation
    if delegation is not None:
        delegation = _with_stops(delegation, others)
        if delegation.staff is not None:
            staff = _with_duties(delegation.staff, accepted)
            delegation = replace(delegation, staff=staff)
    return replace(
        diary,
        running=diary.running and _taken(diary.running, diary.tour.id, accepted),
        load=_fuller(diary.load, diary.site.id, accepted),
        delegation=delegation,
    )


def _fuller(load: SiteLoad, site_id: int, accepted: Sequence[Plan]) -> SiteLoad:
    """The load of a site with the people of others there."""
    for other in accepted:
        there = other.diary.running
        if there is not None and other.diary.site.id == site_id:
            people, tour_id = other.request.headcount, other.diary.tour.id
            load = load.also(Occupancy(there.starts_at, there.clear_at, people, 1, tour_id))
    return load


def _taken(running: Running, tour_id: int, accepted: Sequence[Plan]) -> Running:
    """A session with the places of others taken."""
    people = sum(
        other.request.headcount
        for other in accepted
        if other.diary.running is not None
        and (other.diary.tour.id, other.diary.running.starts_at) == (tour_id, running.starts_at)
    )
    return replace(running, places_taken=running.places_taken + people) if people else running


def _with_stops(delegation: DelegationFacts, others: Sequence[Plan]) -> DelegationFacts:
    """The delegation as if the others of its own were booked."""
    stops, travel = list(delegation.stops), delegation.travel or Travel()
    for other in others:
        stop = stop_of_plan(other)
        if stop is None or other.request.delegation_id != delegation.id:
            continue
        site = other.diary.site
        stops.append(stop)
        travel = travel.joined_with((other.diary.delegation or delegation).travel or Travel())
        travel = travel.also_at(site.code, site.point)
    stops.sort(key=lambda stop: stop.span.starts_at)
    return replace(delegation, stops=tuple(stops), travel=travel)


def stop_of_plan(plan: Plan) -> Stop | None:
    """Where a request's people would be; None where there is no session to be in."""
    running, delegation = plan.diary.running, plan.diary.delegation
    if running is None or delegation is None:
        return None
    return Stop(
        visit_id=plan.request.visit_id,
        site_code=plan.diary.site.code,
        span=Span(running.starts_at, running.ends_at),
        part=part_of(plan.request, delegation),
        headcount=plan.request.headcount,
    )


def _with_duties(staff: Staff, accepted: Sequence[Plan]) -> Staff:
    """Those who go with earlier requests, newly named or taken along by a move, have a duty more."""
    resources = dict(staff.resources)
    for plan in accepted:
        running = plan.diary.running
        for resource_id in _going_along(plan):
            if running is not None and resource_id in resources:
                resources[resource_id] = _busier(resources[resource_id], plan, running)
    return replace(staff, resources=resources)


def _going_along(plan: Plan) -> set[int]:
    delegation = plan.diary.delegation
    if delegation is None or delegation.staff is None:
        return set(plan.request.assign)
    return {*plan.request.assign, *delegation.staff.assigned}


def _busier(resource: ResourceFacts, plan: Plan, running: Running) -> ResourceFacts:
    duty = Duty(
        assignment_id=0,
        span=duty_span(resource, Span(running.starts_at, running.ends_at)),
        delegation_id=plan.request.delegation_id or 0,
        visit_id=plan.request.visit_id,
        site_code=plan.diary.site.code,
        state=DutyState.ASKED,
    )
    duties = sorted((*resource.duties, duty), key=lambda each: each.span.starts_at)
    return replace(resource, duties=tuple(duties))
