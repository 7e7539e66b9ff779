"""Questions asked of attendance: who is named for a stop, who is named for another at that time."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.lifecycle import OCCUPYING
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records.database import db
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.visits import Visit


def attending(stop: Visit | Engagement) -> Mapping[int, Attendance]:
    """Who is named for a stop, by delegate, in their order of precedence."""
    column = Attendance.visit_id if isinstance(stop, Visit) else Attendance.engagement_id
    rows = select(Attendance).options(joinedload(Attendance.delegate)).where(column == stop.id)
    lines = db.session.scalars(rows).all()
    ordered = sorted(lines, key=lambda line: (line.delegate.precedence, line.delegate_id))
    return {line.delegate_id: line for line in ordered}


def attended_elsewhere(stop: Visit | Engagement, span: Span) -> set[int]:
    """The delegates who are named for another stop of the same delegation that shares an instant with it."""
    found: set[int] = set()
    for table, is_there, key in (
        (Visit, Visit.state.in_(OCCUPYING), Attendance.visit_id),
        (Engagement, Engagement.state == EngagementState.PLANNED, Attendance.engagement_id),
    ):
        rows = select(Attendance.delegate_id).join(table, table.id == key).where(is_there)
        rows = rows.where(table.delegation_id == stop.delegation_id)
        rows = rows.where(table.starts_at < span.ends_at, table.ends_at > span.starts_at)
        if isinstance(stop, table):
            rows = rows.where(table.id != stop.id)
        found |= set(db.session.scalars(rows))
    return found


def attendance_of(
    visit_ids: Collection[int], engagement_ids: Collection[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Who is named for some visits and some engagements: delegates' ids by stop. One query."""
    by_visit: dict[int, list[int]] = {}
    by_engagement: dict[int, list[int]] = {}
    wanted = Attendance.visit_id.in_(visit_ids) | Attendance.engagement_id.in_(engagement_ids)
    for line in db.session.scalars(select(Attendance).where(wanted).order_by(Attendance.delegate_id)):
        if line.visit_id is not None:
            by_visit.setdefault(line.visit_id, []).append(line.delegate_id)
        elif line.engagement_id is not None:
            by_engagement.setdefault(line.engagement_id, []).append(line.delegate_id)
    return by_visit, by_engagement
