"""Accepting a proposal: every stop held or booked in one act, or, where the world has changed, none and only
the difference planned again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.batches import BatchRefused, book_within_an_act
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_changes import changes_since
from scheduler.actions.plan_parts import parts_for
from scheduler.actions.plan_refusals import (
    Asking,
    PlanBooked,
    PlanChanged,
    PlanOvertaken,
    PlanStands,
    fallen_in,
    is_gone,
)
from scheduler.actions.plan_thinking import answer_of
from scheduler.actions.plans import ask_plan, terms_of
from scheduler.actions.visits import parents_of_request
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.core.wishes import WishFacts
from scheduler.planner.answers import PlannedStop, PlannedVisit, Proposal
from scheduler.planner.asked import Pin
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.plan_facts import stay_basis
from scheduler.records.plan_lookup import UNFINISHED, plan_numbered, standing
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.records.resources import Resource
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

MOST_VISITS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Which proposal (its index from 0), which of its stops (indexes; None: all), requested from their owners
    or, with `hold_until`, held until then or until they begin; and the cautions that are ticked."""

    proposal: int = 0
    stops: tuple[int, ...] | None = None
    hold_until: datetime | None = None
    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""


def accept_plan(plan_id: int, told: Acceptance, *, by: Actor, at: datetime) -> list[Visit]:
    """Book a proposal, or some of its stops: all of them or none, each seeing the others. What is accepted
    already is not booked again, so twice is harmless. Gives the visits of those stops, by hour.

    Raises NotFound, PlanBooked, PlanStands, PlanOvertaken (the difference is then being planned),
    BatchRefused (cautions without their tick), Invalid (no proposal yet, or none of that index; a hold that
    is over; no reason for a tick), NotPermitted.
    """
    try:
        return accept_within_an_act(plan_id, told, by=by, at=at)
    except PlanOvertaken as overtaken:
        plan_the_difference(plan_id, overtaken, by=by, at=at)
        raise


def accept_within_an_act(plan_id: int, told: Acceptance, *, by: Actor, at: datetime) -> list[Visit]:
    """The same for acts that do more than this; where the world has changed nothing is planned yet."""
    by.must(Permission.BOOK_VISITS)
    if told.hold_until is not None and told.hold_until <= at:
        raise Invalid("hold_until", "in_the_past", earliest=at)
    plan = plan_numbered(plan_id, PlanKind.PROGRAMME)
    proposal = _proposal(plan, told, at)
    askings = _askings(plan, proposal, told)
    try:
        visit_ids = _accept(plan_id, askings, told, by=by, at=at)
    except PlanChanged as changed:
        raise PlanOvertaken(proposal, askings, changed) from None
    except BatchRefused as refused:
        if not fallen_in(refused, askings):
            raise
        raise PlanOvertaken(proposal, askings, refused) from None
    return list(visits_numbered(visit_ids))


def plan_the_difference(plan_id: int, overtaken: PlanOvertaken, *, by: Actor, at: datetime) -> PlanJob | None:
    """Have the stops that fell out planned again, the others pinned where they are: an act of its own, since
    the one that found it out wrote nothing. None, and nothing is asked, where nothing can be planned (the
    delegation takes no visits any more). Raises NotFound, NotPermitted."""
    plan = plan_numbered(plan_id, PlanKind.PROGRAMME)
    stops, terms = overtaken.proposal.stops, terms_of(plan)
    assert plan.delegation_id is not None
    concerned = {stops[asking.stop].wish_id for asking in overtaken.askings}
    kept = [stops[index] for index in overtaken.kept]
    wishes = stay_basis(plan.delegation_id, at).wishes
    pins = [pin for pin in terms.pins if pin.wish_id not in concerned and _is_meant(pin, wishes)]
    pins += [Pin(wish_id=s.wish_id, tour_code=s.tour_code, starts_at=s.starts_at) for s in kept]
    try:
        asked = ask_plan(
            plan.delegation_id, replace(terms, pins=tuple(pins)), follows_id=plan.id, by=by, at=at
        )
    except (Invalid, VisitRefused):
        return None
    overtaken.plan = asked.plan
    return asked.plan


def _is_meant(pin: Pin, wishes: Mapping[int, WishFacts]) -> bool:
    """Whether a pin is of a wish that is there, and of a tour that still fulfils it."""
    wish = wishes.get(pin.wish_id)
    return wish is not None and pin.tour_code in (*wish.tours, *wish.fallback)


def _proposal(plan: PlanJob, told: Acceptance, at: datetime) -> Proposal:
    answer = answer_of(plan)
    if standing(plan, at).state in UNFINISHED or answer is None or not answer.proposals:
        raise Invalid("proposal", "no_proposal_yet")
    if not 0 <= told.proposal < len(answer.proposals):
        raise Invalid("proposal", "no_such_proposal", most=len(answer.proposals) - 1)
    return answer.proposals[told.proposal]


