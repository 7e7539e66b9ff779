"""Plans as jobs: entered, taken up by a process of their own, told how far they are, finished, cleared away.

Nothing here thinks, and nobody holds a lock while somebody thinks: each act is a short one.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from scheduler.access import Actor
from scheduler.records.database import db
from scheduler.records.plan_lookup import UNFINISHED, is_silent, plan_like
from scheduler.records.plans import PlanJob, PlanKind, PlanState, PlanTrouble
from scheduler.records.writing import writing


def enter_job(
    kind: PlanKind, asked: Mapping[str, Any], *, by: Actor, at: datetime, **of: int | None
) -> tuple[PlanJob, bool]:
    """Within an act that has locked whom it is about: write a job, or find the one of the very same question
    that nobody has answered yet; and whether it is new. `asked` is plain JSON; `of` may name delegation_id,
    closure_id, follows_id."""
    digest = _digest(kind, asked, of)
    there = plan_like(digest, at)
    if there is not None:
        return there, False
    job = PlanJob(
        kind=kind,
        asked=dict(asked),
        digest=digest,
        state=PlanState.WAITING,
        asked_by_id=by.account_id,
        asked_at=at,
        **of,
    )
    db.session.add(job)
    db.session.flush()
    return job, True


@writing()
def take_job(worker: str, *, at: datetime) -> PlanJob | None:
    """Take up the job that has waited longest; None where none waits. Whose worker fell silent has failed."""
    for lost in db.session.scalars(_of(PlanState.WORKING)):
        if is_silent(lost, at):
            _end(lost, PlanTrouble.LOST, at)
    waiting = _of(PlanState.WAITING).order_by(PlanJob.id).limit(1)
    job = db.session.scalar(waiting)
    if job is not None:
        job.state, job.worker, job.started_at, job.beat_at = PlanState.WORKING, worker, at, at
    return job


@writing()
def note_beat(job_id: int, worker: str, progress: int, *, at: datetime) -> bool:
    """Tell that somebody is at work, and how far they may be by now. Whether it is theirs still."""
    job = _held(job_id, worker)
    if job is None:
        return False
    job.beat_at, job.progress = at, max(job.progress, min(progress, 99))
    return True


@writing()
def note_outcome(
    job_id: int, worker: str, outcome: Mapping[str, Any] | None, progress: int, *, at: datetime
) -> None:
    """Keep how far it is, and what was found so far, if anything was."""
    job = _held(job_id, worker)
    if job is not None:
        job.beat_at, job.progress = at, max(job.progress, min(progress, 99))
        job.outcome = job.outcome if outcome is None else dict(outcome)


@writing()
def finish_job(job_id: int, worker: str, outcome: Mapping[str, Any], *, at: datetime) -> None:
    """Keep the whole answer."""
    job = _held(job_id, worker)
    if job is not None:
        job.outcome, job.progress = dict(outcome), 100
        job.state, job.trouble, job.finished_at = PlanState.DONE, "", at


@writing()
def fail_job(job_id: int, worker: str, trouble: PlanTrouble, *, at: datetime) -> None:
    """Keep that nothing more will come of it, and why; what was found until then stays."""
    job = _held(job_id, worker)
    if job is not None:
        _end(job, trouble, at)


@writing()
def put_back(job_id: int, worker: str, *, at: datetime) -> None:
    """Let another take it up: this worker was told to stop."""
    job = _held(job_id, worker)
    if job is not None:
        job.state, job.worker, job.started_at, job.beat_at = PlanState.WAITING, "", None, None


@writing()
def give_up_waiting(trouble: PlanTrouble, *, at: datetime) -> int:
    """Nobody can be had to take up what waits: it has failed. How many there were."""
    waiting = list(db.session.scalars(_of(PlanState.WAITING)))
    for job in waiting:
        _end(job, trouble, at)
    return len(waiting)


@writing()
def clear_old_jobs(before: datetime, *, at: datetime) -> int:
    """Take away what was asked before an instant and is over. How many there were."""
    old = (PlanJob.asked_at < before, PlanJob.state.not_in(UNFINISHED))
    going = list(db.session.scalars(select(PlanJob.id).where(*old)))
    if going:
        db.session.execute(update(PlanJob).where(PlanJob.follows_id.in_(going)).values(follows_id=None))
        db.session.execute(delete(PlanJob).where(PlanJob.id.in_(going)))
    return len(going)


def _of(state: PlanState) -> Any:
    """Jobs of a state as they are now; one that another worker has just laid hands on is left to them."""
    rows = select(PlanJob).where(PlanJob.state == state).with_for_update(skip_locked=True)
    return rows.execution_options(populate_existing=True)


def _held(job_id: int, worker: str) -> PlanJob | None:
    rows = select(PlanJob).where(
        PlanJob.id == job_id, PlanJob.worker == worker, PlanJob.state == PlanState.WORKING
    )
    return db.session.scalar(rows.with_for_update().execution_options(populate_existing=True))


def _end(job: PlanJob, trouble: PlanTrouble, at: datetime) -> None:
    job.state, job.trouble, job.finished_at = PlanState.FAILED, trouble.value, at


def _digest(kind: PlanKind, asked: Mapping[str, Any], of: Mapping[str, int | None]) -> str:
    told = json.dumps([kind.value, asked, dict(of)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
