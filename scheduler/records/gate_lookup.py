"""Who stands at the gate: the visits of one delegation at the sites that somebody sees."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.access import Actor
from scheduler.core.lifecycle import VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit


def delegation_at_gate(delegation_id: int) -> Delegation:
    """Those whom a code names, with the officer who looks after them. Raises NotFound."""
    rows = select(Delegation).options(joinedload(Delegation.officer)).where(Delegation.id == delegation_id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("delegation", delegation_id)
    return found


def visits_at_sites_of(by: Actor, delegation_id: int) -> Sequence[Visit]:
    """Every visit of theirs at the sites somebody sees, those called off too, by hour. A hold that ran out is
    nobody's business."""
    whole = joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site)
    rows = select(Visit).options(whole, joinedload(Visit.part), joinedload(Visit.delegation))
    rows = rows.where(Visit.delegation_id == delegation_id, Visit.state != VisitState.EXPIRED)
    if not by.sees_every_site:
        rows = rows.where(Visit.site_id.in_(by.site_ids))
    return db.session.scalars(rows.order_by(Visit.starts_at, Visit.id)).all()
