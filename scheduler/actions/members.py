"""What belongs to a delegation: its named members and its wishes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.actions.wish_order import let_followers_go, must_come_after
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Wish
from scheduler.records.journal import enter, snapshot
from scheduler.records.tours import Tour
from scheduler.records.writing import Parents, writing

MOST_DELEGATES = 500
MOST_WISHES = 100


def add_delegate(delegation_id: int, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Delegate:
    """Name a member. Raises NotFound, Invalid (too many)."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _add(delegation_id, Delegate, told, by=by, at=at)


def add_wish(delegation_id: int, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Wish:
    """Note a wish: `tour_id` or `topic`. It occupies nothing. Raises NotFound, Invalid."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _add(delegation_id, Wish, told, by=by, at=at)


def change_member(
    kind: type[Delegate] | type[Wish],
    member_id: int,
    changes: Mapping[str, Any],
    *,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Any:
    """Change a delegate or a wish; `seen` is the version the asker read. Raises NotFound, StaleVersion."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _change_member(kind, member_id, changes, seen=seen, by=by, at=at)


def remove_member(
    kind: type[Delegate] | type[Wish], member_id: int, *, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Take a delegate or a wish off the delegation. Raises NotFound, StaleVersion."""
    by.must(Permission.WRITE_DELEGATIONS)
    _remove_member(kind, member_id, seen=seen, by=by, at=at)


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _add(delegation_id: int, kind: type[Any], told: Mapping[str, Any], *, by: Actor, at: datetime) -> Any:
    delegation = delegation_by_id(delegation_id)
    most = MOST_DELEGATES if kind is Delegate else MOST_WISHES
    held = select(func.count()).select_from(kind).where(kind.delegation_id == delegation.id)
    if (db.session.scalar(held) or 0) >= most:
        raise Invalid(kind.__tablename__, "too_many", most=most)
    _must_name_tours(told)
    if kind is Wish:
        must_come_after(told, delegation_id=delegation.id)
    member = kind(delegation_id=delegation.id, **told)
    db.session.add(member)
    db.session.flush()
    enter(member, "add", by=by, at=at, after=_after(member, told))
    return member


def _parents_of_member(kind: type[Any], member_id: int, *_told: object, **_also: object) -> Parents:
    delegation_id = db.session.scalar(select(kind.delegation_id).where(kind.id == member_id))
    if delegation_id is None:
        raise NotFound(kind.__tablename__, member_id)
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents_of_member)
def _change_member(
    kind: type[Any],
    member_id: int,
    changes: Mapping[str, Any],
    *,
    seen: int | None,
    by: Actor,
    at: datetime,
) -> Any:
    member = db.session.get_one(kind, member_id, populate_existing=True)
    must_be_current(member.version, seen)
    _must_name_tours(changes)
    if kind is Wish and not (changes.get("tour_id", member.tour_id) or changes.get("topic", member.topic)):
        raise Invalid("tour_code", "tour_or_topic_needed")
    if kind is Wish:
        must_come_after(changes, delegation_id=member.delegation_id, wish_id=member.id)
    before = _after(member, changes)
    for name, value in changes.items():
        setattr(member, name, value)
    enter(member, "change", by=by, at=at, before=before, after=_after(member, changes))
    return member


@writing(_parents_of_member)
def _remove_member(kind: type[Any], member_id: int, *, seen: int | None, by: Actor, at: datetime) -> None:
    member = db.session.get_one(kind, member_id, populate_existing=True)
    must_be_current(member.version, seen)
    if kind is Wish:
        let_followers_go(member.id)
    enter(member, "remove", by=by, at=at, before={"delegation_id": member.delegation_id})
    db.session.delete(member)


def _must_name_tours(told: Mapping[str, Any]) -> None:
    for column, field in (("tour_id", "tour_code"), ("fallback_tour_id", "fallback_tour_code")):
        if told.get(column) is not None and db.session.get(Tour, told[column]) is None:
            raise Invalid(field, "unknown", value=told[column])


def _after(member: Delegate | Wish, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps of a member: never names and addresses of persons, which must be erasable."""
    personal = {"name_native", "name_roman", "print_as", "email"}
    return {"delegation_id": member.delegation_id} | snapshot(member, *(set(told) - personal))
