"""Delegations as pages list them: found by a search, still to be booked; the visits, links, letter of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from scheduler.core.searching import ANYTHING, Sought
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import delegations_matching
from scheduler.records.delegations import Delegation, DelegationKind, DelegationState
from scheduler.records.documents import Document
from scheduler.records.partners import Partner
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

MOST_OFFERED = 200


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: words and days, state, kind, a stretch of time their stay touches."""

    sought: Sought = ANYTHING
    state: DelegationState | None = None
    kind: DelegationKind | None = None
    within: Span | None = None


@dataclass(frozen=True)
class DelegationPage:
    """One page of a list, and how many there are in all."""

    delegations: Sequence[Delegation]
    found: int
    page: int
    per_page: int

    @property
    def has_more(self) -> bool:
        return self.page * self.per_page < self.found


def delegations_found(search: Search, *, page: int = 1, per_page: int = 25) -> DelegationPage:
    """The delegations that a search finds, the best match first, then the latest to arrive. Two queries."""
    rows = delegations_matching(search.sought, search.state)
    if search.kind is not None:
        rows = rows.where(Delegation.kind == search.kind)
    if search.within is not None:
        rows = rows.where(Delegation.arrives_at < search.within.ends_at)
        rows = rows.where(Delegation.departs_at > search.within.starts_at)
    number = select(func.count()).select_from(rows.with_only_columns(Delegation.id).order_by(None).subquery())
    found = db.session.scalars(rows.limit(per_page).offset((page - 1) * per_page))
    return DelegationPage(found.all(), db.session.scalar(number) or 0, page, per_page)


def open_delegations(at: datetime) -> Sequence[Delegation]:
    """The delegations that can still be booked: registered and not gone yet, the first to arrive first."""
    is_open = Delegation.state == DelegationState.REGISTERED, Delegation.departs_at > at
    rows = select(Delegation).where(*is_open).order_by(Delegation.arrives_at, Delegation.name)
    return db.session.scalars(rows.limit(MOST_OFFERED)).all()


def visits_of(delegation_id: int) -> Sequence[Visit]:
    """All the visits of a delegation with tour and site, in order of hour, those called off too."""
    rows: Select[Visit] = (
        select(Visit)
        .options(joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site))
        .where(Visit.delegation_id == delegation_id)
        .order_by(Visit.starts_at, Visit.id)
    )
    return db.session.scalars(rows).all()


def partners_by_name() -> Sequence[Partner]:
    """Every partner, by name."""
    return db.session.scalars(select(Partner).order_by(Partner.name, Partner.id)).all()


def letter_of(delegation: Delegation) -> Document:
    """The request letter of a delegation, without its content yet. Raises NotFound when there is none."""
    found = db.session.get(Document, delegation.letter_document_id) if delegation.letter_document_id else None
    if found is None:
        raise NotFound("document", delegation.letter_document_id)
    return found
