"""Pairs of delegations that should not meet. Being at one site at one hour is then a caution, never a no."""

from datetime import datetime

from sqlalchemy import func, or_, select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import enter
from scheduler.records.waiting import KeptApart
from scheduler.records.writing import Parents, writing

MOST_PAIRS = 100
NOBODY = {"kept_apart_from": None, "why_apart": None}


def keep_apart(one_id: int, other_id: int, reason: str = "", *, by: Actor, at: datetime) -> KeptApart:
    """Mark two delegations as a pair that should not meet; asked again, the new reason stands. Visits they
    already have at one site at one hour stay.

    Raises NotFound (either of them), Invalid (the same twice, too many), NotPermitted.
    """
    by.must(Permission.WRITE_DELEGATIONS)
    if one_id == other_id:
        raise Invalid("other_id", "same_delegation")
    return _keep(one_id, other_id, reason, by=by, at=at)


def let_meet(one_id: int, other_id: int, *, by: Actor, at: datetime) -> None:
    """Take the mark back. Raises NotFound, NotPermitted."""
    by.must(Permission.WRITE_DELEGATIONS)
    _let(one_id, other_id, by=by, at=at)


def _parents(one_id: int, other_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({one_id, other_id}))


@writing(_parents)
def _keep(one_id: int, other_id: int, reason: str, *, by: Actor, at: datetime) -> KeptApart:
    one, other = delegation_by_id(one_id), delegation_by_id(other_id)
    pair = _pair(one_id, other_id)
    if pair is not None and pair.reason == reason:
        return pair
    was = pair and pair.reason
    if pair is None:
        for each in (one, other):
            _must_have_room(each)
        pair = KeptApart(delegation_id=min(one_id, other_id), other_id=max(one_id, other_id))
        db.session.add(pair)
    pair.reason = reason
    for each, mate in ((one, other), (other, one)):
        before = NOBODY if was is None else {"kept_apart_from": mate.name, "why_apart": was}
        after = {"kept_apart_from": mate.name, "why_apart": reason}
        enter(each, "keep_apart", by=by, at=at, before=before, after=after)
    db.session.flush()
    return pair


@writing(_parents)
def _let(one_id: int, other_id: int, *, by: Actor, at: datetime) -> None:
    pair = _pair(one_id, other_id)
    if pair is None:
        raise NotFound("kept apart", other_id)
    one, other = delegation_by_id(one_id), delegation_by_id(other_id)
    for each, mate in ((one, other), (other, one)):
        before = {"kept_apart_from": mate.name, "why_apart": pair.reason}
        enter(each, "let_meet", by=by, at=at, before=before, after=NOBODY)
    db.session.delete(pair)


def _pair(one_id: int, other_id: int) -> KeptApart | None:
    low, high = sorted((one_id, other_id))
    rows = select(KeptApart).where(KeptApart.delegation_id == low, KeptApart.other_id == high)
    return db.session.scalar(rows.execution_options(populate_existing=True))


def _must_have_room(delegation: Delegation) -> None:
    theirs = or_(KeptApart.delegation_id == delegation.id, KeptApart.other_id == delegation.id)
    if (db.session.scalar(select(func.count()).select_from(KeptApart).where(theirs)) or 0) >= MOST_PAIRS:
        raise Invalid("other_id", "too_many", most=MOST_PAIRS)
