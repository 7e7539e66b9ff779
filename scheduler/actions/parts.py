"""Dividing a delegation into parts, one division in one act."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.journal import enter
from scheduler.records.part_lookup import parts_of, stops_by_part
from scheduler.records.parts import Part
from scheduler.records.writing import Parents, writing

MOST_PARTS = 50


class PartAsked(NamedTuple):
    """One part as it should be. `part_id` is the part it was until now, for a new name; else names tell."""

    name: str
    headcount: int
    delegate_ids: Sequence[int] = ()
    part_id: int | None = None


def divide(
    delegation_id: int,
    division: str,
    parts: Iterable[Any],
    *,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> list[Part]:
    """Make the parts of one division exactly these: tuples of name, headcount and delegates' ids, or
    PartAsked. None at all ends the division. `seen` is the delegation's version that the asker read.

    Raises Invalid (parts that add up to more than the delegation, a name twice, a delegate of another
    delegation or in two parts, more named than a part counts, a part with stops taken away or made smaller
    than they are), NotFound, StaleVersion.
    """
    by.must(Permission.WRITE_DELEGATIONS)
    asked = [PartAsked(*each) for each in parts]
    return _divide(delegation_id, division.strip(), asked, seen=seen, by=by, at=at)


def divide_to_book(
    delegation_id: int, division: str, parts: Sequence[PartAsked], *, by: Actor, at: datetime
) -> list[Part]:
    """The same within an act that books each part its session, which is for all who book. Raises Invalid,
    NotFound, NotPermitted."""
    by.must(Permission.BOOK_VISITS)
    return _divide(delegation_id, division.strip(), list(parts), seen=None, by=by, at=at)


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _divide(
    delegation_id: int,
    division: str,
    asked: list[PartAsked],
    *,
    seen: int | None,
    by: Actor,
    at: datetime,
) -> list[Part]:
    delegation = delegation_by_id(delegation_id)
    must_be_current(delegation.version, seen)
    there = [part for part in parts_of(delegation_id) if part.division == division]
    _must_make_sense(delegation, division, asked)
    members = _members(delegation, asked)
    before = _told(there)
    kept = _matched(there, asked)
    stays = {part.id for part in kept.values()}
    gone = [part for part in there if part.id not in stays]
    _must_hold_their_stops(kept, gone, asked)
    _lay(delegation, division, asked, kept, gone, members)
    now_there = [part for part in parts_of(delegation_id) if part.division == division]
    if _told(now_there) != before:
        delegation.version += 1
        delegation.changed_at = at
        after = {"division": division, "parts": _told(now_there)}
        enter(delegation, "divide", by=by, at=at, before={"division": division, "parts": before}, after=after)
    return now_there


def _must_make_sense(delegation: Delegation, division: str, asked: list[PartAsked]) -> None:
    if not division:
        raise Invalid("division", "name_needed")
    if len(asked) > MOST_PARTS:
        raise Invalid("parts", "too_many", most=MOST_PARTS)
    names = [part.name.strip() for part in asked]
    if "" in names:
        raise Invalid("parts", "name_needed")
    for name in names:
        if names.count(name) > 1:
            raise Invalid("parts", "part_named_twice", name=name)
    for part in asked:
        if not 1 <= part.headcount <= 5000:
            raise Invalid("parts", "part_out_of_range", name=part.name, least=1, most=5000)
        if len(set(part.delegate_ids)) > part.headcount:
            named = len(set(part.delegate_ids))
            raise Invalid(
                "parts", "more_named_than_counted", name=part.name, named=named, headcount=part.headcount
            )
    total = sum(part.headcount for part in asked)
    if total > delegation.headcount:
        raise Invalid("parts", "do_not_add_up", total=total, headcount=delegation.headcount)


def _members(delegation: Delegation, asked: list[PartAsked]) -> dict[int, Delegate]:
    """The delegates named, by id: each of this delegation, and in one part at most."""
    named = [each for part in asked for each in set(part.delegate_ids)]
    rows = select(Delegate).where(Delegate.delegation_id == delegation.id, Delegate.id.in_(set(named)))
    found = {delegate.id: delegate for delegate in db.session.scalars(rows)}
    for each in named:
        if each not in found:
            raise Invalid("parts", "delegate_unknown", value=each)
        if named.count(each) > 1:
            raise Invalid("parts", "delegate_in_two_parts", name=found[each].print_as)
    return found


def _matched(there: Sequence[Part], asked: list[PartAsked]) -> dict[str, Part]:
    """Which part each asked one was until now, by its new name."""
    by_id, by_name = {part.id: part for part in there}, {part.name: part for part in there}
    kept: dict[str, Part] = {}
    for part in asked:
        if part.part_id is None:
            continue
        if part.part_id not in by_id or by_id[part.part_id] in kept.values():
            raise Invalid("parts", "unknown", value=part.part_id)
        kept[part.name.strip()] = by_id[part.part_id]
    for part in asked:
        found = by_name.get(part.name.strip())
        if part.part_id is None and found is not None and found not in kept.values():
            kept[part.name.strip()] = found
    return kept


def _must_hold_their_stops(kept: Mapping[str, Part], gone: list[Part], asked: list[PartAsked]) -> None:
    """A part with stops cannot go, nor become smaller than the largest of them."""
    stops = stops_by_part([part.id for part in (*kept.values(), *gone)])
    for part in gone:
        if stops[part.id].number:
            raise Invalid("parts", "part_has_stops", name=part.name, stops=stops[part.id].number)
    for each in asked:
        was = kept.get(each.name.strip())
        if was is not None and each.headcount < stops[was.id].largest:
            raise Invalid("parts", "part_below_its_stops", name=was.name, least=stops[was.id].largest)


def _lay(
    delegation: Delegation,
    division: str,
    asked: list[PartAsked],
    kept: Mapping[str, Part],
    gone: list[Part],
    members: Mapping[int, Delegate],
) -> None:
    """Write the parts so that the database, which looks after every statement, never sees too many: first
    those that go, then those that shrink, then those that grow or are new."""
    for part in gone:
        db.session.delete(part)
    for name, part in kept.items():
        if part.name != name:
            part.name = f"~{part.id}"  # two parts may exchange their names
    db.session.flush()
    for each in sorted(asked, key=lambda each: not _shrinks(each, kept)):
        name = each.name.strip()
        part = kept.get(name) or Part(delegation_id=delegation.id, division=division)
        part.name, part.headcount = name, each.headcount
        part.members = [members[number] for number in dict.fromkeys(each.delegate_ids)]
        db.session.add(part)
        db.session.flush()


def _shrinks(asked: PartAsked, kept: Mapping[str, Part]) -> bool:
    was = kept.get(asked.name.strip())
    return was is not None and asked.headcount < was.headcount


def _told(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """What the journal keeps of parts: delegates by their ids alone, since names must be erasable."""
    return [
        {
            "name": part.name,
            "headcount": part.headcount,
            "delegate_ids": sorted(delegate.id for delegate in part.members),
        }
        for part in sorted(parts, key=lambda part: part.id)
    ]
