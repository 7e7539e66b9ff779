"""Who goes along with a visit: written with its booking, moved with it, let go when they cannot follow."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.core.duties import OCCUPYING_DUTIES, DutyState, ResourceFacts, ResourceKind
from scheduler.core.facts import Diary, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.staffing import duty_span
from scheduler.core.verdicts import CautionCode, Verdict
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.visits import Visit

DUTY_JOURNALLED = ("resource_id", "visit_id", "delegation_id", "starts_at", "ends_at", "headcount", "state")


def send_along(visit: Visit, request: VisitRequest, diary: Diary, *, by: Actor, at: datetime) -> None:
    """Ask those named in an accepted request to come to the visit. Riders fill one vehicle after another; in
    one that nobody is left for, none are counted."""
    assert diary.delegation is not None
    assert diary.delegation.staff is not None
    left = visit.headcount
    for resource_id in dict.fromkeys(request.assign):
        resource = diary.delegation.staff.resources[resource_id]
        riders = min(left, resource.seats) or None if resource.seats is not None else None
        left -= riders or 0
        make_duty(visit, resource, headcount=riders, by=by, at=at)


def make_duty(
    visit: Visit, resource: ResourceFacts, *, headcount: int | None, by: Actor, at: datetime
) -> Assignment:
    """Write one assignment to a visit: asked, over the visit's time with set-up and wrap-up around."""
    span = duty_span(resource, Span(visit.starts_at, visit.ends_at))
    duty = Assignment(
        uid=str(uuid.uuid4()),
        resource_id=resource.id,
        delegation_id=visit.delegation_id,
        part_id=visit.part_id,
        visit_id=visit.id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        headcount=headcount if resource.kind is ResourceKind.VEHICLE else None,
        state=DutyState.ASKED,
        asked_by_id=by.account_id,
        asked_at=at,
        stamped_at=at,
        sequence=0,
        version=1,
    )
    db.session.add(duty)
    db.session.flush()
    enter(duty, "assign", by=by, at=at, after=snapshot(duty, *DUTY_JOURNALLED))
    return duty


def let_follow(
    visit: Visit,
    verdict: Verdict,
    *,
    was: Span,
    stood: Mapping[int, Mapping[str, Any]],
    by: Actor,
    at: datetime,
) -> None:
    """Take everybody along who was to come to a visit that moved: asked again for the new hour, as long
    before and after it as they were around the old one (`was`). Who cannot follow, which somebody has
    acknowledged, is let go. `stood` tells of duties that stepped aside how they were before."""
    away = {c.facts["resource_id"] for c in verdict.cautions if c.code is CautionCode.ASSIGNEE_CANNOT_FOLLOW}
    left = visit.headcount
    for duty in duties_of_visit(visit.id):
        if duty.resource_id in away:
            change_state(duty, DutyState.RELEASED, "release", by=by, at=at)
            continue
        before = dict(stood.get(duty.id) or snapshot(duty, *DUTY_JOURNALLED))
        duty.starts_at = visit.starts_at - (was.starts_at - duty.starts_at)
        duty.ends_at = visit.ends_at + (duty.ends_at - was.ends_at)
        if duty.headcount is not None:
            riders = min(duty.headcount, left)
            duty.headcount, left = riders or None, left - riders
        duty.part_id = visit.part_id
        if snapshot(duty, *DUTY_JOURNALLED) == before:
            continue
        duty.state, duty.answered_at, duty.answered_by = DutyState.ASKED, None, ""
        revise(duty, at)
        enter(duty, "move", by=by, at=at, before=before, after=snapshot(duty, *DUTY_JOURNALLED))
    db.session.flush()


def change_state(duty: Assignment, state: DutyState, act: str, *, by: Actor, at: datetime) -> None:
    """Give a duty another state, with its journal line and its calendar's revision."""
    before = snapshot(duty, *DUTY_JOURNALLED)
    duty.state = state
    revise(duty, at)
    db.session.flush()
    enter(duty, act, by=by, at=at, before=before, after=snapshot(duty, *DUTY_JOURNALLED))


def revise(duty: Assignment, at: datetime) -> None:
    """A new version, and a new revision of its calendar entry (RFC 5546 2.1.4)."""
    duty.version += 1
    duty.sequence += 1
    duty.stamped_at = max(at, duty.stamped_at + timedelta(seconds=1))


def duties_of_visit(visit_id: int) -> list[Assignment]:
    """Those who are to come to a visit, asked or accepted."""
    rows = select(Assignment).where(
        Assignment.visit_id == visit_id, Assignment.state.in_([state.value for state in OCCUPYING_DUTIES])
    )
    rows = rows.order_by(Assignment.id).execution_options(populate_existing=True)
    return list(db.session.scalars(rows))
