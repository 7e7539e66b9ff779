"""Holds that have run out: found, and turned to expired, which frees their places."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from scheduler.access import SYSTEM
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.visits import Visit


def sites_of_overdue_holds(delegations: Collection[int], at: datetime) -> frozenset[int]:
    """Where these delegations have holds that ran out."""
    rows = select(Visit.site_id).where(_is_overdue(at), Visit.delegation_id.in_(delegations))
    return frozenset(db.session.scalars(rows))


def overdue_parents(at: datetime, limit: int) -> list[tuple[int, int]]:
    """(site, delegation) of every overdue hold, the oldest first."""
    rows = select(Visit.site_id, Visit.delegation_id).where(_is_overdue(at)).order_by(Visit.hold_until)
    return [(site, delegation) for site, delegation in db.session.execute(rows.limit(limit))]


def expire_overdue(sites: Collection[int], delegations: Collection[int], at: datetime) -> int:
    """Turn the overdue holds of these parents to expired. Call it only with their locks held. How many."""
    if not sites and not delegations:
        return 0
    concerned = or_(Visit.site_id.in_(sites), Visit.delegation_id.in_(delegations))
    overdue = db.session.scalars(select(Visit).where(_is_overdue(at), concerned).order_by(Visit.id)).all()
    for visit in overdue:
        visit.state = VisitState.EXPIRED
        visit.version += 1
        visit.revise_calendar(at)
        enter(visit, "expire", by=SYSTEM, at=at, before={"state": "held"}, after={"state": "expired"})
    if overdue:
        db.session.flush()
    return len(overdue)


def _is_overdue(at: datetime) -> ColumnElement[bool]:
    return (Visit.state == VisitState.HELD) & (Visit.hold_until <= at)
