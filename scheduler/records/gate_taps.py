"""Taps at the gate: each has a key made by the phone, so that one repeated on a bad line counts once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.gate import Said
from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column

LONGEST_KEY = 64


class GateTap(Model):
    """One tap that counted. `told` is what was said with it, `said_at` when the phone says it was tapped,
    `taken_at` when it reached us. A tap that was refused leaves no row: said again later it may be right."""

    __tablename__ = "gate_tap"
    __table_args__ = (Index(None, "visit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    said: Mapped[Said] = mapped_column(code_column(Said, "said"))
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    account: Mapped[Account | None] = relationship()
