"""Feed links in lists: of one subject, or all that somebody manages. Whose they are is said here alone."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from scheduler.access import Actor, Permission, Role
from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.sites import Site

COLUMNS: Mapping[FeedKind, str] = {
    FeedKind.SITE: "site_id",
    FeedKind.DELEGATION: "delegation_id",
    FeedKind.DELEGATE: "delegate_id",
    FeedKind.RESOURCE: "resource_id",
    FeedKind.OFFICER: "account_id",
}
OF_GUESTS = (FeedLink.delegation_id, FeedLink.delegate_id, FeedLink.resource_id)


def managed_by(by: Actor) -> ColumnElement[bool]:
    """The condition of the links that somebody may make, end and renew, busy times like the rest: officers
    those of sites, delegations, delegates and resources; managers those of their own sites; officers and
    heads their own and the division's; heads those of every officer."""
    is_division = and_(*(getattr(FeedLink, column).is_(None) for column in COLUMNS.values()))
    may_make = by.may(Permission.MAKE_FEEDS)
    theirs = (
        (may_make and not by.sees_every_site, FeedLink.site_id.in_(sorted(by.site_ids))),
        (may_make and by.sees_every_site, FeedLink.site_id.is_not(None)),
        (may_make and by.sees_delegations, or_(*(column.is_not(None) for column in OF_GUESTS))),
        (by.may(Permission.MAKE_OFFICE_FEEDS), or_(is_division, FeedLink.account_id == by.account_id)),
        (by.may(Permission.MAKE_OFFICERS_FEEDS), FeedLink.account_id.is_not(None)),
    )
    return or_(false(), *(condition for holds, condition in theirs if holds))


def feeds_managed_by(by: Actor) -> Select[FeedLink]:
    """The links that still open and that somebody manages, the newest first."""
    rows = select(FeedLink).where(managed_by(by), FeedLink.revoked_at.is_(None))
    rows = rows.options(joinedload(FeedLink.site), joinedload(FeedLink.account))
    return rows.order_by(FeedLink.made_at.desc(), FeedLink.id.desc())


def feed_managed_by(by: Actor, feed_id: int) -> FeedLink:
    """One of them, revoked or not, as the archive has it now. Raises NotFound."""
    rows = select(FeedLink).where(FeedLink.id == feed_id, managed_by(by))
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("feed", feed_id)
    return found


def feeds_about(of: FeedKind, subject_id: int | None) -> Sequence[FeedLink]:
    """The links to the calendar or the busy times of one subject (for the division: none) that still open,
    the newest first. One query."""
    return _open(is_about(of, subject_id))


def feeds_of_guests(delegation_id: int) -> Sequence[FeedLink]:
    """The links about a delegation and its delegates that still open, the newest first. One query."""
    theirs = select(Delegate.id).where(Delegate.delegation_id == delegation_id)
    return _open(or_(FeedLink.delegation_id == delegation_id, FeedLink.delegate_id.in_(theirs)))


def feeds_of_sites(site_ids: Collection[int]) -> list[tuple[Site, list[FeedLink]]]:
    """Some sites by name, each with its links that still open, the newest first. Two queries."""
    sites = db.session.scalars(select(Site).where(Site.id.in_(site_ids)).order_by(Site.name, Site.id)).all()
    found = _open(FeedLink.site_id.in_(site_ids))
    return [(site, [feed for feed in found if feed.site_id == site.id]) for site in sites]


def feeds_of_officers(*, but: int | None) -> Sequence[FeedLink]:
    """The links of all officers but one that still open, the newest first. One query."""
    return _open(and_(FeedLink.account_id.is_not(None), FeedLink.account_id != but))


def officers(*, but: int | None) -> Sequence[Account]:
    """The active accounts of officers, but for one, by name."""
    rows = select(Account).where(Account.is_active, Account.id != but).order_by(Account.name, Account.id)
    return [found for found in db.session.scalars(rows) if Role.OFFICER.value in found.roles]


def is_about(of: FeedKind, subject_id: int | None) -> ColumnElement[bool]:
    """The condition of the links, busy times too, of a subject."""
    wanted = COLUMNS.get(of)
    columns = {column: getattr(FeedLink, column) for column in COLUMNS.values()}
    return and_(*(each == subject_id if name == wanted else each.is_(None) for name, each in columns.items()))


def officer_by_email(email: str) -> int:
    """The number of the active account of an address. Raises NotFound."""
    rows = select(Account.id).where(Account.email == email.strip().lower(), Account.is_active)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("account", email)
    return found


def _open(which: ColumnElement[bool]) -> Sequence[FeedLink]:
    rows = select(FeedLink).where(which, FeedLink.revoked_at.is_(None))
    rows = rows.options(joinedload(FeedLink.delegate), joinedload(FeedLink.account))
    return db.session.scalars(rows.order_by(FeedLink.made_at.desc(), FeedLink.id.desc())).all()
