"""Questions asked of plans: one by its number, a delegation's own, how one really stands, who waits."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from scheduler.records.absence import NotFound
from scheduler.records.database import db, glance, written
from scheduler.records.plans import PlanJob, PlanKind, PlanState, PlanTrouble

# Whoever works tells so every two seconds. One who has not for so long is dead: killed, or out of memory.
LOST_AFTER = timedelta(seconds=15)
UNFINISHED = (PlanState.WAITING, PlanState.WORKING)

_P = PlanJob.__table__.c
_HOW_MANY_WAIT = select(func.count()).where(_P.state == written(PlanState.WAITING))


class Standing(NamedTuple):
    """How a plan stands, and what went wrong with it, if anything did."""

    state: PlanState
    trouble: str = ""


def standing(plan: PlanJob, at: datetime) -> Standing:
    """How a plan stands at an instant: one whose worker fell silent has failed, whatever the row says."""
    if plan.state is PlanState.WORKING and is_silent(plan, at):
        return Standing(PlanState.FAILED, PlanTrouble.LOST)
    return Standing(plan.state, plan.trouble)


def is_silent(plan: PlanJob, at: datetime) -> bool:
    """Whether nobody can be at work on it any more."""
    heard_at = plan.beat_at or plan.started_at or plan.asked_at
    return at - heard_at > LOST_AFTER


def plan_numbered(plan_id: int, kind: PlanKind | None = None) -> PlanJob:
    """A plan as it is now, with whom it is for. Raises NotFound, also for one of another kind."""
    rows = select(PlanJob).where(PlanJob.id == plan_id).options(joinedload(PlanJob.delegation))
    plan = db.session.scalar(rows.execution_options(populate_existing=True))
    if plan is None or kind not in (None, plan.kind):
        raise NotFound("plan", plan_id)
    return plan


def plans_of(delegation_id: int) -> Select[Any]:
    """A delegation's own plans, the latest first."""
    rows = select(PlanJob).where(PlanJob.delegation_id == delegation_id, PlanJob.kind == PlanKind.PROGRAMME)
    return rows.order_by(PlanJob.id.desc())


def plan_like(digest: str, at: datetime) -> PlanJob | None:
    """A plan of the very same question that nobody has answered yet."""
    rows = select(PlanJob).where(PlanJob.digest == digest, PlanJob.state.in_(UNFINISHED))
    found = db.session.scalars(rows.order_by(PlanJob.id.desc()).execution_options(populate_existing=True))
    return next((plan for plan in found if standing(plan, at).state in UNFINISHED), None)


def how_many_wait() -> int:
    """How many plans wait to be taken up. Asked outside any transaction."""
    row = glance(_HOW_MANY_WAIT)
    return int(row[0]) if row is not None else 0
