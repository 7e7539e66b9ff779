"""The duties that a resource's feed shows, put together once."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.records.assignments import Assignment
from scheduler.records.database import written
from scheduler.records.feed_stops import CALLED_OFF_SINCE, FIRST, LAST


def duties_shown(resource_id: Any) -> ColumnElement[bool]:
    """The condition of the duties in the feed of a resource. Those refused or released only if that was
    lately, so that calendars strike them out."""
    occupying = [written(state) for state in sorted(OCCUPYING_DUTIES)]
    return and_(
        Assignment.resource_id == resource_id,
        Assignment.starts_at >= FIRST,
        Assignment.starts_at < LAST,
        or_(Assignment.state.in_(occupying), Assignment.stamped_at >= CALLED_OFF_SINCE),
    )
