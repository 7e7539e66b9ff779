"""Questions asked of parts: those of a delegation, and what hangs on each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from scheduler.core.lifecycle import OCCUPYING
from scheduler.core.stops import EngagementState
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.parts import Part
from scheduler.records.visits import Visit
from scheduler.records.waiting import Waiting


@dataclass(frozen=True, slots=True)
class PartStops:
    """How many stops, duties and waitings name a part (those called off too), and how many people the largest
    stop has that still takes them."""

    number: int = 0
    largest: int = 0


def parts_of(delegation_id: int) -> Sequence[Part]:
    """A delegation's parts with their members, division by division, each in the order they were made."""
    rows = select(Part).options(selectinload(Part.members)).where(Part.delegation_id == delegation_id)
    rows = rows.order_by(Part.division, Part.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def part_named(part_id: int | None, delegation_id: int) -> Part | None:
    """A part of a delegation by its id; None where none was named. Raises NotFound for another's."""
    if part_id is None:
        return None
    part = db.session.get(Part, part_id)
    if part is None or part.delegation_id != delegation_id:
        raise NotFound("part", part_id)
    return part


def stops_by_part(part_ids: Collection[int]) -> Mapping[int, PartStops]:
    """What hangs on some parts, by their ids. Six queries, however many parts."""
    found: dict[int | None, PartStops] = {part_id: PartStops() for part_id in part_ids}
    for table in (Visit, Engagement, Assignment, Waiting):
        column = table.part_id
        rows = select(column, func.count()).where(column.in_(found)).group_by(column)
        for part_id, number in db.session.execute(rows):
            found[part_id] = PartStops(found[part_id].number + number, found[part_id].largest)
    for table, is_there in (
        (Visit, Visit.state.in_(OCCUPYING)),
        (Engagement, Engagement.state == EngagementState.PLANNED),
    ):
        rows = select(table.part_id, func.max(table.headcount)).where(is_there, table.part_id.in_(found))
        for part_id, largest in db.session.execute(rows.group_by(table.part_id)):
            before = found[part_id]
            found[part_id] = PartStops(before.number, max(before.largest, largest))
    return {part_id: stops for part_id, stops in found.items() if part_id is not None}
