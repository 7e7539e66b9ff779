"""The parts of a party that a plan splits: a division that is there and fits, or a new one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.parts import PartAsked, divide_to_book
from scheduler.actions.splits import free_name
from scheduler.records.part_lookup import parts_of
from scheduler.records.parts import Part


def parts_for(
    delegation_id: int, tour_code: str, sizes: Mapping[int, int], *, by: Actor, at: datetime
) -> dict[int, int]:
    """Within an act that books them: the part (id) for each share of a party, by its number, given how many
    it counts. A division of just these sizes is used as it is. Raises Invalid, NotFound, NotPermitted."""
    divisions: dict[str, list[Part]] = {}
    for part in parts_of(delegation_id):
        divisions.setdefault(part.division, []).append(part)
    for parts in divisions.values():
        if sorted(part.headcount for part in parts) == sorted(sizes.values()):
            return _matched(parts, sizes)
    asked = [PartAsked(str(share), headcount) for share, headcount in sorted(sizes.items())]
    made = divide_to_book(delegation_id, free_name(delegation_id, tour_code), asked, by=by, at=at)
    return _matched(made, sizes)


def _matched(parts: Sequence[Part], sizes: Mapping[int, int]) -> dict[int, int]:
    """A part of its own for each share, of its size."""
    left = sorted(parts, key=lambda part: (part.headcount, part.id))
    shares = sorted(sizes, key=lambda share: (sizes[share], share))
    return {share: part.id for share, part in zip(shares, left, strict=True)}
