"""Secret addresses that letters tell: they follow from the app's own key, so each letter can tell them again
and the database still opens nothing."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import SYSTEM
from scheduler.actions.links import make_derived
from scheduler.actions.tokens import digest_of
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import enter
from scheduler.records.links import Link, LinkPurpose
from scheduler.records.visits import Visit
from scheduler.records.writing import writing


def derived_secret(key: bytes, table: str, number: int) -> str:
    """The secret of a row of `feed_link` or `link`, as long as the app keeps its key."""
    told = hmac.new(key, f"{table}:{number}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


def feed_for_letters(kind: FeedKind, subject_id: int, *, key: bytes, at: datetime) -> int:
    """The number of the feed link that letters tell of a delegation, a delegate or a resource: the one there
    is, or a new one when there is none, when it was revoked, or when the app has another key now."""
    for link in _derived(kind, subject_id):
        if link.digest == digest_of(derived_secret(key, "feed_link", link.id)):
            return link.id
    return _make_feed(kind, subject_id, key=key, at=at)


def answer_link_for_letter(asked: Visit | Assignment, *, key: bytes, at: datetime) -> int:
    """The number of a new link by which a site's owner, or whoever is asked to come, answers one thing."""
    return _make_answer_link(asked, key=key, at=at)


@writing()
def _make_feed(kind: FeedKind, subject_id: int, *, key: bytes, at: datetime) -> int:
    link = FeedLink(kind=kind, is_derived=True, made_at=at, digest=digest_of(secrets.token_urlsafe(32)))
    setattr(link, f"{kind.value}_id", subject_id)
    _give_secret(link, key)
    enter(link, "make_feed", by=SYSTEM, at=at, after={"kind": kind.value, "of": subject_id})
    return link.id


@writing()
def _make_answer_link(asked: Visit | Assignment, *, key: bytes, at: datetime) -> int:
    if isinstance(asked, Visit):
        link = make_derived(LinkPurpose.SITE, asked.site_id, asked, at=at)
    else:
        link = make_derived(LinkPurpose.DUTIES, asked.resource_id, asked, at=at)
    _give_secret(link, key)
    return link.id


def _give_secret(link: FeedLink | Link, key: bytes) -> None:
    """The secret depends on the row's number, which the first flush tells."""
    db.session.add(link)
    db.session.flush()
    link.digest = digest_of(derived_secret(key, link.__tablename__, link.id))
    db.session.flush()


def _derived(kind: FeedKind, subject_id: int) -> Any:
    rows = select(FeedLink).where(FeedLink.kind == kind, FeedLink.is_derived, FeedLink.revoked_at.is_(None))
    rows = rows.where(getattr(FeedLink, f"{kind.value}_id") == subject_id)
    return db.session.scalars(rows.order_by(FeedLink.id.desc())).all()
