"""What a newcomer has done already, and the full session on which they can learn what a no looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from scheduler.access import Actor
from scheduler.core.facts import Dating
from scheduler.core.lifecycle import AWAITED
from scheduler.records.accounts import Account, site_manager
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import Journal
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

MOST_FULL = 12
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Done:
    """The newest delegation somebody registered, and how many visits they asked for."""

    delegation_id: int | None
    visits: int


def done_by(by: Actor) -> Done:
    """What somebody did. What the demo did in their name while it was loaded does not count."""
    loaded = select(func.max(Journal.at)).where(Journal.subject == "demo").scalar_subquery()
    since = func.coalesce(loaded, LONG_AGO)
    mine = Delegation.officer_id == by.account_id, Delegation.registered_at > since
    asked = Visit.asked_by_id == by.account_id, Visit.asked_at > since
    delegation = select(func.max(Delegation.id)).where(*mine).scalar_subquery()
    visits = select(func.count(Visit.id)).where(*asked).scalar_subquery()
    return Done(*db.session.execute(select(delegation, visits)).one())


@dataclass(frozen=True)
class Furnished:
    """What a city has: sites, tours, and people besides its first."""

    has_sites: bool
    has_tours: bool
    has_colleagues: bool


def furnished(by: Actor) -> Furnished:
    """Whether there is anything to visit, and anybody to book it."""
    others = exists().where(Account.id != by.account_id)
    found = select(exists().where(Site.id > 0), exists().where(Tour.id > 0), others)
    return Furnished(*db.session.execute(found).one())


def full_sessions(first: datetime, last: datetime, headcount: int) -> Sequence[TourSession]:
    """Rounds in [first, last) that have no room for so many and would, were they empty, while another round
    of the same day has: in order of hour."""
    s, other = TourSession, aliased(TourSession)
    near = and_(
        other.tour_id == s.tour_id,
        other.id != s.id,
        other.starts_at >= first,
        other.starts_at < last,
        other.places - other.places_taken >= headcount,
    )
    rows: Select[TourSession] = (
        select(s)
        .join(Tour, Tour.id == s.tour_id)
        .where(Tour.dating == Dating.ROUNDS, s.starts_at >= first, s.starts_at < last)
        .where(s.places >= headcount, s.places - s.places_taken < headcount, exists().where(near))
        .order_by(s.starts_at, s.id)
    )
    return db.session.scalars(rows.limit(MOST_FULL)).all()


def stop_to_show(delegation_id: int) -> Visit | None:
    """The first awaited visit of a delegation at a site that somebody answers for."""
    answered_for = exists().where(site_manager.c.site_id == Visit.site_id)
    rows = select(Visit).where(Visit.delegation_id == delegation_id, Visit.state.in_(AWAITED))
    return db.session.scalar(rows.order_by(~answered_for, Visit.starts_at).limit(1))


def demo_manager_of(site_id: int) -> int | None:
    """The demo's own account of a site's manager, if there is one."""
    rows = select(Account.id).join(site_manager, site_manager.c.account_id == Account.id)
    rows = rows.where(site_manager.c.site_id == site_id, Account.is_demo, Account.is_active)
    return db.session.scalar(rows.order_by(Account.id).limit(1))
