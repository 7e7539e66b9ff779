"""What ends with a delegation that is closed or called off: engagements, whole-day duties, waiting."""

from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.actions.duties import change_state
from scheduler.actions.engagements import cancel_engagement
from scheduler.actions.waiting import leave_waiting
from scheduler.core.duties import OCCUPYING_DUTIES, DutyState
from scheduler.core.stops import EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.waiting import Waiting, WaitingState


def end_what_is_planned(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """Within an act that ends a delegation: nobody waits for it with a table, a bus or a place any more."""
    engagements = select(Engagement.id).where(
        Engagement.delegation_id == delegation_id,
        Engagement.state == EngagementState.PLANNED,
        Engagement.ends_at > at,
    )
    for engagement_id in db.session.scalars(engagements).all():
        cancel_engagement(engagement_id, by=by, at=at)
    duties = select(Assignment).where(
        Assignment.delegation_id == delegation_id,
        Assignment.visit_id.is_(None),
        Assignment.state.in_(OCCUPYING_DUTIES),
        Assignment.ends_at > at,
    )
    for duty in db.session.scalars(duties).all():
        change_state(duty, DutyState.RELEASED, "release", by=by, at=at)
    waiting = select(Waiting.id).where(
        Waiting.delegation_id == delegation_id, Waiting.state == WaitingState.WAITING
    )
    for waiting_id in db.session.scalars(waiting).all():
        leave_waiting(waiting_id, by=by, at=at)


def let_whole_parties_follow(delegation_id: int, before: int, after: int) -> None:
    """Engagements of the whole delegation are for as many as it has, also when it grows or shrinks."""
    whole = select(Engagement).where(
        Engagement.delegation_id == delegation_id,
        Engagement.state == EngagementState.PLANNED,
        Engagement.part_id.is_(None),
        Engagement.headcount == before,
    )
    for engagement in db.session.scalars(whole).all():
        engagement.headcount = after
        engagement.version += 1
    db.session.flush()
