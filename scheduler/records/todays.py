"""What waits for somebody today: each question is one query, whatever the number of visits behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, func, select, text, true
from sqlalchemy.orm import contains_eager

from scheduler.access import Role
from scheduler.core.lifecycle import AWAITED, OCCUPYING, VisitState
from scheduler.core.opening import FACTS_STAY_FRESH
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.sites import Site, SiteFact
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit
from scheduler.records.waiting import Waiting, WaitingState

MOST_SHOWN = 40
# Arrivals that nobody recorded are asked for this long after the delegation has left.
ARRIVALS_ASKED_FOR = timedelta(days=30)

# Written as the index of clashing visits writes it, so that SQLite knows it again.
IS_CLASHING = text("visit.is_clashing")

Sites = Collection[int] | None


@dataclass(frozen=True)
class Figures:
    """One week in numbers."""

    delegations: int
    visits: int
    people: int
    unanswered: int


@dataclass(frozen=True)
class Doubt:
    """A site with facts that nobody has checked for a year."""

    site: Site
    checked_on: Any
    facts: int


def requested(sites: Sites) -> list[Visit]:
    """Visits whose owner has not answered, the longest waiting first. `sites` None means every site."""
    return _visits(_at(sites), Visit.state == VisitState.REQUESTED, order=Visit.asked_at)


def holds_ending(sites: Sites, at: datetime, until: datetime) -> list[Visit]:
    """Holds that run out by `until`, the first to go first."""
    is_ending = Visit.hold_until > at, Visit.hold_until <= until
    return _visits(_at(sites), Visit.state == VisitState.HELD, *is_ending, order=Visit.hold_until)


def clashing(sites: Sites, at: datetime) -> list[Visit]:
    """Visits to come that run against a later closure or limit."""
    is_awaited = Visit.state.in_(AWAITED), Visit.ends_at > at
    return _visits(_at(sites), IS_CLASHING, *is_awaited, order=Visit.starts_at)


def declined(at: datetime) -> list[Visit]:
    """Visits that a site declined, of delegations that can still come at another time."""
    can_come = Delegation.state == DelegationState.REGISTERED, Delegation.departs_at > at
    return _visits(Visit.state == VisitState.DECLINED, *can_come, order=Visit.changed_at.desc())


def unrecorded(sites: Sites, at: datetime) -> list[Visit]:
    """Confirmed visits that are over, of which nobody said whether they came."""
    since = at - ARRIVALS_ASKED_FOR
    were_here = Delegation.state == DelegationState.REGISTERED, Delegation.arrives_at > since
    is_over = Visit.state == VisitState.CONFIRMED, Visit.ends_at <= at, Visit.starts_at > since
    return _visits(_at(sites), *were_here, *is_over, order=Visit.starts_at)


def promoted(sites: Sites, since: datetime) -> list[Visit]:
    """Holds that were given from a waiting list since then and still run, the first to end first."""
    given = select(Waiting.visit_id).where(Waiting.state == WaitingState.PROMOTED, Waiting.ended_at >= since)
    return _visits(_at(sites), Visit.state == VisitState.HELD, Visit.id.in_(given), order=Visit.hold_until)


def on_between(sites: Sites, first: datetime, last: datetime) -> list[Visit]:
    """Who is expected, or came, or should have, from one instant to another."""
    shown = Visit.state.in_((*OCCUPYING, VisitState.NO_SHOW))
    when = Visit.site_id.in_(select(Site.id)), Visit.starts_at >= first, Visit.starts_at < last
    return _visits(_at(sites), shown, *when, order=Visit.starts_at)


def figures(first: datetime, last: datetime) -> Figures:
    """What a stretch of days brings: delegations, visits that take places, their people, unanswered ones."""
    v = Visit
    counted = select(
        func.count(v.delegation_id.distinct()),
        func.count(),
        func.coalesce(func.sum(v.headcount), 0),
        func.count().filter(v.state == VisitState.REQUESTED),
    ).where(v.state.in_(OCCUPYING), v.site_id.in_(select(Site.id)), v.starts_at >= first, v.starts_at < last)
    return Figures(*db.session.execute(counted).one())


def doubtful_sites(at: datetime) -> list[Doubt]:
    """Sites with facts last checked more than a year ago, the oldest first."""
    old = (at - FACTS_STAY_FRESH).date()
    checked_on = func.min(SiteFact.checked_on)
    rows = (
        select(Site, checked_on, func.count())
        .join(SiteFact, SiteFact.site_id == Site.id)
        .where(SiteFact.checked_on < old)
        .group_by(Site.id)
        .order_by(checked_on, Site.code)
    )
    return [Doubt(*row) for row in db.session.execute(rows)]


def accounts_by_role() -> dict[Role, int]:
    """How many active accounts hold each role."""
    held = list(db.session.scalars(select(Account.roles).where(Account.is_active)))
    return {role: sum(role.value in roles for roles in held) for role in Role}


def _at(sites: Sites) -> ColumnElement[bool]:
    return true() if sites is None else Visit.site_id.in_(sites)


def _visits(*conditions: ColumnElement[bool] | TextClause, order: Any) -> list[Visit]:
    """Visits with their delegation, tour and site; one more than is shown tells that there are more."""
    rows: Select[Any] = (
        select(Visit)
        .join(Visit.delegation)
        .join(Visit.tour_session)
        .join(TourSession.tour)
        .join(Tour.site)
        .options(
            contains_eager(Visit.delegation),
            contains_eager(Visit.tour_session).contains_eager(TourSession.tour).contains_eager(Tour.site),
        )
        .where(*conditions)
        .order_by(order, Visit.id)
        .limit(MOST_SHOWN + 1)
    )
    return list(db.session.scalars(rows).unique())
