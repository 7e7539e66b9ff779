"""Secret addresses that letters tell: each follows from a seed and the app's own key, so that letters can
tell it again and again and the database still opens nothing.

The seed is drawn for one link and never again; a letter keeps the seed of the link it tells. So an address
never comes to open what was made later, whatever numbers rows are given.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from scheduler.access import SYSTEM
from scheduler.actions.links import make_derived
from scheduler.actions.tokens import digest_of
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import enter
from scheduler.records.links import LinkPurpose
from scheduler.records.visits import Visit
from scheduler.records.writing import writing


def derived_secret(key: bytes, seed: str) -> str:
    """The secret of a seed, as long as the app keeps its key."""
    told = hmac.new(key, seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


def feed_for_letters(kind: FeedKind, subject_id: int, *, to: str, key: bytes, at: datetime) -> str:
    """The seed of the feed link that letters to an address tell of a delegation, a delegate or a resource: of
    the one there is, or of a new one when there is none, when it was revoked, or when the app has another
    key now. Whoever was told at another address before can open it no more."""
    links = _derived(kind, subject_id)
    theirs = [link for link in links if link.told_to == to and _is_of_key(link, key)]
    if theirs and len(links) == 1:
        return theirs[0].seed
    return _make_feed(kind, subject_id, to=to, key=key, at=at)


def end_feeds_told_to(delegation_id: int, to: str, *, at: datetime) -> None:
    """End the links that letters told somebody who is no guest of this delegation any more: within an act."""
    rows = select(FeedLink).outerjoin(FeedLink.delegate).where(FeedLink.told_to == to, FeedLink.seed != "")
    for link in db.session.scalars(rows.where(FeedLink.revoked_at.is_(None))):
        whose = link.delegation_id or (link.delegate.delegation_id if link.delegate else None)
        if whose == delegation_id:
            _end(link, at)


def answer_link_for_letter(asked: Visit | Assignment, *, key: bytes, at: datetime) -> str:
    """The seed of a new link by which a site's owner, or whoever is asked to come, answers one thing."""
    return _make_answer_link(asked, key=key, at=at)


@writing()
def _make_feed(kind: FeedKind, subject_id: int, *, to: str, key: bytes, at: datetime) -> str:
    for link in _derived(kind, subject_id):
        if link.told_to == to and _is_of_key(link, key):
            continue
        _end(link, at)
    for link in _derived(kind, subject_id):
        return link.seed
    seed = secrets.token_hex(16)
    link = FeedLink(kind=kind, seed=seed, told_to=to, made_at=at, digest=digest_of(derived_secret(key, seed)))
    setattr(link, f"{kind.value}_id", subject_id)
    db.session.add(link)
    db.session.flush()
    enter(link, "make_feed", by=SYSTEM, at=at, after={"kind": kind.value, "of": subject_id})
    return seed


@writing()
def _make_answer_link(asked: Visit | Assignment, *, key: bytes, at: datetime) -> str:
    if isinstance(asked, Visit):
        link = make_derived(LinkPurpose.SITE, asked.site_id, asked, at=at)
    else:
        link = make_derived(LinkPurpose.DUTIES, asked.resource_id, asked, at=at)
    link.seed = secrets.token_hex(16)
    link.digest = digest_of(derived_secret(key, link.seed))
    db.session.flush()
    return link.seed


def _end(link: FeedLink, at: datetime) -> None:
    link.revoked_at = at
    db.session.flush()
    enter(link, "revoke_feed", by=SYSTEM, at=at)


def _is_of_key(link: FeedLink, key: bytes) -> bool:
    return link.digest == digest_of(derived_secret(key, link.seed))


def _derived(kind: FeedKind, subject_id: int) -> Sequence[FeedLink]:
    rows = select(FeedLink).where(FeedLink.kind == kind, FeedLink.seed != "", FeedLink.revoked_at.is_(None))
    rows = rows.where(getattr(FeedLink, f"{kind.value}_id") == subject_id).order_by(FeedLink.id.desc())
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()
