"""Holds that have run out: found, and turned to expired, which frees their places."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from scheduler.access import SYSTEM
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import ask, db, written
from scheduler.records.journal import enter
from scheduler.records.visits import Visit

_V = Visit.__table__.c
IS_OVERDUE = (_V.state == written(VisitState.HELD)) & (_V.hold_until <= bindparam("at"))
_OF_DELEGATIONS = _V.delegation_id.in_(bindparam("delegations", expanding=True))
_AT_SITES = _V.site_id.in_(bindparam("sites", expanding=True))
_SITES = select(_V.site_id).where(IS_OVERDUE, _OF_DELEGATIONS)
_CONCERNED = select(_V.id).where(IS_OVERDUE, or_(_AT_SITES, _OF_DELEGATIONS)).order_by(_V.id)
_OLDEST = (
    select(_V.site_id, _V.delegation_id).where(IS_OVERDUE).order_by(_V.hold_until).limit(bindparam("at_most"))
)


def sites_of_overdue_holds(delegations: Collection[int], at: datetime) -> frozenset[int]:
    """Where these delegations have holds that ran out."""
    return frozenset(ask(_SITES, at=at, delegations=list(delegations)).scalars())


def overdue_parents(at: datetime, limit: int) -> list[tuple[int, int]]:
    """(site, delegation) of every overdue hold, the oldest first."""
    return [(site, delegation) for site, delegation in ask(_OLDEST, at=at, at_most=limit)]


def expire_overdue(sites: Collection[int], delegations: Collection[int], at: datetime) -> int:
    """Turn the overdue holds of these parents to expired. Call it only with their locks held. How many."""
    if not sites and not delegations:
        return 0
    overdue = ask(_CONCERNED, at=at, sites=list(sites), delegations=list(delegations)).scalars().all()
    if not overdue:
        return 0
    for visit in db.session.scalars(select(Visit).where(Visit.id.in_(overdue)).order_by(Visit.id)):
        visit.state = VisitState.EXPIRED
        visit.is_clashing, visit.clash = False, None
        visit.version += 1
        visit.revise_calendar(at)
        enter(visit, "expire", by=SYSTEM, at=at, before={"state": "held"}, after={"state": "expired"})
    db.session.flush()
    return len(overdue)
