"""Visits: one delegation, or a part of it, in one tour session."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.gate import LONGEST_NOTE, Photographs
from scheduler.core.lifecycle import VisitState
from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegation
from scheduler.records.parts import Part
from scheduler.records.tours import TourSession

if TYPE_CHECKING:
    from scheduler.records.assignments import Assignment


def where(condition: str) -> dict[str, Any]:
    """An index over few rows of many, on both engines."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Visit(Model):
    """One delegation in one tour session. Site and times are the session's, held equal by a foreign key.

    `sequence` and `stamped_at` are the calendar's (RFC 5545 SEQUENCE, DTSTAMP); `version` is ours and rises
    with every change. `clash` says, while it is not empty, which later closure or limit stands against it.
    """

    __tablename__ = "visit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tour_session_id", "site_id", "starts_at", "ends_at"],
            ["tour_session.id", "tour_session.site_id", "tour_session.starts_at", "tour_session.ends_at"],
            name="fk_visit_tour_session",
            onupdate="CASCADE",
        ),
        CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        CheckConstraint("state <> 'held' OR hold_until IS NOT NULL", name="hold_ends"),
        Index(None, "site_id", "starts_at"),
        Index(None, "delegation_id", "starts_at"),
        Index("ix_visit_held", "site_id", "hold_until", **where("state = 'held'")),
        Index("ix_visit_requested", "asked_at", **where("state = 'requested'")),
        Index("ix_visit_clashing", "site_id", **where("is_clashing")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(100), unique=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    tour_session_id: Mapped[int] = mapped_column(index=True)
    site_id: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)
    headcount: Mapped[int]
    language: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[VisitState] = mapped_column(code_column(VisitState, "visit_state"))
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged: Mapped[list[str]] = mapped_column(JSON, default=list)
    acknowledge_reason: Mapped[str] = mapped_column(Text, default="")
    overridden: Mapped[list[str]] = mapped_column(JSON, default=list)
    override_reason: Mapped[str] = mapped_column(Text, default="")
    agreement: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    offered_times: Mapped[list[str]] = mapped_column(JSON, default=list, doc="RFC 3339 instants")
    ended_by: Mapped[str] = mapped_column(String(200), default="", doc="who called it off, in words")
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    arrived_count: Mapped[int | None]
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    photographs: Mapped[Photographs] = mapped_column(
        code_column(Photographs, "photographs"),
        default=Photographs.UNKNOWN,
        server_default=Photographs.UNKNOWN.value,
    )
    gate_note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="", server_default="")
    is_clashing: Mapped[bool] = mapped_column(default=False)
    clash: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    delegation: Mapped[Delegation] = relationship()
    part: Mapped[Part | None] = relationship()
    tour_session: Mapped[TourSession] = relationship()
    asked_by: Mapped[Account | None] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        "Assignment", viewonly=True, order_by="Assignment.id"
    )

    def revise_calendar(self, at: datetime) -> None:
        """A new revision that guests can see: SEQUENCE rises, DTSTAMP strictly rises even within a second
        (RFC 5546 2.1.4, 2.1.5)."""
        self.sequence += 1
        self.stamped_at = max(at, self.stamped_at + timedelta(seconds=1))
        self.changed_at = self.stamped_at
