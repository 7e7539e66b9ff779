"""Questions asked of feeds: which one a secret opens, whether anything in it changed, what is in it.

Calendar programs ask the first two all day long, so their statements are put together once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from scheduler.core.lifecycle import CALLED_OFF
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import UtcDateTime, db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedLink
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visit_search import WHOLE
from scheduler.records.visits import Visit


@dataclass(frozen=True)
class Feed:
    """A feed link and whatever it is a feed of: a site (then it has a zone) or a delegation."""

    id: int
    site_id: int | None
    delegation_id: int | None
    made_at: datetime
    revoked_at: datetime | None
    name: str
    zone: str | None
    version: int


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
    row = db.session.connection().execute(_OPENED, {"digest": digest}).first()
    if row is None:
        raise NotFound("feed", "…")
    return Feed(*row)


def revision_of(feed: Feed, stretch: Stretch) -> Revision:
    """The revision of what the feed shows now. One query, and no row of it is brought here."""
    statement = _REVISION_OF_DELEGATION if feed.site_id is None else _REVISION_OF_SITE
    row = db.session.connection().execute(statement, _told(feed, stretch)).one()
    changed_at, *numbers = row
    return Revision(tuple(int(number or 0) for number in numbers), changed_at)


def visits_of(feed: Feed, stretch: Stretch) -> Sequence[Visit]:
    """The visits that the feed shows, with all that their entries say. One query."""
    of_subject = Visit.delegation_id if feed.site_id is None else Visit.site_id
    rows = select(Visit).options(*WHOLE).where(*_shown(of_subject))
    return db.session.scalars(rows.order_by(Visit.starts_at, Visit.uid), _told(feed, stretch)).all()


def programme_of(delegation_id: int) -> Sequence[Visit]:
    """Every visit of a delegation that is not called off, in order of hour."""
    rows = select(Visit).options(*WHOLE).where(Visit.delegation_id == delegation_id)
    rows = rows.where(Visit.state.not_in(CALLED_OFF)).order_by(Visit.starts_at, Visit.uid)
    return db.session.scalars(rows).all()


def _told(feed: Feed, stretch: Stretch) -> dict[str, Any]:
    return {
        "subject_id": feed.delegation_id if feed.site_id is None else feed.site_id,
        "first": stretch.span.starts_at,
        "last": stretch.span.ends_at,
        "called_off_since": stretch.called_off_since,
    }


def _shown(of_subject: Any) -> tuple[ColumnElement[bool], ...]:
    v = Visit
    lately = v.stamped_at >= bindparam("called_off_since", type_=UtcDateTime)
    return (
        of_subject == bindparam("subject_id"),
        v.starts_at >= bindparam("first", type_=UtcDateTime),
        v.starts_at < bindparam("last", type_=UtcDateTime),
        or_(v.state.not_in(CALLED_OFF), lately),
    )


def _opened() -> Any:
    link = FeedLink
    columns = (link.id, link.site_id, link.delegation_id, link.made_at, link.revoked_at)
    name = func.coalesce(Site.name, Delegation.name)
    version = func.coalesce(Site.version, Delegation.version)
    return (
        select(*columns, name, Site.zone, version)
        .outerjoin(Site, Site.id == link.site_id)
        .outerjoin(Delegation, Delegation.id == link.delegation_id)
        .where(link.digest == bindparam("digest"))
    )


def _revision_of_site() -> Any:
    """The guests' names and needs stand in a site's feed; they change with their delegation."""
    tours = select(func.sum(Tour.version)).where(Tour.site_id == bindparam("subject_id")).scalar_subquery()
    rows = select(*_NUMBERS, func.sum(Delegation.version), tours).join(Visit.delegation)
    return rows.where(*_shown(Visit.site_id))


def _revision_of_delegation() -> Any:
    rows = select(*_NUMBERS, func.sum(Site.version), func.sum(Tour.version)).select_from(Visit)
    rows = rows.join(Site, Site.id == Visit.site_id).join(Visit.tour_session).join(TourSession.tour)
    return rows.where(*_shown(Visit.delegation_id))


_NUMBERS = (func.max(Visit.changed_at), func.count(), func.sum(Visit.id), func.sum(Visit.version))
_OPENED = _opened()
_REVISION_OF_SITE, _REVISION_OF_DELEGATION = _revision_of_site(), _revision_of_delegation()
