"""A plan as the API tells it: its terms, and the planner's answer with its words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.actions.plan_thinking import answer_of, fulfilled_in
from scheduler.actions.plans import terms_of
from scheduler.blueprints.plans.named import Names
from scheduler.planner.answers import (
    DayReason,
    Demand,
    PlanAnswer,
    PlannedStop,
    PlannedVisit,
    Proposal,
    Remedy,
    Unmet,
)
from scheduler.records.database import db
from scheduler.records.plan_lookup import standing
from scheduler.records.plans import PlanJob
from scheduler.records.resources import Resource
from scheduler.words.own_names import own_name
from scheduler.words.plan_page_words import trouble_in_words
from scheduler.words.plan_words import demand_in_words, reason_in_words, remedy_in_words, unmet_in_words
from scheduler.words.verdict_words import caution_in_words, refusal_in_words
from scheduler.words.wording import fact_values, reason_values

Values = dict[str, Any]


def brief_values(plan: PlanJob, at: datetime) -> Values:
    """A plan without its answer, as it stands at an instant."""
    stands, terms = standing(plan, at), terms_of(plan)
    trouble = {"code": stands.trouble, "text": trouble_in_words(stands.trouble)} if stands.trouble else None
    names = ("id", "kind", "delegation_id", "progress", "follows_id", "asked_at", "finished_at")
    return {name: getattr(plan, name) for name in names} | {
        "state": stands.state,
        "trouble": trouble,
        "pins": terms.pins,
        "bans": terms.bans,
        "alternatives": terms.alternatives,
        "seconds": terms.seconds,
        "accepted": _accepted(plan),
    }


def plan_values(plan: PlanJob, at: datetime) -> Values:
    """A plan with everything that was found so far."""
    answer = answer_of(plan) or PlanAnswer(proposals=())
    return brief_values(plan, at) | answer_values(plan.delegation_id or 0, answer, fulfilled_in(plan))


def answer_values(delegation_id: int, answer: PlanAnswer, fulfilled: Mapping[int, Sequence[int]]) -> Values:
    """What the planner answers about a delegation's days, and which wishes were fulfilled before."""
    names, people = Names(delegation_id), _people(answer)
    proposals = [_proposal(each, index, names, people) for index, each in enumerate(answer.proposals)]
    demands = [_demand(demand, names) for demand in answer.conflict]
    return {
        "proposals": proposals,
        "unmet": proposals[0]["unmet"] if proposals else [],
        "disturbance": None,
        "repair": None,
        "conflict": {"demands": demands, "is_smallest": answer.is_smallest} if demands else None,
        "fulfilled": [{"wish_id": wish_id, "visit_ids": list(ids)} for wish_id, ids in fulfilled.items()],
    }


def stop_values(index: int, stop: PlannedStop) -> Values:
    """A stop of a proposal without its visits."""
    names = ("wish_id", "site_code", "tour_code", "starts_at", "ends_at", "is_pinned", "is_fallback")
    values = {name: getattr(stop, name) for name in names}
    return values | {"index": index, "site": stop.site_code}


def _accepted(plan: PlanJob) -> Values | None:
    if plan.booked is None:
        return None
    ids = [visit_id for told in plan.booked["stops"].values() for visit_id in told]
    return {"proposal": plan.booked["proposal"], "visit_ids": ids, "at": plan.booked_at}


def _people(answer: PlanAnswer) -> Mapping[int, Resource]:
    """Everybody chosen to go along, by number, in one query."""
    ids = {each for p in answer.proposals for s in p.stops for visit in s.visits for each in visit.assign}
    rows = select(Resource).where(Resource.id.in_(ids))
    return {each.id: each for each in db.session.scalars(rows)} if ids else {}


def _proposal(proposal: Proposal, index: int, names: Names, people: Mapping[int, Resource]) -> Values:
    stops = [
        stop_values(place, stop) | {"visits": [_visit(visit, people) for visit in stop.visits]}
        for place, stop in enumerate(proposal.stops)
    ]
    return {
        "index": index,
        "stops": stops,
        "legs": proposal.legs,
        "breaks": proposal.breaks,
        "figures": proposal.figures,
        "unmet": [_unmet(unmet, names) for unmet in proposal.unmet],
        "is_proven": proposal.is_proven,
    }


def _visit(visit: PlannedVisit, people: Mapping[int, Resource]) -> Values:
    names = ("tour_session_id", "starts_at", "ends_at", "headcount", "share")
    return {name: getattr(visit, name) for name in names} | {
        "assign": [_goes_along(each, people.get(each)) for each in visit.assign],
        "cautions": [reason_values(caution, caution_in_words(caution)) for caution in visit.cautions],
    }


def _goes_along(resource_id: int, resource: Resource | None) -> Values:
    """Who was taken off the books since has a number only."""
    kind, name = (resource.kind, own_name(resource)) if resource is not None else (None, "")
    return {"resource_id": resource_id, "kind": kind, "name": name}


def _demand(demand: Demand, names: Names) -> Values:
    told = {"kind": demand.kind, "id": demand.id, "facts": fact_values(demand.facts)}
    return told | {"text": demand_in_words(demand, names)}


def _unmet(unmet: Unmet, names: Names) -> Values:
    return {
        "wish_id": unmet.wish_id,
        "text": unmet_in_words(unmet, names),
        "reasons": [_reason(reason, names) for reason in unmet.reasons],
        "remedies": [_remedy(remedy, names) for remedy in unmet.remedies],
    }


def _reason(reason: DayReason, names: Names) -> Values:
    return {
        "on": reason.on,
        "code": reason.code,
        "tour_code": reason.tour_code,
        "starts": reason.starts,
        "refusals": [reason_values(refusal, refusal_in_words(refusal)) for refusal in reason.refusals],
        "facts": fact_values(reason.facts),
        "text": reason_in_words(reason, names),
    }


def _remedy(remedy: Remedy, names: Names) -> Values:
    return {
        "code": remedy.code,
        "tour_code": remedy.tour_code,
        "starts_at": remedy.starts_at,
        "facts": fact_values(remedy.facts),
        "text": remedy_in_words(remedy, names),
    }
