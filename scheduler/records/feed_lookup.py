"""Questions asked of feeds: which one a secret opens, whether anything in it changed, what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select

from scheduler.core.lifecycle import CALLED_OFF
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedLink
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visit_search import WHOLE
from scheduler.records.visits import Visit


@dataclass(frozen=True)
class Feed:
    """A feed link with whatever it is a feed of: exactly one of the two."""

    link: FeedLink
    site: Site | None
    delegation: Delegation | None


@dataclass(frozen=True)
class Stretch:
    """What a feed shows: visits that begin within a span, those called off only if that was lately."""

    span: Span
    called_off_since: datetime


@dataclass(frozen=True)
class Revision:
    """Numbers that differ whenever anything that a feed shows does, and when the newest change was."""

    numbers: tuple[int, ...]
    changed_at: datetime | None


def feed_opened_by(digest: str) -> Feed:
    """The feed of a secret, by its SHA-256, revoked or not. Raises NotFound. One query."""
    rows = (
        select(FeedLink, Site, Delegation)
        .outerjoin(Site, Site.id == FeedLink.site_id)
        .outerjoin(Delegation, Delegation.id == FeedLink.delegation_id)
        .where(FeedLink.digest == digest)
    )
    row = db.session.execute(rows).first()
    if row is None:
        raise NotFound("feed", "…")
    return Feed(*row)


def revision_of(feed: Feed, stretch: Stretch) -> Revision:
    """The revision of what the feed shows now. One query, and no row of it is brought here."""
    v = Visit
    numbers = (func.count(), func.sum(v.id), func.sum(v.version), func.max(v.changed_at))
    rows = select(*numbers, *_of_its_subject(feed)).where(*_shown(feed, stretch))
    if feed.site is not None:
        # The guests' names and needs stand in a site's feed; they change with their delegation.
        rows = rows.join(v.delegation)
    else:
        rows = rows.join(Site, Site.id == v.site_id).join(v.tour_session).join(TourSession.tour)
    count, ids, versions, changed_at, *others = db.session.execute(rows).one()
    return Revision(tuple(int(number or 0) for number in (count, ids, versions, *others)), changed_at)


def visits_of(feed: Feed, stretch: Stretch) -> Sequence[Visit]:
    """The visits that the feed shows, with all that their entries say. One query."""
    rows = select(Visit).options(*WHOLE).where(*_shown(feed, stretch))
    return db.session.scalars(rows.order_by(Visit.starts_at, Visit.uid)).all()


def programme_of(delegation_id: int) -> Sequence[Visit]:
    """Every visit of a delegation that is not called off, in order of hour."""
    rows = select(Visit).options(*WHOLE).where(Visit.delegation_id == delegation_id)
    rows = rows.where(Visit.state.not_in(CALLED_OFF)).order_by(Visit.starts_at, Visit.uid)
    return db.session.scalars(rows).all()


def _shown(feed: Feed, stretch: Stretch) -> tuple[ColumnElement[bool], ...]:
    v = Visit
    of_subject = v.site_id == feed.link.site_id
    if feed.delegation is not None:
        of_subject = v.delegation_id == feed.link.delegation_id
    return (
        of_subject,
        v.starts_at >= stretch.span.starts_at,
        v.starts_at < stretch.span.ends_at,
        or_(v.state.not_in(CALLED_OFF), v.stamped_at >= stretch.called_off_since),
    )


def _of_its_subject(feed: Feed) -> tuple[Any, ...]:
    if feed.site is None:
        return func.sum(Site.version), func.sum(Tour.version)
    return func.sum(Delegation.version), _tours_of(feed.site)


def _tours_of(site: Site) -> ScalarSelect[Any]:
    return select(func.sum(Tour.version)).where(Tour.site_id == site.id).scalar_subquery()
