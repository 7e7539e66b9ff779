"""Questions asked of feeds: what a secret opens, and which entries are in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, Row, Select, and_, bindparam, case, func, not_, select
from sqlalchemy.orm import joinedload

from scheduler.core.lifecycle import CALLED_OFF
from scheduler.core.stops import EngagementState
from scheduler.records import engagement_lookup
from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account
from scheduler.records.assignments import Assignment
from scheduler.records.database import db, glance
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.duty_feeds import duties_shown
from scheduler.records.engagement_lookup import engagements_matching
from scheduler.records.engagements import Engagement
from scheduler.records.feed_stops import Stretch, engagements_shown, visits_shown
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.resource_lookup import WHOLE_DUTY
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visit_search import WHOLE
from scheduler.records.visits import Visit


@dataclass(frozen=True)
class Feed:
    """A feed link and its subject: its number, its name, and its zone if it has one of its own.

    `delegation_id` is set for a delegate, too: it is the delegate's. Whoever opens more than a calendar
    by the secret must look at `kind`, since busy times (BUSY) have the same subjects and tell nothing else.
    """

    id: int
    kind: FeedKind
    site_id: int | None
    delegation_id: int | None
    delegate_id: int | None
    resource_id: int | None
    account_id: int | None
    made_at: datetime
    revoked_at: datetime | None
    is_orphaned: bool
    name: str
    zone: str | None
    country: str | None
    languages: frozenset[str]

    @property
    def is_gone(self) -> bool:
        """Revoked; or somebody's own, who may not sign in any more."""
        return self.revoked_at is not None or self.is_orphaned

    @property
    def shows(self) -> FeedKind:
        """The kind of the calendar whose entries are meant: for busy times that of their subject."""
        if self.kind is not FeedKind.BUSY:
            return self.kind
        return next((kind for kind, number in self._subjects if number is not None), FeedKind.DIVISION)

    @property
    def subject(self) -> int | None:
        """The number of whatever the feed is of; none for the whole division."""
        return next((number for _kind, number in self._subjects if number is not None), None)

    @property
    def _subjects(self) -> tuple[tuple[FeedKind, int | None], ...]:
        return (
            (FeedKind.SITE, self.site_id),
            (FeedKind.DELEGATE, self.delegate_id),
            (FeedKind.DELEGATION, self.delegation_id),
            (FeedKind.RESOURCE, self.resource_id),
            (FeedKind.OFFICER, self.account_id),
        )


def feed_opened_by(digest: str) -> Feed:
    """The feed of a secret, by its SHA-256, revoked or not. Raises NotFound. One query."""
    return feed_of(glance(OPENED, digest=digest))


def visits_of(feed: Feed, stretch: Stretch) -> Sequence[Visit]:
    """The visits that the feed shows, with all that their entries say; of a resource none."""
    rows = _VISITS.get(feed.shows)
    if rows is None:
        return []
    return db.session.scalars(rows, _told(feed, stretch)).all()


def engagements_of(feed: Feed, stretch: Stretch) -> Sequence[Engagement]:
    """The engagements that the feed shows; of a site or a resource none."""
    rows = _ENGAGEMENTS.get(feed.shows)
    if rows is None:
        return []
    return db.session.scalars(rows, _told(feed, stretch)).all()


def duties_of(feed: Feed, stretch: Stretch) -> Sequence[Assignment]:
    """The duties that the feed of a resource shows, with all that their entries say; of others none."""
    if feed.resource_id is None:
        return []
    return db.session.scalars(_DUTIES, _told(feed, stretch)).all()


def programme_of(delegation_id: int) -> list[Visit | Engagement]:
    """Every visit and engagement of a delegation that is not called off. Two queries."""
    rows = select(Visit).options(*WHOLE).where(Visit.delegation_id == delegation_id)
    rows = rows.where(Visit.state.not_in(CALLED_OFF)).order_by(Visit.starts_at, Visit.uid)
    planned = engagements_matching(delegation_id, EngagementState.PLANNED)
    return [*db.session.scalars(rows), *db.session.scalars(planned)]


def feed_of(row: Row[Any] | None) -> Feed:
    """The feed that a row of `OPENED` tells of. Raises NotFound for none."""
    if row is None:
        raise NotFound("feed", "…")
    return Feed(*row[:COLUMNS])


def _told(feed: Feed, stretch: Stretch) -> dict[str, Any]:
    return {"subject": feed.subject, **stretch.told}


def _opened() -> Select[Any]:
    """Plain columns: calendar programs ask this all day long, and rows of classes would cost double."""
    link, site, delegation = FeedLink.__table__, Site.__table__, Delegation.__table__
    delegate, resource, account = Delegate.__table__, Resource.__table__, Account.__table__
    of_delegation = func.coalesce(link.c.delegation_id, delegate.c.delegation_id)
    subjects = (link.c.site_id, of_delegation, link.c.delegate_id, link.c.resource_id, link.c.account_id)
    # Somebody's own calendar is theirs; that of the whole division is its maker's.
    is_somebodys = func.coalesce(*(link.c[f"{each}_id"] for each in OF_PLACES_AND_GUESTS)).is_(None)
    owner = case((is_somebodys, func.coalesce(link.c.account_id, link.c.made_by_id)))
    names = (site.c.name, delegate.c.print_as, delegation.c.name, resource.c.name, account.c.name, "")
    is_orphaned = and_(account.c.id.is_not(None), not_(account.c.is_active))
    return (
        select(link.c.id, link.c.kind, *subjects, link.c.made_at, link.c.revoked_at)
        .add_columns(is_orphaned, func.coalesce(*names), func.coalesce(site.c.zone, resource.c.zone))
        .add_columns(delegation.c.country, delegation.c.languages)
        .outerjoin_from(link, site, site.c.id == link.c.site_id)
        .outerjoin(delegate, delegate.c.id == link.c.delegate_id)
        .outerjoin(delegation, delegation.c.id == of_delegation)
        .outerjoin(resource, resource.c.id == link.c.resource_id)
        .outerjoin(account, account.c.id == owner)
        .where(link.c.digest == bindparam("digest"))
    )


OF_PLACES_AND_GUESTS = ("site", "delegation", "delegate", "resource")
OPENED = _opened()
COLUMNS = len(OPENED.selected_columns)

_SUBJECT: BindParameter[int] = bindparam("subject", type_=Integer)
_OF_STOPS = set(FeedKind) - {FeedKind.RESOURCE, FeedKind.BUSY}
_WITH_SITE = (
    joinedload(Visit.delegation),
    joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
)
_VISITS: Mapping[FeedKind, Select[Any]] = {
    kind: select(Visit)
    .options(*_WITH_SITE)
    .where(visits_shown(kind, _SUBJECT))
    .order_by(Visit.starts_at, Visit.uid)
    for kind in _OF_STOPS
}
_ENGAGEMENTS: Mapping[FeedKind, Select[Any]] = {
    kind: select(Engagement)
    .options(*engagement_lookup.WHOLE)
    .where(engagements_shown(kind, _SUBJECT))
    .order_by(Engagement.starts_at, Engagement.uid)
    for kind in _OF_STOPS - {FeedKind.SITE}
}
_DUTIES = (
    select(Assignment)
    .options(*WHOLE_DUTY)
    .where(duties_shown(_SUBJECT))
    .order_by(Assignment.starts_at, Assignment.uid)
)
