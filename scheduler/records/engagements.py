"""Engagements: what a delegation does that is no tour, and which delegates attend which stop."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.parts import Part
from scheduler.records.places import Place


class Engagement(Model):
    """A meeting, courtesy call, meal, prayer, transfer or free time of a delegation or one of its parts.
    A transfer goes from `place` to `destination`. While planned, its people are there and nowhere else."""

    __tablename__ = "engagement"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="engagement_forward"),
        CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        CheckConstraint("destination_id IS NULL OR kind = 'transfer'", name="transfers_go_somewhere"),
        Index(None, "delegation_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(100), unique=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)
    kind: Mapped[EngagementKind] = mapped_column(code_column(EngagementKind, "engagement_kind"))
    title: Mapped[str] = mapped_column(String(200), default="")
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    destination_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    host: Mapped[str] = mapped_column(String(200), default="")
    headcount: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EngagementState] = mapped_column(code_column(EngagementState, "engagement_state"))
    acknowledged: Mapped[str] = mapped_column(Text, default="", doc="codes of cautions ticked, by spaces")
    acknowledge_reason: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    delegation: Mapped[Delegation] = relationship()
    part: Mapped[Part | None] = relationship()
    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
    destination: Mapped[Place | None] = relationship(foreign_keys=[destination_id])

    def revise_calendar(self, at: datetime) -> None:
        """A new revision that guests can see: SEQUENCE rises, DTSTAMP strictly rises (RFC 5546 2.1.4)."""
        self.sequence += 1
        self.stamped_at = max(at, self.stamped_at + timedelta(seconds=1))


class Attendance(Model):
    """A named delegate attends this stop. A stop with no such line is attended by all it is for."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("(visit_id IS NULL) <> (engagement_id IS NULL)", name="of_one_stop"),
        UniqueConstraint("delegate_id", "visit_id"),
        UniqueConstraint("delegate_id", "engagement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    engagement_id: Mapped[int | None] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), index=True
    )
    delegate: Mapped[Delegate] = relationship()
