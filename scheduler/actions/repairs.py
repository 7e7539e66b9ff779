"""Repairs: what is to be mended is looked over, asked of the planner as a job, or only rehearsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.access import Actor, Permission
from scheduler.actions.disturbances import sound
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_jobs import enter_job
from scheduler.actions.plans import LEAST_SECONDS, MOST_SECONDS, Asked
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.verdicts import OVERRIDES
from scheduler.planner.repairs.answers import RepairAnswer, RepairedVisit
from scheduler.planner.repairs.asked import REPAIR_SECONDS, RepairAsked
from scheduler.planner.repairs.kept import kept, kept_answer, kept_disturbance
from scheduler.records.database import db
from scheduler.records.plans import PlanJob, PlanKind, PlanState
from scheduler.records.repair_facts import city_facts
from scheduler.records.repair_visits import perhaps_touched
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.writing import Parents, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairTerms:
    """What an officer says with a repair: refusals that may be passed (the head's to say), and how long the
    search may take."""

    overrides: frozenset[str] = frozenset()
    seconds: float = REPAIR_SECONDS


def ask_repair(
    told: Disturbance,
    terms: RepairTerms | None = None,
    *,
    follows_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Asked:
    """Have everything planned anew that a disturbance touches: a job that waits until a process of its own
    takes it up; done at once where nothing can be touched. Nothing else is written, now or by the job.

    Raises Invalid (a disturbance that makes no sense, seconds out of range), NotFound, NotPermitted.
    """
    by.must(Permission.BOOK_VISITS)
    terms = terms or RepairTerms()
    _must_be_in_range(terms, by)
    return _ask(sound(told, by=by, at=at), terms, follows_id=follows_id, by=by, at=at)


def rehearse_repair(
    told: Disturbance, zone: ZoneInfo, terms: RepairTerms | None = None, *, by: Actor, at: datetime
) -> RepairAnswer:
    """The plan for all that a disturbance touches, thought out here and now. Nothing is written or locked.
    Raises as `ask_repair` does."""
    by.must(Permission.BOOK_VISITS)
    terms = terms or RepairTerms()
    _must_be_in_range(terms, by)
    return _thought(sound(told, by=by, at=at), zone, terms, at)


def think_of_repair(plan: PlanJob, zone: ZoneInfo, *, at: datetime) -> dict[str, Any]:
    """The outcome of a repair's job, as it is kept."""
    return {"repair": kept(_thought(disturbance_of(plan), zone, terms_of_repair(plan), at))}


def disturbance_of(plan: PlanJob) -> Disturbance:
    """What a repair's job is about."""
    return kept_disturbance(plan.asked["disturbance"])


def terms_of_repair(plan: PlanJob) -> RepairTerms:
    """The terms that a repair's job keeps."""
    asked: Mapping[str, Any] = plan.asked
    return RepairTerms(overrides=frozenset(asked["overrides"]), seconds=asked["seconds"])


def repair_of(plan: PlanJob) -> RepairAnswer | None:
    """What a repair's job has found; None while it has not, or where it cannot be read any more."""
    return kept_answer((plan.outcome or {}).get("repair"))


def unresolved_of(plan: PlanJob) -> list[RepairedVisit]:
    """The visits of a repair that nobody has accepted, edited or put off yet."""
    answer, done = repair_of(plan), (plan.booked or {}).get("visits", {})
    return [each for each in answer.visits if str(each.visit_id) not in done] if answer is not None else []


def _thought(told: Disturbance, zone: ZoneInfo, terms: RepairTerms, at: datetime) -> RepairAnswer:
    # The engine is heavy; only who thinks loads it, never a web process that merely asks.
    from scheduler.planner.repairs.search import plan_repair

    facts = city_facts(told, zone, at)
    # Nobody waits for a database while somebody thinks.
    db.session.rollback()
    asked = RepairAsked(
        at=at, disturbance=told, facts=facts, overrides=terms.overrides, seconds=terms.seconds
    )
    return plan_repair(asked)


def _must_be_in_range(terms: RepairTerms, by: Actor) -> None:
    if not LEAST_SECONDS <= terms.seconds <= MOST_SECONDS:
        raise Invalid("seconds", "out_of_range", least=LEAST_SECONDS, most=MOST_SECONDS)
    if terms.overrides:
        by.must(Permission.OVERRIDE)
    for code in sorted(terms.overrides - {code.value for code in OVERRIDES}):
        raise Invalid("override", "cannot_be_overridden", value=code, allowed=sorted(OVERRIDES))


def _parents(told: Disturbance, *_told: object, by: Actor, **_also: object) -> Parents:
    """So that the same is not asked twice at once."""
    if told.kind is DisturbanceKind.CLOSURE:
        return Parents(sites=frozenset({site_seen_by(by, told.site_code or "").id}))
    if told.kind is DisturbanceKind.ABSENCE:
        return Parents(resources=frozenset({whole_resource(told.resource_id or 0).id}))
    return Parents(delegations=frozenset({told.delegation_id or 0}))


@writing(_parents)
def _ask(told: Disturbance, terms: RepairTerms, *, follows_id: int | None, by: Actor, at: datetime) -> Asked:
    asked = {
        "disturbance": kept(told),
        "overrides": sorted(terms.overrides),
        "seconds": terms.seconds,
    }
    plan, is_new = enter_job(
        PlanKind.REPAIR,
        asked,
        closure_id=told.closure_id,
        delegation_id=told.delegation_id,
        follows_id=follows_id,
        by=by,
        at=at,
    )
    if is_new and not perhaps_touched(told, at):
        plan.outcome, plan.progress = {"repair": kept(RepairAnswer())}, 100
        plan.state, plan.started_at, plan.finished_at = PlanState.DONE, at, at
    return Asked(plan, is_new)
