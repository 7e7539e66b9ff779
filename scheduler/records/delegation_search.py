"""Delegations looked for: by words and state, one whole, its wishes and its members; partners by name."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from scheduler.core.searching import Sought
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation, DelegationState, Wish
from scheduler.records.partners import Partner
from scheduler.records.text_search import closeness, says, texts, touching
from scheduler.records.tours import Tour

Member = TypeVar("Member", Delegate, Wish)

WHOLE = joinedload(Delegation.partner), joinedload(Delegation.officer)


def delegations_matching(sought: Sought, state: DelegationState | None = None) -> Select[Delegation]:
    """Delegations of a state in whose names, post, contact, letter, partner or country every word occurs, and
    whose stay touches one of the days: the best match first, then the latest arrival."""
    d = Delegation
    rows = select(d).outerjoin(d.partner).options(*WHOLE)
    told = texts(d.name, d.name_native, d.head_post, d.contact_name, d.letter_reference, Partner.name)
    for word in sought.words:
        home = d.country.in_(word.countries), Partner.country.in_(word.countries)
        rows = rows.where(or_(says(told, word.text), *(home if word.countries else ())))
    if sought.days:
        rows = rows.where(touching(sought.days, d.arrives_at, d.departs_at))
    if sought.words:
        rows = rows.order_by(closeness(sought.text, d.name, d.name_native))
    rows = rows.order_by(d.arrives_at.desc(), d.id.desc())
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


def delegations_called(name: str) -> Sequence[Delegation]:
    """The delegations of that very name, in either of their languages, the latest arrival first."""
    is_theirs = or_(Delegation.name == name, Delegation.name_native == name)
    rows = select(Delegation).where(is_theirs).order_by(Delegation.arrives_at.desc(), Delegation.id)
    return db.session.scalars(rows).all()
