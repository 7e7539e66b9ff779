"""The list of delegates as guests keep it, by the secret of their page, until the office closes it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegate_imports import (
    ListChanged,
    bring_in,
    keep_delegate,
    listed_delegates,
    take_off,
)
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.members import MOST_DELEGATES
from scheduler.actions.versions import must_be_current
from scheduler.papers.delegate_list import ListedDelegate
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation, DelegationState
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import enter
from scheduler.records.writing import Parents, writing

__all__ = ["ListChanged", "ListClosed"]


class ListClosed(Exception):
    """Guests may not change their list any more: the office closed it, the stay is over, the delegation was
    closed or called off, or their address was taken back."""


def add_guest(link_id: int, told: Mapping[str, str], *, at: datetime) -> Delegate:
    """Name a delegate, through the guests' page whose link it is. Raises ListClosed, Invalid (too many)."""
    return _add(link_id, told, at=at)


def change_guest(
    link_id: int, delegate_id: int, told: Mapping[str, str], *, seen: int, at: datetime
) -> Delegate:
    """Change a delegate; `seen` is the version that was read. Raises ListClosed, NotFound, StaleVersion."""
    return _change(link_id, delegate_id, told, seen=seen, at=at)


def remove_guest(link_id: int, delegate_id: int, *, at: datetime) -> None:
    """Take a delegate off the list. Raises ListClosed, NotFound."""
    _remove(link_id, delegate_id, at=at)


def import_guests(
    link_id: int, people: Sequence[ListedDelegate], *, removed: Collection[int], seen: str, at: datetime
) -> dict[str, int]:
    """Bring a list in, all of it or nothing: name who is new, change who is known again, and take off those
    in `removed`, as far as the list says nothing of them. `seen` is the mark of the list that was looked at.

    Gives how many were `added`, `changed` and `removed`. Raises ListClosed, ListChanged, Invalid (too many;
    rows that may mean several)."""
    return _import(link_id, people, removed=removed, seen=seen, at=at)


def close_list(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """From now on guests read their list and change it no more. Closing twice changes nothing.
    Raises NotFound."""
    by.must(Permission.WRITE_DELEGATIONS)
    _set_closed(delegation_id, at, by=by, at=at)


def open_list(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """Let guests change their list again. Raises NotFound."""
    by.must(Permission.WRITE_DELEGATIONS)
    _set_closed(delegation_id, None, by=by, at=at)


def _parents_of_list(link_id: int, *_told: object, **_also: object) -> Parents:
    of = db.session.scalar(select(FeedLink.delegation_id).where(FeedLink.id == link_id))
    return Parents() if of is None else Parents(delegations=frozenset({of}))


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents_of_list)
def _add(link_id: int, told: Mapping[str, str], *, at: datetime) -> Delegate:
    delegation = _open_to_guests(link_id, at)
    if len(listed_delegates(delegation)) >= MOST_DELEGATES:
        raise Invalid("print_as", "too_many", most=MOST_DELEGATES)
    return keep_delegate(Delegate(delegation_id=delegation.id), told, by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _change(link_id: int, delegate_id: int, told: Mapping[str, str], *, seen: int, at: datetime) -> Delegate:
    delegate = _one_of(_open_to_guests(link_id, at), delegate_id)
    must_be_current(delegate.version, seen)
    return keep_delegate(delegate, told, by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _remove(link_id: int, delegate_id: int, *, at: datetime) -> None:
    take_off(_one_of(_open_to_guests(link_id, at), delegate_id), by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _import(
    link_id: int, people: Sequence[ListedDelegate], *, removed: Collection[int], seen: str, at: datetime
) -> dict[str, int]:
    delegation = _open_to_guests(link_id, at)
    return bring_in(delegation, people, removed=removed, seen=seen, by=_guests(link_id), at=at)


@writing(_parents)
def _set_closed(delegation_id: int, closed_at: datetime | None, *, by: Actor, at: datetime) -> None:
    delegation = delegation_by_id(delegation_id)
    if (delegation.list_closed_at is None) == (closed_at is None):
        return
    delegation.list_closed_at = closed_at
    delegation.version += 1
    delegation.changed_at = at
    enter(delegation, "open_list" if closed_at is None else "close_list", by=by, at=at)


def _open_to_guests(link_id: int, at: datetime) -> Delegation:
    """Within the lock: the delegation whose list this link may still change. Raises ListClosed."""
    link = db.session.get(FeedLink, link_id, populate_existing=True)
    if link is None or link.kind is not FeedKind.DELEGATION or link.revoked_at is not None:
        raise ListClosed
    assert link.delegation_id is not None
    delegation = delegation_by_id(link.delegation_id)
    is_there = delegation.state is DelegationState.REGISTERED and at < delegation.departs_at
    if not is_there or delegation.list_closed_at is not None:
        raise ListClosed
    return delegation


def _guests(link_id: int) -> Actor:
    """As the journal calls them: never by a guest's name or address."""
    return Actor(account_id=None, email=f"guests' page {link_id}")


def _one_of(delegation: Delegation, delegate_id: int) -> Delegate:
    delegate = db.session.get(Delegate, delegate_id, populate_existing=True)
    if delegate is None or delegate.delegation_id != delegation.id:
        raise NotFound("delegate", delegate_id)
    return delegate
