"""What remains of a delegation's day: its awaited visits and planned engagements from an instant on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.lifecycle import AWAITED
from scheduler.core.stops import EngagementState
from scheduler.records.database import db
from scheduler.records.engagement_lookup import WHOLE
from scheduler.records.engagements import Engagement
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit


def remaining_visits(delegation_id: int, first: datetime, last: datetime) -> Sequence[Visit]:
    """Awaited visits that start in [first, last), in order of hour."""
    rows = select(Visit).options(
        joinedload(Visit.part),
        joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = rows.where(Visit.delegation_id == delegation_id, Visit.state.in_(AWAITED))
    rows = rows.where(Visit.starts_at >= first, Visit.starts_at < last)
    rows = rows.order_by(Visit.starts_at, Visit.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def remaining_engagements(delegation_id: int, first: datetime, last: datetime) -> Sequence[Engagement]:
    """Planned engagements that start in [first, last), in order of hour."""
    rows = select(Engagement).options(*WHOLE).where(Engagement.delegation_id == delegation_id)
    rows = rows.where(Engagement.state == EngagementState.PLANNED)
    rows = rows.where(Engagement.starts_at >= first, Engagement.starts_at < last)
    rows = rows.order_by(Engagement.starts_at, Engagement.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def sessions_of_tours(tour_ids: Sequence[int], first: datetime, last: datetime) -> Sequence[TourSession]:
    """Dated sessions of some tours that start in [first, last)."""
    rows = select(TourSession).where(TourSession.tour_id.in_(tour_ids))
    rows = rows.where(TourSession.starts_at >= first, TourSession.starts_at < last)
    return db.session.scalars(rows.order_by(TourSession.starts_at)).all()
