"""The list of delegates as guests keep it, by the secret of their page, until the office closes it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.list_merging import COLUMNS, list_mark, merge
from scheduler.actions.members import MOST_DELEGATES
from scheduler.actions.versions import must_be_current
from scheduler.papers.delegate_list import ListedDelegate
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of
from scheduler.records.delegations import Delegate, Delegation, DelegationState
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import enter, snapshot
from scheduler.records.writing import Parents, writing

# The journal never keeps names and addresses of persons, which must be erasable.
JOURNALLED = frozenset({"post", "organisation"})


class ListClosed(Exception):
    """Guests may not change their list any more: the office closed it, the stay is over, the delegation was
    closed or called off, or their address was taken back."""


class ListChanged(Exception):
    """The list is not what it was when the import was looked at."""


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
    if len(_listed(delegation)) >= MOST_DELEGATES:
        raise Invalid("print_as", "too_many", most=MOST_DELEGATES)
    return _keep(Delegate(delegation_id=delegation.id), told, by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _change(link_id: int, delegate_id: int, told: Mapping[str, str], *, seen: int, at: datetime) -> Delegate:
    delegate = _one_of(_open_to_guests(link_id, at), delegate_id)
    must_be_current(delegate.version, seen)
    return _keep(delegate, told, by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _remove(link_id: int, delegate_id: int, *, at: datetime) -> None:
    _take_off(_one_of(_open_to_guests(link_id, at), delegate_id), by=_guests(link_id), at=at)


@writing(_parents_of_list)
def _import(
    link_id: int, people: Sequence[ListedDelegate], *, removed: Collection[int], seen: str, at: datetime
) -> dict[str, int]:
    delegation, by = _open_to_guests(link_id, at), _guests(link_id)
    delegates = _listed(delegation)
    if list_mark(delegates) != seen:
        raise ListChanged
    found = merge(delegates, people)
    if found.unclear:
        raise Invalid("people", "several", value=found.unclear[0].print_as)
    gone = [delegate for delegate in found.missing if delegate.id in removed]
    if len(delegates) + len(found.new) - len(gone) > MOST_DELEGATES:
        raise Invalid("people", "too_many", most=MOST_DELEGATES)
    for delegate in gone:
        _take_off(delegate, by=by, at=at)
    for each in found.changed:
        _keep(each.delegate, each.changes, by=by, at=at)
    for person in found.new:
        told = {name: getattr(person, name) for name in COLUMNS}
        _keep(Delegate(delegation_id=delegation.id), told, by=by, at=at)
    counts = {"added": len(found.new), "changed": len(found.changed), "removed": len(gone)}
    enter(delegation, "import_list", by=by, at=at, after=counts)
    return counts


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


def _listed(delegation: Delegation) -> list[Delegate]:
    rows = delegates_of(delegation.id).execution_options(populate_existing=True)
    return list(db.session.scalars(rows))


def _one_of(delegation: Delegation, delegate_id: int) -> Delegate:
    delegate = db.session.get(Delegate, delegate_id, populate_existing=True)
    if delegate is None or delegate.delegation_id != delegation.id:
        raise NotFound("delegate", delegate_id)
    return delegate


def _keep(delegate: Delegate, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Delegate:
    is_new = delegate.id is None
    names = sorted(JOURNALLED & told.keys())
    before = None if is_new else snapshot(delegate, *names)
    for name in COLUMNS:
        if name in told:
            setattr(delegate, name, told[name])
    db.session.add(delegate)
    db.session.flush()
    after = {"delegation_id": delegate.delegation_id} | snapshot(delegate, *names)
    enter(delegate, "add" if is_new else "change", by=by, at=at, before=before, after=after)
    return delegate


def _take_off(delegate: Delegate, *, by: Actor, at: datetime) -> None:
    enter(delegate, "remove", by=by, at=at, before={"delegation_id": delegate.delegation_id})
    db.session.delete(delegate)
    db.session.flush()
