"""Between which hours a delegation sees something, where it sleeps, what stays free, as an officer said."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from scheduler.core.wishes import DAY_ENDS, DAY_STARTS, MOST_A_DAY, Break, BreakKind, StayFrame
from scheduler.records.database import db
from scheduler.records.delegations import Member
from scheduler.records.places import Place


class KeptFrame(Member):
    """The frame of one delegation's days; one for whom nobody said anything has none. `breaks` are
    `{"kind", "earliest", "latest", "minutes", "weekdays"}`, local times as "12:00", Monday as 0."""

    __tablename__ = "stay_frame"
    __table_args__ = (
        CheckConstraint("day_starts < day_ends", name="day_forward"),
        CheckConstraint("most_a_day BETWEEN 1 AND 6", name="most_a_day_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), unique=True)
    day_starts: Mapped[time] = mapped_column(default=DAY_STARTS)
    day_ends: Mapped[time] = mapped_column(default=DAY_ENDS)
    base_place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"), index=True)
    most_a_day: Mapped[int] = mapped_column(default=MOST_A_DAY)
    breaks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    base: Mapped[Place | None] = relationship()


def kept_frame(delegation_id: int) -> KeptFrame | None:
    """What was said of a delegation's days, with its base; None where nobody said anything."""
    rows = select(KeptFrame).where(KeptFrame.delegation_id == delegation_id)
    rows = rows.options(joinedload(KeptFrame.base)).execution_options(populate_existing=True)
    return db.session.scalar(rows)


def frame_of(delegation_id: int) -> StayFrame:
    """The frame of a delegation's days; the usual one where nobody said anything."""
    return frame_told(kept_frame(delegation_id))


def frame_told(kept: KeptFrame | None) -> StayFrame:
    """The frame of a delegation's days as the planner is told; the usual one where nobody said anything."""
    if kept is None:
        return StayFrame()
    return StayFrame(
        day_starts=kept.day_starts,
        day_ends=kept.day_ends,
        most_a_day=kept.most_a_day,
        base=kept.base.code if kept.base is not None else None,
        breaks=tuple(break_from(told) for told in kept.breaks),
    )


def break_from(told: Mapping[str, Any]) -> Break:
    """A break as it was kept."""
    return Break(
        kind=BreakKind(told["kind"]),
        earliest=time.fromisoformat(told["earliest"]),
        latest=time.fromisoformat(told["latest"]),
        minutes=told["minutes"],
        weekdays=frozenset(told["weekdays"]),
    )


def kept_break(told: Break) -> dict[str, Any]:
    """A break as it is kept."""
    return {
        "kind": told.kind.value,
        "earliest": f"{told.earliest:%H:%M}",
        "latest": f"{told.latest:%H:%M}",
        "minutes": told.minutes,
        "weekdays": sorted(told.weekdays),
    }
