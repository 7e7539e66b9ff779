"""Whom a delegation should not meet, and who is in town with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.waiting import KeptApart


@dataclass(frozen=True)
class Apart:
    """A delegation that another should not meet, and why."""

    other: Delegation
    reason: str


def kept_apart_from(delegation_id: int) -> list[Apart]:
    """Whom a delegation should not meet, by name. One query."""
    k, d = KeptApart, Delegation
    either = or_(k.delegation_id == delegation_id, k.other_id == delegation_id)
    pairs = (
        select(d, k.reason)
        .join(k, or_(d.id == k.delegation_id, d.id == k.other_id))
        .where(either, d.id != delegation_id)
        .order_by(d.name, d.id)
    )
    return [Apart(other, reason) for other, reason in db.session.execute(pairs)]


def in_town_with(delegation: Delegation) -> Sequence[Delegation]:
    """The other delegations whose stay overlaps this one's, by name."""
    d = Delegation
    rows = select(d).where(
        d.id != delegation.id,
        d.state == DelegationState.REGISTERED,
        d.arrives_at < delegation.departs_at,
        d.departs_at > delegation.arrives_at,
    )
    return db.session.scalars(rows.order_by(d.name, d.id)).all()
