"""A repair as the API tells it: its disturbance, and each visit before and after, with its words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.actions.repairs import disturbance_of, repair_of, terms_of_repair, unresolved_of
from scheduler.blueprints.plans.named import Names
from scheduler.planner.repairs.answers import RepairAnswer, RepairedVisit, Spot
from scheduler.records.database import db
from scheduler.records.plan_lookup import plan_numbered, standing
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.records.resources import Resource
from scheduler.words.own_names import own_name
from scheduler.words.plan_page_words import trouble_in_words
from scheduler.words.plan_words import reason_in_words, remedy_in_words
from scheduler.words.repair_faults import UNRESOLVED
from scheduler.words.repair_words import repair_in_words
from scheduler.words.verdict_words import caution_in_words, refusal_in_words
from scheduler.words.wording import alternative_values, fact_values, reason_values

Values = dict[str, Any]


def repair_plan_values(plan: PlanJob, at: datetime) -> Values:
    """A repair's plan as it stands, in the shape of every plan."""
    stands, answer = standing(plan, at), repair_of(plan)
    trouble = {"code": stands.trouble, "text": trouble_in_words(stands.trouble)} if stands.trouble else None
    names = ("id", "kind", "delegation_id", "progress", "follows_id", "asked_at", "finished_at")
    return {name: getattr(plan, name) for name in names} | {
        "state": stands.state,
        "trouble": trouble,
        "pins": [],
        "bans": [],
        "alternatives": 1,
        "seconds": terms_of_repair(plan).seconds,
        "accepted": _accepted(plan),
        "disturbance": disturbance_of(plan),
        "repair": _repair(answer) if answer is not None else None,
        "proposals": [],
        "unmet": [],
        "conflict": None,
        "fulfilled": [],
    }


def _accepted(plan: PlanJob) -> Values | None:
    if plan.booked is None:
        return None
    ids = [int(visit_id) for visit_id in plan.booked["visits"]]
    return {"proposal": None, "visit_ids": ids, "at": plan.booked_at}


def unresolved_values(plan_id: int) -> list[Values]:
    """The visits of a repair that are still to be settled, and how."""
    return [
        {"visit_id": each.visit_id, "fate": each.fate, "text": str(UNRESOLVED[each.fate])}
        for each in unresolved_of(plan_numbered(plan_id, PlanKind.REPAIR))
    ]


def _repair(answer: RepairAnswer) -> Values:
    people = _people(answer)
    names = ("touched", "kept", "moved", "bound", "reassigned", "delegations", "is_proven", "seconds")
    return {name: getattr(answer, name) for name in names} | {
        "text": repair_in_words(answer),
        "visits": [_visit(visit, people) for visit in answer.visits],
    }


def _people(answer: RepairAnswer) -> Mapping[int, Resource]:
    """Everybody who goes along before or after, by number, in one query."""
    spots = [spot for visit in answer.visits for spot in (visit.before, visit.after) if spot is not None]
    ids = {each for spot in spots for each in spot.going}
    rows = select(Resource).where(Resource.id.in_(ids))
    return {each.id: each for each in db.session.scalars(rows)} if ids else {}


def _visit(visit: RepairedVisit, people: Mapping[int, Resource]) -> Values:
    names = ("visit_id", "version", "delegation_id", "part_id", "is_touched", "fate")
    called = Names(visit.delegation_id)
    return {name: getattr(visit, name) for name in names} | {
        "because": [reason_values(refusal, refusal_in_words(refusal)) for refusal in visit.because],
        "before": _spot(visit.before, people),
        "after": _spot(visit.after, people) if visit.after is not None else None,
        "cautions": [reason_values(caution, caution_in_words(caution)) for caution in visit.cautions],
        "alternatives": [alternative_values(each) for each in visit.alternatives],
        "reasons": [
            {
                "on": reason.on,
                "code": reason.code,
                "tour_code": reason.tour_code,
                "starts": reason.starts,
                "refusals": [reason_values(each, refusal_in_words(each)) for each in reason.refusals],
                "facts": fact_values(reason.facts),
                "text": reason_in_words(reason, called),
            }
            for reason in visit.reasons
        ],
        "remedies": [
            {
                "code": remedy.code,
                "tour_code": remedy.tour_code,
                "starts_at": remedy.starts_at,
                "facts": fact_values(remedy.facts),
                "text": remedy_in_words(remedy, called),
            }
            for remedy in visit.remedies
        ],
    }


def _spot(spot: Spot, people: Mapping[int, Resource]) -> Values:
    names = ("tour_code", "tour_session_id", "starts_at", "ends_at", "headcount")
    return {name: getattr(spot, name) for name in names} | {
        "site": spot.site_code,
        "assign": [_goes_along(each, people.get(each)) for each in spot.going],
    }


def _goes_along(resource_id: int, resource: Resource | None) -> Values:
    kind, name = (resource.kind, own_name(resource)) if resource is not None else (None, "")
    return {"resource_id": resource_id, "kind": kind, "name": name}