def _askings(plan: PlanJob, proposal: Proposal, told: Acceptance) -> list[Asking]:
    """The visits of the stops wanted, as they are to be asked for. Sessions are named by tour and hour: one
    that was taken back and dated again is as good."""
    wanted = range(len(proposal.stops)) if told.stops is None else dict.fromkeys(told.stops)
    if any(not 0 <= index < len(proposal.stops) for index in wanted):
        raise Invalid("stops", "no_such_stop", most=len(proposal.stops) - 1)
    if not wanted:
        raise Invalid("stops", "nothing_to_do")
    there = _people_there(proposal)
    return [
        Asking(index, visit, _request(plan, proposal.stops[index], visit, told, there=there))
        for index in wanted
        for visit in proposal.stops[index].visits
    ]


def _request(
    plan: PlanJob, stop: PlannedStop, visit: PlannedVisit, told: Acceptance, *, there: set[int]
) -> VisitRequest:
    return VisitRequest(
        delegation_id=plan.delegation_id,
        tour_code=stop.tour_code,
        starts_at=visit.starts_at,
        headcount=visit.headcount,
        hold_until=told.hold_until and min(told.hold_until, visit.starts_at),
        assign=tuple(each for each in visit.assign if each in there),
        acknowledge=told.acknowledge,
        acknowledge_reason=told.acknowledge_reason,
    )


def _people_there(proposal: Proposal) -> set[int]:
    """Of those chosen to go along, who is still on record."""
    chosen = {each for stop in proposal.stops for visit in stop.visits for each in visit.assign}
    return set(db.session.scalars(select(Resource.id).where(Resource.id.in_(chosen))))


def _parents(_plan_id: int, askings: list[Asking], *_told: object, **_also: object) -> Parents:
    parents = NOBODY
    for asking in askings:
        parents = parents.joined_with(parents_of_request(asking.request))
    return parents


@writing(_parents)
def _accept(plan_id: int, askings: list[Asking], told: Acceptance, *, by: Actor, at: datetime) -> list[int]:
    plan = plan_numbered(plan_id, PlanKind.PROGRAMME)
    booked: Mapping[str, Any] = plan.booked or {"proposal": told.proposal, "stops": {}}
    if booked["proposal"] != told.proposal:
        raise PlanBooked(booked["proposal"])
    stops: dict[str, list[int]] = dict(booked["stops"])
    wanted = dict.fromkeys(str(asking.stop) for asking in askings)
    _must_stand([visit_id for stop in wanted for visit_id in stops.get(stop, ())], told, at)
    missing = [asking for asking in askings if str(asking.stop) not in stops]
    if missing:
        _must_be_true_still(plan, missing, told, at)
        requests = _of_parts(missing, by=by, at=at)
        visits = book_within_an_act(requests, by=by, at=at, most=MOST_VISITS)
        for asking, visit in zip(missing, visits, strict=True):
            stops.setdefault(str(asking.stop), []).append(visit.id)
        plan.booked = {"proposal": told.proposal, "stops": stops}
        plan.booked_by_id, plan.booked_at = by.account_id, at
        made = {"plan": plan.id, "visits": [visit.id for visit in visits]}
        enter(plan.delegation, "accept_plan", by=by, at=at, after=made, reason=told.acknowledge_reason)
    return [visit_id for stop in wanted for visit_id in stops[stop]]


def _must_stand(visit_ids: Sequence[int], told: Acceptance, at: datetime) -> None:
    """What was accepted before is there, and as it is asked for now. Raises PlanStands."""
    visits = visits_numbered(visit_ids)
    if gone := [visit for visit in visits if is_gone(visit, at)]:
        raise PlanStands("called_off", gone)
    held = [visit for visit in visits if visit.state is VisitState.HELD]
    others = [visit for visit in visits if visit not in held]
    if held and told.hold_until is None:
        raise PlanStands("held", held)
    if others and told.hold_until is not None:
        raise PlanStands("requested", others)


def _must_be_true_still(plan: PlanJob, missing: Sequence[Asking], told: Acceptance, at: datetime) -> None:
    """The stops to be booked are still what is wished, for as many as come. Raises PlanChanged."""
    assert plan.delegation_id is not None
    own = [visit_id for ids in (plan.booked or {"stops": {}})["stops"].values() for visit_id in ids]
    stops = _proposal(plan, told, at).stops
    concerned = {asking.stop: stops[asking.stop] for asking in missing}
    basis = stay_basis(plan.delegation_id, at, besides=own)
    changes = changes_since((plan.outcome or {}).get("made_for"), basis, concerned)
    if changes:
        raise PlanChanged(changes)


def _of_parts(askings: Sequence[Asking], *, by: Actor, at: datetime) -> list[VisitRequest]:
    """The requests, those of a split party with the part that each share is."""
    shares: dict[int, list[Asking]] = {}
    for asking in askings:
        if asking.visit.share is not None:
            shares.setdefault(asking.stop, []).append(asking)
    parts: dict[tuple[int, int | None], int] = {}
    for stop, found in shares.items():
        request = found[0].request
        assert request.delegation_id is not None
        sizes = {each.visit.share or 0: each.request.headcount for each in found}
        made = parts_for(request.delegation_id, request.tour_code or "", sizes, by=by, at=at)
        parts |= {(stop, share): part_id for share, part_id in made.items()}
    return [replace(each.request, part_id=parts.get((each.stop, each.visit.share))) for each in askings]
