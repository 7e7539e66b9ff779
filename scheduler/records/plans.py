"""Plans as jobs: what was asked of the planner, how far it has come, what it found, what was booked of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegation


class PlanKind(StrEnum):
    """One delegation's days, or the repair of many after a change."""

    PROGRAMME = "programme"
    REPAIR = "repair"


class PlanState(StrEnum):
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class PlanTrouble(StrEnum):
    """Why a job failed. The doors put each into words."""

    LOST = "lost"
    OUT_OF_MEMORY = "out_of_memory"
    TOOK_TOO_LONG = "took_too_long"
    CANNOT_START = "cannot_start"
    NOTHING_LEFT = "nothing_left"
    FAULT = "fault"


class PlanJob(Model):
    """One question to the planner. `asked` is the question and `outcome` the answer so far, each as its own
    code writes it; `digest` tells equal questions. While somebody works on it, `beat_at` grows no older than
    a few seconds. `booked` says which proposal was accepted as what, and the visits it became. `follows_id`
    is the plan of which this one plans the difference."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_percent"),
        CheckConstraint("kind <> 'programme' OR delegation_id IS NOT NULL", name="programme_of_somebody"),
        Index(None, "state", "id"),
        Index(None, "delegation_id", "id"),
        Index(None, "digest"),
        Index(None, "asked_at"),
        Index(None, "closure_id"),
        Index(None, "follows_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlanKind] = mapped_column(code_column(PlanKind, "plan_kind"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    closure_id: Mapped[int | None] = mapped_column(ForeignKey("site_closure.id", ondelete="SET NULL"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="SET NULL"))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[PlanState] = mapped_column(code_column(PlanState, "plan_state"), default=PlanState.WAITING)
    progress: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    trouble: Mapped[str] = mapped_column(String(50), default="")
    worker: Mapped[str] = mapped_column(String(80), default="", doc="host and process that took it up")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    booked: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    booked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    delegation: Mapped[Delegation | None] = relationship()
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])
    booked_by: Mapped[Account | None] = relationship(foreign_keys=[booked_by_id])
