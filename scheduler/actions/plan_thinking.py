"""What a job's own process does: gather the facts, think without any lock, keep what is found on the way."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.actions.plan_changes import kept_basis
from scheduler.actions.plans import Terms
from scheduler.planner.answers import PlanAnswer
from scheduler.planner.asked import PlanAsked
from scheduler.planner.kept import as_json, from_json
from scheduler.records.database import db
from scheduler.records.plan_facts import StayFacts, stay_basis, stay_facts
from scheduler.records.plans import PlanJob

# Told how far a job is, in percent, and what was found so far, as it is kept (None: nothing yet).
Told = Callable[[int, dict[str, Any] | None], None]


class NothingLeft(Exception):
    """Every wish is fulfilled already, or the stay is over: there is nothing to think about."""


class NothingFound(Exception):
    """The time was over before any programme was found: that says nothing of whether there is one."""


def think_of_programme(
    delegation_id: int, terms: Terms, zone: ZoneInfo, *, told: Told | None = None, at: datetime
) -> dict[str, Any]:
    """The outcome of a question about one delegation's days, as a job keeps it. Reads the facts, lets the
    database go, then thinks. Raises NotFound, NothingLeft,
    NothingFound."""
    # Read first: what changes between the two readings then counts as changed since.
    basis = kept_basis(stay_basis(delegation_id, at))
    facts = stay_facts(delegation_id, at)
    db.session.rollback()
    if not facts.wishes or facts.delegation.stay.ends_at <= at:
        raise NothingLeft
    fulfilled = {str(each.wish_id): list(each.visit_ids) for each in facts.fulfilled.values()}

    def kept(answer: PlanAnswer) -> dict[str, Any]:
        return {"answer": as_json(answer), "fulfilled": fulfilled, "made_for": basis}

    # The engine is heavy; only who thinks loads it, never a web process.
    from scheduler.planner.search import Progress, plan

    def tell(progress: Progress) -> None:
        if told is not None:
            found = kept(PlanAnswer(proposals=progress.proposals)) if progress.proposals else None
            told(round(100 * progress.share), found)

    answer = plan(question(facts, terms, zone, at), told=tell)
    if not answer.proposals and not answer.conflict:
        raise NothingFound
    return kept(answer)


def question(facts: StayFacts, terms: Terms, zone: ZoneInfo, at: datetime) -> PlanAsked:
    """The question as the planner is asked it."""
    return PlanAsked(
        at=at,
        zone=zone,
        delegation=facts.delegation,
        wishes=facts.wishes,
        options=facts.options,
        frame=facts.frame,
        pins=terms.pins,
        bans=terms.bans,
        alternatives=terms.alternatives,
        seconds=terms.seconds,
        fulfilled={wish_id: each.span for wish_id, each in facts.fulfilled.items()},
    )


def answer_of(plan: PlanJob) -> PlanAnswer | None:
    """What the planner has answered so far; None where nothing is there."""
    return read_answer(plan.outcome or {})


def fulfilled_in(plan: PlanJob) -> dict[int, tuple[int, ...]]:
    """The wishes that were fulfilled already, and by which visits."""
    return fulfilled_of(plan.outcome or {})


def read_answer(outcome: Mapping[str, Any]) -> PlanAnswer | None:
    """The answer in an outcome; None where there is none, or none that can be read any more (it was kept
    before an upgrade)."""
    try:
        answer = from_json(outcome["answer"])
    except (KeyError, TypeError, ValueError):
        return None
    return answer if isinstance(answer, PlanAnswer) else None


def fulfilled_of(outcome: Mapping[str, Any]) -> dict[int, tuple[int, ...]]:
    """The fulfilled wishes in an outcome, and by which visits."""
    kept = outcome.get("fulfilled", {})
    return {int(wish_id): tuple(visit_ids) for wish_id, visit_ids in kept.items()}
