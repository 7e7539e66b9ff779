"""The waiting list of a tour session, and pairs of delegations that should not meet."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegation
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit, where


class WaitingState(StrEnum):
    WAITING = "waiting"
    PROMOTED = "promoted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Waiting(Model):
    """A delegation, or a part of it, that waits for places in a session: the first that fits gets a hold of
    `hold_hours`. Who asked first is first."""

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        CheckConstraint("hold_hours BETWEEN 1 AND 720", name="hold_hours_sensible"),
        CheckConstraint("(state = 'promoted') = (visit_id IS NOT NULL)", name="promoted_has_visit"),
        Index("ix_waiting_open", "site_id", "tour_session_id", **where("state = 'waiting'")),
        Index(None, "delegation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_session_id: Mapped[int] = mapped_column(ForeignKey("tour_session.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))
    headcount: Mapped[int]
    language: Mapped[str | None] = mapped_column(String(8))
    hold_hours: Mapped[int] = mapped_column(default=48)
    state: Mapped[WaitingState] = mapped_column(code_column(WaitingState, "waiting_state"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    delegation: Mapped[Delegation] = relationship()
    tour_session: Mapped[TourSession] = relationship()
    visit: Mapped[Visit | None] = relationship()


class KeptApart(Model):
    """Two delegations that should not meet, the lower id first, and why."""

    __tablename__ = "kept_apart"
    __table_args__ = (
        CheckConstraint("delegation_id < other_id", name="lower_first"),
        UniqueConstraint("delegation_id", "other_id"),
        Index(None, "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text, default="")
