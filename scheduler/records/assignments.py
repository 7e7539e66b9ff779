"""Assignments: this guide for this visit, this bus for this day."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.duties import DutyState
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegation
from scheduler.records.parts import Part
from scheduler.records.resources import Resource
from scheduler.records.visits import Visit


class Assignment(Model):
    """One resource on duty for a visit, or (`visit_id` empty) for a delegation over a stretch of a day.
    The times are its own: set-up and transfer included. While asked or accepted it occupies the resource.
    `headcount` is how many ride in a vehicle. `uid`, `sequence` and `stamped_at` are the calendar's."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="duty_forward"),
        CheckConstraint("headcount IS NULL OR headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        Index(None, "resource_id", "starts_at"),
        Index(None, "delegation_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(100), unique=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    headcount: Mapped[int | None]
    state: Mapped[DutyState] = mapped_column(code_column(DutyState, "duty_state"))
    note: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    resource: Mapped[Resource] = relationship()
    delegation: Mapped[Delegation] = relationship()
    part: Mapped[Part | None] = relationship()
    visit: Mapped[Visit | None] = relationship()
