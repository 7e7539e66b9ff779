"""What a stay is planned from, kept as one: wishes noted, changed, taken off; the frame; and the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from scheduler.access import Actor
from scheduler.actions.members import add_wish, change_member, remove_member
from scheduler.actions.plans import Asked, Terms, ask_plan
from scheduler.actions.stay_frames import keep_frame
from scheduler.core.wishes import StayFrame
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.writing import Parents, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class WishTold:
    """One wish as an officer left it. `key` names it among the others, `after` is the key of the one that
    comes first; `wish_id` is None for a new one. `columns` are told as the archive has them."""

    key: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    wish_id: int | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StayTold:
    """All wishes that stand, those (ids) that are taken off, and the frame of the days."""

    wishes: Sequence[WishTold]
    taken_off: Sequence[int]
    frame: StayFrame


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def keep_and_ask(
    delegation_id: int,
    told: StayTold,
    terms: Terms,
    *,
    follows_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Asked:
    """Keep wishes and frame and ask the planner, all of it or nothing. Raises what each of these acts raises:
    NotFound, Invalid, VisitRefused, NotPermitted."""
    known = {wish.id: wish for wish in db.session.scalars(_wishes(delegation_id))}
    going = [known[wish_id] for wish_id in told.taken_off if wish_id in known]
    for wish in going:
        remove_member(Wish, wish.id, by=by, at=at)
    kept = {each.key: _kept(delegation_id, each, known, by=by, at=at) for each in told.wishes}
    first = {each.key: kept[each.after].id for each in told.wishes if each.after in kept}
    # An order turned round would else come by a circle on its way.
    for key, wish in kept.items():
        if wish.after_wish_id != first.get(key):
            _change(wish, {"after_wish_id": None}, by=by, at=at)
    for key, wish in kept.items():
        _change(wish, {"after_wish_id": first.get(key)}, by=by, at=at)
    keep_frame(delegation_id, told.frame, by=by, at=at)
    return ask_plan(delegation_id, terms, follows_id=follows_id, by=by, at=at)


def _kept(delegation_id: int, told: WishTold, known: Mapping[int, Wish], *, by: Actor, at: datetime) -> Wish:
    """The wish as it was told: changed where it differs, or new."""
    wish = known.get(told.wish_id or 0)
    if wish is None:
        return add_wish(delegation_id, told.columns, by=by, at=at)
    _change(wish, told.columns, by=by, at=at)
    return wish


def _change(wish: Wish, told: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    differing = {name: value for name, value in told.items() if getattr(wish, name) != value}
    if differing:
        change_member(Wish, wish.id, differing, by=by, at=at)


def _wishes(delegation_id: int) -> Select[Wish]:
    rows = select(Wish).where(Wish.delegation_id == delegation_id).order_by(Wish.id)
    return rows.execution_options(populate_existing=True)


@writing(_parents)
def reframe_and_ask(
    delegation_id: int,
    frame: StayFrame,
    terms: Terms,
    *,
    follows_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Asked:
    """Keep another frame and ask with it, both or neither. Raises what each of the two acts raises."""
    keep_frame(delegation_id, frame, by=by, at=at)
    return ask_plan(delegation_id, terms, follows_id=follows_id, by=by, at=at)
