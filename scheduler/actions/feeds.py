"""Secret addresses of calendars: made, shown once, revoked."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.tokens import digest_of
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import enter
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.writing import writing

TABLES: Mapping[FeedKind, type[Any]] = {
    FeedKind.SITE: Site,
    FeedKind.DELEGATION: Delegation,
    FeedKind.RESOURCE: Resource,
}


def make_feed(kind: FeedKind, subject_id: int, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    """A feed of a site, a delegation or a resource, and its secret, which cannot be read again.

    The secret of a resource opens its page of the day, too. Officers make any, site managers those of their
    own sites. Raises NotFound, NotPermitted.
    """
    by.must(Permission.MAKE_FEEDS)
    may_see = by.sees_site(subject_id) if kind is FeedKind.SITE else by.sees_delegations
    if not may_see:
        raise NotFound(kind.value, subject_id)
    return _make(kind, subject_id, by=by, at=at)


def revoke_feed(feed_id: int, *, by: Actor, at: datetime) -> None:
    """End a feed: from now on its address answers that it is gone. Raises NotFound."""
    by.must(Permission.MAKE_FEEDS)
    _revoke(feed_id, by=by, at=at)


def feed_by_secret(secret: str) -> FeedLink:
    """The feed a secret opens, revoked or not. Raises NotFound."""
    feed = db.session.scalar(select(FeedLink).where(FeedLink.digest == digest_of(secret)))
    if feed is None:
        raise NotFound("feed", "…")
    return feed


@writing()
def _make(kind: FeedKind, subject_id: int, *, by: Actor, at: datetime) -> tuple[FeedLink, str]:
    if db.session.get(TABLES[kind], subject_id) is None:
        raise NotFound(kind.value, subject_id)
    secret = secrets.token_urlsafe(32)
    feed = FeedLink(kind=kind, digest=digest_of(secret), made_by_id=by.account_id, made_at=at)
    setattr(feed, f"{kind.value}_id", subject_id)
    db.session.add(feed)
    db.session.flush()
    enter(feed, "make_feed", by=by, at=at, after={"kind": kind.value, "of": subject_id})
    return feed, secret


@writing()
def _revoke(feed_id: int, *, by: Actor, at: datetime) -> None:
    feed = db.session.get(FeedLink, feed_id, populate_existing=True)
    is_theirs = feed is not None and (
        by.sees_every_site or (feed.site_id is not None and by.sees_site(feed.site_id))
    )
    if feed is None or not is_theirs:
        raise NotFound("feed", feed_id)
    feed.revoked_at = feed.revoked_at or at
    enter(feed, "revoke_feed", by=by, at=at)
