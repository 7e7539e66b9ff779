"""Questions asked of feeds: which one a secret opens, whether anything in it changed, what is in it.

Calendar programs ask all day long whether anything changed, and most feeds are a site's: the database keeps
a revision of every site, which comes along with the feed itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from scheduler.core.lifecycle import CALLED_OFF
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records import duty_feeds, engagement_feeds
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import UtcDateTime, ask, db, glance
from scheduler.records.delegations import Delegation
from scheduler.records.engagement_lookup import engagements_matching
from scheduler.records.engagements import Engagement
from scheduler.records.feeds import FeedLink
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visit_search import WHOLE
from scheduler.records.visits import Visit


@dataclass(frozen=True)
class Feed:
    """A feed link and whatever it is a feed of: a site or a resource (then it has a zone), or a delegation.

    `version` is the subject's own. Of a site, `revision` is of its visits and guests, `tours` of its tours.
    """

    id: int
    site_id: int | None
    delegation_id: int | None
    resource_id: int | None
    made_at: datetime
    revoked_at: datetime | None
    name: str
    zone: str | None
    version: int
    revision: int | None
    tours: int | None


@dataclass(frozen=True)
class Stretch:
    """What a feed shows: visits that begin within a span, those called off only if that was lately."""

    span: Span
    called_off_since: datetime


def feed_opened_by(digest: str) -> Feed:
    """The feed of a secret, by its SHA-256, revoked or not. Raises NotFound. One query."""
    row = glance(_OPENED, digest=digest)
    if row is None:
        raise NotFound("feed", "…")
    return Feed(*row)


def revision_of(feed: Feed, stretch: Stretch) -> tuple[int, ...]:
    """Numbers that differ whenever anything that the feed shows does. No query for a site's feed; one or two
    for a resource's or a delegation's, whose entries are few."""
    if feed.site_id is not None:
        return feed.version, int(feed.revision or 0), int(feed.tours or 0)
    of_delegation = _REVISION_OF_DELEGATION, engagement_feeds.REVISION
    questions = of_delegation if feed.resource_id is None else (duty_feeds.REVISION,)
    answers = [ask(question, **_told(feed, stretch)).one() for question in questions]
    return feed.version, *(int(number or 0) for numbers in answers for number in numbers)


def changed_at(feed: Feed, stretch: Stretch) -> datetime | None:
    """When the newest change was among the entries that the feed shows. One query a kind of entry."""
    questions: tuple[Any, ...] = (_NEWEST_OF_SITE,)
    if feed.resource_id is not None:
        questions = (duty_feeds.NEWEST,)
    elif feed.site_id is None:
        questions = _NEWEST_OF_DELEGATION, engagement_feeds.NEWEST
    moments = [moment for each in questions for moment in ask(each, **_told(feed, stretch)).one()]
    return max((moment for moment in moments if moment is not None), default=None)


def visits_of(feed: Feed, stretch: Stretch) -> Sequence[Visit]:
    """The visits that the feed shows, with all that their entries say. One query."""
    of_subject = Visit.delegation_id if feed.site_id is None else Visit.site_id
    rows = select(Visit).options(*WHOLE).where(*_shown(of_subject))
    return db.session.scalars(rows.order_by(Visit.starts_at, Visit.uid), _told(feed, stretch)).all()


def engagements_of(feed: Feed, stretch: Stretch) -> Sequence[Engagement]:
    """The engagements that a delegation's feed shows; no other feed has any. One query."""
    if feed.delegation_id is None:
        return []
    return db.session.scalars(engagement_feeds.ENGAGEMENTS, _told(feed, stretch)).all()


def duties_of(feed: Feed, stretch: Stretch) -> Sequence[Assignment]:
    """The duties that the feed of a resource shows, with all that their entries say. One query."""
    return db.session.scalars(duty_feeds.DUTIES, _told(feed, stretch)).all()


def programme_of(delegation_id: int) -> list[Visit | Engagement]:
    """Every visit and engagement of a delegation that is not called off. Two queries."""
    rows = select(Visit).options(*WHOLE).where(Visit.delegation_id == delegation_id)
    rows = rows.where(Visit.state.not_in(CALLED_OFF)).order_by(Visit.starts_at, Visit.uid)
    planned = engagements_matching(delegation_id, EngagementState.PLANNED)
    return [*db.session.scalars(rows), *db.session.scalars(planned)]


def _told(feed: Feed, stretch: Stretch) -> dict[str, Any]:
    return {
        "subject_id": feed.site_id or feed.delegation_id or feed.resource_id,
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
    """Plain columns: calendar programs ask this all day long, and rows of classes would cost double."""
    link, site, delegation = FeedLink.__table__, Site.__table__, Delegation.__table__
    resource = Resource.__table__
    of_what = (link.c.site_id, link.c.delegation_id, link.c.resource_id)
    columns = (link.c.id, *of_what, link.c.made_at, link.c.revoked_at)
    name = func.coalesce(site.c.name, delegation.c.name, resource.c.name)
    zone = func.coalesce(site.c.zone, resource.c.zone)
    version = func.coalesce(site.c.version, delegation.c.version, resource.c.version)
    tour = Tour.__table__.c
    tours = select(func.sum(tour.version)).where(tour.site_id == link.c.site_id).scalar_subquery()
    return (
        select(*columns, name, zone, version, site.c.revision, tours)
        .outerjoin_from(link, site, site.c.id == link.c.site_id)
        .outerjoin(delegation, delegation.c.id == link.c.delegation_id)
        .outerjoin(resource, resource.c.id == link.c.resource_id)
        .where(link.c.digest == bindparam("digest"))
    )


def _revision_of_delegation() -> Any:
    visits = func.count(), func.sum(Visit.id), func.sum(Visit.version)
    rows = select(*visits, func.sum(Site.version), func.sum(Tour.version)).select_from(Visit)
    rows = rows.join(Site, Site.id == Visit.site_id).join(Visit.tour_session).join(TourSession.tour)
    return rows.where(*_shown(Visit.delegation_id))


_OPENED, _REVISION_OF_DELEGATION = _opened(), _revision_of_delegation()
_NEWEST_OF_SITE = select(func.max(Visit.changed_at)).where(*_shown(Visit.site_id))
_NEWEST_OF_DELEGATION = select(func.max(Visit.changed_at)).where(*_shown(Visit.delegation_id))
