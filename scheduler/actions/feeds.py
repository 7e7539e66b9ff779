"""Secret addresses of calendars: made, shown once, renewed, revoked."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from scheduler.access import Actor, Permission
from scheduler.actions.tokens import digest_of
from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.feed_list import COLUMNS, feed_managed_by
from scheduler.records.feeds import FeedFile, FeedKind, FeedLink
from scheduler.records.journal import enter
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.writing import writing

TABLES: Mapping[FeedKind, type[Any]] = {
    FeedKind.SITE: Site,
    FeedKind.DELEGATION: Delegation,
    FeedKind.DELEGATE: Delegate,
    FeedKind.RESOURCE: Resource,
    FeedKind.OFFICER: Account,
}
OFFICES = frozenset({FeedKind.OFFICER, FeedKind.DIVISION})


def make_feed(kind: FeedKind, subject_id: int | None, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    """A feed of a kind (any but BUSY) of a subject, and its secret, which cannot be read again.

    `subject_id` numbers the site, delegation, delegate, resource or (OFFICER) account; the division has none.
    The secret of a delegation or delegate opens the guests' page, too, that of a resource its page of the
    day. Who may: `feed_list.managed_by`. Raises NotFound, NotPermitted.
    """
    by.must(permission_for(kind))
    return _make(kind, kind, subject_id, by=by, at=at)


def make_busy_feed(of: FeedKind, subject_id: int | None, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    """A feed of the times alone of what a feed of kind `of` would show, and its secret, which opens nothing
    else. Raises NotFound, NotPermitted."""
    by.must(permission_for(of))
    return _make(FeedKind.BUSY, of, subject_id, by=by, at=at)


def renew_feed(feed_id: int, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    """End a feed and make another of the very same, in one act; its secret cannot be read again.

    Raises NotFound, also for one that was revoked before, and NotPermitted.
    """
    _must_make_some(by)
    return _renew(feed_id, by=by, at=at)


def revoke_feed(feed_id: int, *, by: Actor, at: datetime) -> None:
    """End a feed: from now on its address answers that it is gone. Ending what is ended changes nothing.

    Raises NotFound, NotPermitted.
    """
    _must_make_some(by)
    _revoke(feed_id, by=by, at=at)


def feed_by_secret(secret: str) -> FeedLink:
    """The feed a secret opens, revoked or not. Raises NotFound."""
    feed = db.session.scalar(select(FeedLink).where(FeedLink.digest == digest_of(secret)))
    if feed is None:
        raise NotFound("feed", "…")
    return feed


def permission_for(of: FeedKind) -> Permission:
    """What somebody must be allowed to who makes a feed of this kind, or of its busy times."""
    return Permission.MAKE_OFFICE_FEEDS if of in OFFICES else Permission.MAKE_FEEDS


def _must_make_some(by: Actor) -> None:
    """Whoever may make no feed at all is told so; of the others, each sees the feeds they manage."""
    if not by.may(Permission.MAKE_OFFICE_FEEDS):
        by.must(Permission.MAKE_FEEDS)


@writing()
def _make(
    kind: FeedKind, of: FeedKind, subject_id: int | None, *, by: Actor, at: datetime
) -> tuple[FeedLink, str]:
    if of is not FeedKind.DIVISION and db.session.get(TABLES[of], subject_id) is None:
        raise NotFound(of.value, subject_id)
    named = {COLUMNS[of]: subject_id} if of in COLUMNS else {}
    made, secret = _kept(FeedLink(kind=kind, **named), by=by, at=at)
    try:
        feed_managed_by(by, made.id)
    except NotFound:
        raise NotFound(of.value, subject_id) from None
    return made, secret


@writing()
def _renew(feed_id: int, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    old = feed_managed_by(by, feed_id)
    if old.revoked_at is not None:
        raise NotFound("feed", feed_id)
    named = {column: getattr(old, column) for column in COLUMNS.values()}
    made, secret = _kept(FeedLink(kind=old.kind, **named), by=by, at=at)
    _end(old, at)
    enter(old, "renew_feed", by=by, at=at, after={"renewed_as": made.id})
    return made, secret


@writing()
def _revoke(feed_id: int, *, by: Actor, at: datetime) -> None:
    feed = feed_managed_by(by, feed_id)
    if feed.revoked_at is None:
        _end(feed, at)
        enter(feed, "revoke_feed", by=by, at=at)


def _kept(feed: FeedLink, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    secret = secrets.token_urlsafe(32)
    feed.digest, feed.made_by_id, feed.made_at = digest_of(secret), by.account_id, at
    db.session.add(feed)
    db.session.flush()
    of, number = next(
        ((of, getattr(feed, column)) for of, column in COLUMNS.items() if getattr(feed, column)),
        (FeedKind.DIVISION, None),
    )
    told = {"kind": feed.kind.value, "of": number}
    if feed.kind is FeedKind.BUSY:
        told["times_of"] = of.value
    enter(feed, "make_feed", by=by, at=at, after=told)
    return feed, secret


def _end(feed: FeedLink, at: datetime) -> None:
    """Its copy is of no more use, and tells what its readers may not know any longer."""
    feed.revoked_at = at
    db.session.execute(delete(FeedFile).where(FeedFile.feed_link_id == feed.id))
