"""Assigning people and vehicles: to a visit, to a stretch of a day; their own yes or no; letting them go."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.duties import DUTY_JOURNALLED, change_state, make_duty
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.conflicts import stay_refusals
from scheduler.core.duties import DutyState, ResourceFacts, ResourceKind
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.core.staffing import Errand, around, resource_refusals
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Refusal, RefusalCode, Verdict
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegation_facts import whereabouts
from scheduler.records.duty_lookup import assignment_numbered, concerned_by, errand_of, resources_of_visit
from scheduler.records.journal import enter, snapshot
from scheduler.records.staff import Scope, resources_around
from scheduler.records.travel_facts import travel_among
from scheduler.records.visit_lookup import visit_seen_by, whereabouts_of
from scheduler.records.writing import Parents, writing

LONGEST_DAY = timedelta(hours=24)
ENDINGS = {DutyState.RELEASED: "release", DutyState.REFUSED: "refuse", DutyState.ACCEPTED: "accept"}
FOR_WHOLE_DAYS = frozenset({ResourceKind.VEHICLE, ResourceKind.LIAISON_OFFICER})


def assign(
    visit_id: int,
    resource_id: int,
    *,
    headcount: int | None = None,
    own_times: Span | None = None,
    by: Actor,
    at: datetime,
) -> Assignment:
    """Ask somebody to come to an awaited visit, or a vehicle for it; `headcount` is how many ride (all, if
    left out), `own_times` when they are on duty, transfer included (their usual set-up and wrap-up around
    the visit, if left out). Asking twice gives the assignment that is there. Raises VisitRefused (taken, off
    duty, over the limit, too far away, lacks the language, too small), Invalid (times that do not hold the
    visit), NotFound, NotPermitted."""
    by.must(Permission.BOOK_VISITS)
    return _assign(visit_id, resource_id, headcount=headcount, own_times=own_times, by=by, at=at)


def assign_day(
    delegation_id: int,
    resource_id: int,
    span: Span,
    *,
    part_id: int | None = None,
    headcount: int | None = None,
    by: Actor,
    at: datetime,
) -> Assignment:
    """Put a vehicle or a liaison officer with a delegation, or a part of it, over a stretch of time of at
    most a day. Raises VisitRefused, Invalid (no such kind of duty, too long, past), NotFound."""
    by.must(Permission.BOOK_VISITS)
    if span.ends_at - span.starts_at > LONGEST_DAY:
        raise Invalid("ends_at", "too_late", latest=span.starts_at + LONGEST_DAY)
    if span.ends_at <= at:
        raise Invalid("ends_at", "in_the_past", earliest=at)
    request = VisitRequest(
        headcount=headcount or 0, delegation_id=delegation_id, part_id=part_id, assign=(resource_id,)
    )
    return _assign_day(request, span, by=by, at=at)


def release(assignment_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> Assignment:
    """Let somebody go who was asked or had accepted. Raises NotFound, StaleVersion, VisitRefused."""
    by.must(Permission.BOOK_VISITS)
    return _end(assignment_id, DutyState.RELEASED, seen=seen, by=by, at=at)


def answer_duty(
    assignment_id: int,
    accepts: bool,
    *,
    answered_by: str,
    note: str = "",
    seen: int | None = None,
    at: datetime,
) -> Assignment:
    """What the person says: accepted, or refused, which sets them free. `answered_by` is their name as they
    gave it. Raises NotFound, StaleVersion, VisitRefused (no longer asked)."""
    state = DutyState.ACCEPTED if accepts else DutyState.REFUSED
    answering = Actor(account_id=None, email=f"link: {answered_by}"[:254], name=answered_by)
    return _end(assignment_id, state, seen=seen, by=answering, at=at, note=note)


def _parents_of_visit(visit_id: int, resource_id: int, **_told: object) -> Parents:
    where = whereabouts_of(visit_id)
    return Parents(frozenset({where.site_id}), frozenset({where.delegation_id}), frozenset({resource_id}))


@writing(_parents_of_visit)
def _assign(
    visit_id: int,
    resource_id: int,
    *,
    headcount: int | None,
    own_times: Span | None,
    by: Actor,
    at: datetime,
) -> Assignment:
    visit = visit_seen_by(by, visit_id)
    if visit.state not in AWAITED:
        told = {"act": "assign", "state": visit.state.value, "allowed_from": sorted(AWAITED)}
        raise VisitRefused(Verdict(refusals=(Refusal(RefusalCode.STATE_FORBIDS, told),)))
    if resource_id in resources_of_visit(visit_id):
        return _there_already(visit_id, resource_id)
    errand, travel, site = errand_of(visit, at)
    found, posts = resources_around([], [resource_id], errand.span)
    resource = _with_own_times(_found(found, resource_id), errand.span, own_times)
    riders = _riders(resource, headcount, visit.headcount)
    if riders is not None and riders > visit.headcount:
        raise Invalid("headcount", "out_of_range", least=1, most=visit.headcount)
    travel = travel.joined_with(travel_among(posts, [site.id]) if posts else Travel())
    _must_be_free(resource, replace(errand, headcount=riders or 0), travel)
    return make_duty(visit, resource, headcount=riders, by=by, at=at)


def _there_already(visit_id: int, resource_id: int) -> Assignment:
    rows = select(Assignment).where(Assignment.visit_id == visit_id, Assignment.resource_id == resource_id)
    rows = rows.where(Assignment.state.in_([DutyState.ASKED.value, DutyState.ACCEPTED.value]))
    return db.session.scalars(rows).one()


def _parents_of_day(request: VisitRequest, *_told: object, **_also: object) -> Parents:
    assert request.delegation_id is not None
    return Parents(delegations=frozenset({request.delegation_id}), resources=frozenset(request.assign))


@writing(_parents_of_day)
def _assign_day(request: VisitRequest, span: Span, *, by: Actor, at: datetime) -> Assignment:
    delegation = whereabouts(request, Scope((), (), span), at)
    if not span.overlaps(delegation.stay):
        raise VisitRefused(Verdict(refusals=tuple(stay_refusals(delegation.stay, span))))
    resource_id = request.assign[0]
    found, _posts = resources_around([], [resource_id], span)
    resource = _found(found, resource_id)
    if resource.kind not in FOR_WHOLE_DAYS:
        raise Invalid("resource_id", "not_for_days", kind=resource.kind.value)
    part = delegation.parts.get(request.part_id) if request.part_id is not None else None
    whole = part.headcount if part is not None else delegation.headcount
    riders = _riders(resource, request.headcount or None, whole)
    errand = Errand(
        span=span, delegation_id=delegation.id, wanted=delegation.languages, headcount=riders or 0
    )
    _must_be_free(resource, errand, Travel())
    duty = Assignment(
        uid=str(uuid.uuid4()),
        resource_id=resource.id,
        delegation_id=delegation.id,
        part_id=request.part_id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        headcount=riders,
        state=DutyState.ASKED,
        asked_by_id=by.account_id,
        asked_at=at,
        stamped_at=at,
    )
    db.session.add(duty)
    db.session.flush()
    enter(duty, "assign", by=by, at=at, after=snapshot(duty, *DUTY_JOURNALLED))
    return duty


def _parents_of_duty(assignment_id: int, *_told: object, **_also: object) -> Parents:
    concerned = concerned_by(assignment_id)
    return Parents(
        delegations=frozenset({concerned.delegation_id}), resources=frozenset({concerned.resource_id})
    )


@writing(_parents_of_duty)
def _end(
    assignment_id: int, state: DutyState, *, seen: int | None, by: Actor, at: datetime, note: str = ""
) -> Assignment:
    duty = assignment_numbered(assignment_id)
    must_be_current(duty.version, seen)
    if duty.state is state:
        return duty
    if not duty.state.occupies:
        told = {"act": state.value, "state": duty.state.value, "allowed_from": ["accepted", "asked"]}
        raise VisitRefused(Verdict(refusals=(Refusal(RefusalCode.STATE_FORBIDS, told),)))
    if state is not DutyState.RELEASED:
        duty.answered_at, duty.answered_by, duty.note = at, by.name, note or duty.note
    change_state(
        duty, state, {"released": "release", "refused": "refuse"}.get(state.value, "accept"), by=by, at=at
    )
    return duty


def _with_own_times(resource: ResourceFacts, visit: Span, own_times: Span | None) -> ResourceFacts:
    """A resource whose set-up and wrap-up are what somebody said of this one duty."""
    if own_times is None:
        return resource
    if not own_times.holds(visit):
        raise Invalid(
            "starts_at", "does_not_hold_the_visit", starts_at=visit.starts_at, ends_at=visit.ends_at
        )
    if own_times.ends_at - own_times.starts_at > LONGEST_DAY:
        raise Invalid("ends_at", "too_late", latest=own_times.starts_at + LONGEST_DAY)
    return around(resource, visit, own_times)


def _riders(resource: ResourceFacts, headcount: int | None, whole: int) -> int | None:
    if resource.kind is not ResourceKind.VEHICLE:
        return None
    return whole if headcount is None else headcount


def _found(found: dict[int, ResourceFacts], resource_id: int) -> ResourceFacts:
    if resource_id not in found:
        raise NotFound("resource", resource_id)
    return found[resource_id]


def _must_be_free(resource: ResourceFacts, errand: Errand, travel: Travel) -> None:
    refusals = resource_refusals(resource, errand, travel)
    if refusals:
        raise VisitRefused(Verdict(refusals=tuple(refusals)))
