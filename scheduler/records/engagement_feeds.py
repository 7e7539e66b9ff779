"""Engagements in a delegation's calendar feed: what is in it, and whether anything changed."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from scheduler.core.stops import EngagementState
from scheduler.records.database import UtcDateTime
from scheduler.records.engagement_lookup import WHOLE
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place


def _shown() -> tuple[ColumnElement[bool], ...]:
    e = Engagement
    lately = e.stamped_at >= bindparam("called_off_since", type_=UtcDateTime)
    return (
        e.delegation_id == bindparam("subject_id"),
        e.starts_at >= bindparam("first", type_=UtcDateTime),
        e.starts_at < bindparam("last", type_=UtcDateTime),
        or_(e.state == EngagementState.PLANNED, lately),
    )


def _revision() -> Any:
    """Numbers that differ whenever an entry does: its engagement's, and those of the places it names."""
    own = func.count(), func.sum(Engagement.id), func.sum(Engagement.version), func.sum(Place.version)
    rows = select(*own).select_from(Engagement)
    names = or_(Place.id == Engagement.place_id, Place.id == Engagement.destination_id)
    return rows.outerjoin(Place, names).where(*_shown())


REVISION = _revision()
NEWEST = select(func.max(Engagement.stamped_at)).where(*_shown())
ENGAGEMENTS = (
    select(Engagement).options(*WHOLE).where(*_shown()).order_by(Engagement.starts_at, Engagement.uid)
)
