"""Lists of delegates brought in, by guests or by an officer: who is new, who changes, who goes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.list_merging import COLUMNS, list_mark, merge
from scheduler.actions.members import MOST_DELEGATES
from scheduler.papers.delegate_list import ListedDelegate
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.journal import enter, snapshot
from scheduler.records.writing import Parents, writing

# The journal never keeps names and addresses of persons, which must be erasable.
JOURNALLED = frozenset({"post", "organisation"})


class ListChanged(Exception):
    """The list is not what it was when the import was looked at."""


def import_delegates(
    delegation_id: int,
    people: Sequence[ListedDelegate],
    *,
    removed: Collection[int],
    seen: str,
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    """Bring a list in for the office, all of it or nothing, whether or not guests may still change it (see
    `bring_in`). Raises NotFound, ListChanged, Invalid (too many; rows that may mean several)."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _import(delegation_id, people, removed=removed, seen=seen, by=by, at=at)


def bring_in(
    delegation: Delegation,
    people: Sequence[ListedDelegate],
    *,
    removed: Collection[int],
    seen: str,
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    """Within an act: name who is new, change who is known again, take off those in `removed` of whom the
    list says nothing. `seen` is the mark of the list that was looked at; a list that brings nothing new is
    brought in twice without harm. Gives how many were `added`, `changed` and `removed`. Raises ListChanged,
    Invalid."""
    delegates = listed_delegates(delegation)
    found = merge(delegates, people)
    gone = [delegate for delegate in found.missing if delegate.id in removed]
    counts = {"added": len(found.new), "changed": len(found.changed), "removed": len(gone)}
    if list_mark(delegates) != seen:
        if found.unclear or any(counts.values()):
            raise ListChanged
        return counts
    if found.unclear:
        raise Invalid("people", "several", value=found.unclear[0].print_as)
    if len(delegates) + len(found.new) - len(gone) > MOST_DELEGATES:
        raise Invalid("people", "too_many", most=MOST_DELEGATES)
    for delegate in gone:
        take_off(delegate, by=by, at=at)
    for each in found.changed:
        keep_delegate(each.delegate, each.changes, by=by, at=at)
    for person in found.new:
        told = {name: getattr(person, name) for name in COLUMNS}
        keep_delegate(Delegate(delegation_id=delegation.id), told, by=by, at=at)
    enter(delegation, "import_list", by=by, at=at, after=counts)
    return counts


def listed_delegates(delegation: Delegation) -> list[Delegate]:
    """A delegation's members as the archive has them now."""
    rows = delegates_of(delegation.id).execution_options(populate_existing=True)
    return list(db.session.scalars(rows))


def keep_delegate(delegate: Delegate, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Delegate:
    """Within an act: write what is told of a delegate, and a line in the journal without names."""
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


def take_off(delegate: Delegate, *, by: Actor, at: datetime) -> None:
    """Within an act: take somebody off the list."""
    enter(delegate, "remove", by=by, at=at, before={"delegation_id": delegate.delegation_id})
    db.session.delete(delegate)
    db.session.flush()


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _import(
    delegation_id: int,
    people: Sequence[ListedDelegate],
    *,
    removed: Collection[int],
    seen: str,
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    delegation = delegation_by_id(delegation_id)
    return bring_in(delegation, people, removed=removed, seen=seen, by=by, at=at)
