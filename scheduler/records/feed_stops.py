"""Which visits and engagements a feed shows, put together once for every kind of feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_, select, true

from scheduler.core.lifecycle import CALLED_OFF, VisitState
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records.database import UtcDateTime, written
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.feeds import FeedKind
from scheduler.records.parts import part_member
from scheduler.records.visits import Visit

# What the questions below are told: see `Stretch`.
FIRST, LAST, CALLED_OFF_SINCE = (
    bindparam(name, type_=UtcDateTime) for name in ("first", "last", "called_off_since")
)
Subject = ColumnElement[Any]
HOLDS = (VisitState.HELD, VisitState.EXPIRED)


@dataclass(frozen=True)
class Stretch:
    """What a feed shows: what begins within a span; what was called off only if that was lately."""

    span: Span
    called_off_since: datetime

    @property
    def told(self) -> dict[str, datetime]:
        """The values of the questions' parameters."""
        return {
            "first": self.span.starts_at,
            "last": self.span.ends_at,
            "called_off_since": self.called_off_since,
        }


def visits_shown(kind: FeedKind, subject: Subject) -> ColumnElement[bool]:
    """The condition of the visits in a feed of a kind (never BUSY or RESOURCE) of a subject's number."""
    is_there = Visit.state.not_in([written(state) for state in sorted(CALLED_OFF)])
    shown = and_(_visits_of(kind, subject), _within(Visit, is_there))
    if kind not in (FeedKind.DELEGATION, FeedKind.DELEGATE):
        return shown
    # A hold is nobody's business but the office's and the site's, and guests never hear that one ran out.
    return and_(shown, Visit.state.not_in([written(state) for state in HOLDS]))


def engagements_shown(kind: FeedKind, subject: Subject) -> ColumnElement[bool]:
    """The condition of the engagements in a feed of a kind (never BUSY or RESOURCE); a site's has none."""
    is_there = Engagement.state == written(EngagementState.PLANNED)
    return and_(_engagements_of(kind, subject), _within(Engagement, is_there))


def _visits_of(kind: FeedKind, subject: Subject) -> ColumnElement[bool]:
    if kind is FeedKind.SITE:
        return Visit.site_id == subject
    if kind is FeedKind.DELEGATE:
        return _attends(Visit, Attendance.visit_id, subject)
    return _of_guests(Visit, kind, subject)


def _engagements_of(kind: FeedKind, subject: Subject) -> ColumnElement[bool]:
    if kind is FeedKind.SITE:
        return false()
    if kind is FeedKind.DELEGATE:
        return _attends(Engagement, Attendance.engagement_id, subject)
    return _of_guests(Engagement, kind, subject)


def _of_guests(table: Any, kind: FeedKind, subject: Subject) -> ColumnElement[bool]:
    if kind is FeedKind.DELEGATION:
        is_of: ColumnElement[bool] = table.delegation_id == subject
        return is_of
    if kind is FeedKind.OFFICER:
        theirs = select(Delegation.id).where(Delegation.officer_id == subject)
        is_of = table.delegation_id.in_(theirs)
        return is_of
    return true()


def _attends(table: Any, stop_id: Any, delegate_id: Subject) -> ColumnElement[bool]:
    """Those named for a stop attend it; where nobody is named the members of its part; else everybody."""
    theirs = select(Delegate.delegation_id).where(Delegate.id == delegate_id).scalar_subquery()
    is_named = exists().where(stop_id == table.id, Attendance.delegate_id == delegate_id)
    nobody_is_named = ~exists().where(stop_id == table.id)
    goes_along = exists().where(
        part_member.c.part_id == table.part_id, part_member.c.delegate_id == delegate_id
    )
    unnamed = and_(nobody_is_named, or_(table.part_id.is_(None), goes_along))
    return and_(table.delegation_id == theirs, or_(is_named, unnamed))


def _within(table: Any, is_there: ColumnElement[bool]) -> ColumnElement[bool]:
    """Begins within the stretch, and takes place or was called off lately."""
    lately = table.stamped_at >= CALLED_OFF_SINCE
    return and_(table.starts_at >= FIRST, table.starts_at < LAST, or_(is_there, lately))
