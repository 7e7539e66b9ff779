"""Delegations looked for: by words and state, one whole, its wishes and its members; partners by name."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation, DelegationState, Wish
from scheduler.records.partners import Partner
from scheduler.records.tours import Tour

Member = TypeVar("Member", Delegate, Wish)

WHOLE = joinedload(Delegation.partner), joinedload(Delegation.officer)


def delegations_matching(words: str, state: DelegationState | None = None) -> Select[Delegation]:
    """Delegations of a state in whose names, post or partner every word occurs; the latest arrival first."""
    d = Delegation
    rows = select(d).outerjoin(d.partner).options(*WHOLE).order_by(d.arrives_at.desc(), d.id.desc())
    for word in words.split():
        places = (d.name, d.name_native, d.head_post, Partner.name)
        rows = rows.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    return rows if state is None else rows.where(d.state == state)


def whole_delegation(delegation_id: int) -> Delegation:
    """A delegation with its partner and officer, as the archive has it now. Raises NotFound."""
    rows = select(Delegation).options(*WHOLE).where(Delegation.id == delegation_id)
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("delegation", delegation_id)
    return found


def wishes_of(delegation_id: int) -> Select[Wish]:
    """A delegation's wishes with their tours, the most urgent first."""
    rows = (
        select(Wish)
        .options(joinedload(Wish.tour).joinedload(Tour.site))
        .where(Wish.delegation_id == delegation_id)
    )
    return rows.order_by(Wish.priority.desc(), Wish.id)


def delegates_of(delegation_id: int) -> Select[Delegate]:
    """A delegation's members in their order of precedence."""
    rows = select(Delegate).where(Delegate.delegation_id == delegation_id)
    return rows.order_by(Delegate.precedence, Delegate.id)


def member_of(kind: type[Member], delegation_id: int, member_id: int) -> Member:
    """A wish or member of this very delegation. Raises NotFound."""
    rows = select(kind).where(kind.id == member_id, kind.delegation_id == delegation_id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound(kind.__tablename__, member_id)
    return found


def partners_called(name: str, country: str | None = None) -> Sequence[int]:
    """The ids of the partners of that name, of that country if one is given."""
    rows = select(Partner.id).where(Partner.name == name).order_by(Partner.id)
    return db.session.scalars(rows if country is None else rows.where(Partner.country == country)).all()
