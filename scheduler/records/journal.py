"""The journal: who did what, when, and how the thing looked before and after."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.access import Actor
from scheduler.records.database import Model, UtcDateTime, db


class Journal(Model):
    """One act, written in its own transaction. `actor` is kept in words for the day an account goes."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    actor: Mapped[str] = mapped_column(String(254))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(Text, default="")


def enter(subject: object, act: str, *, by: Actor, at: datetime, **told: Any) -> Journal:
    """Write one line: `before`, `after` (plain JSON values) and `reason` as far as the act has them."""
    line = Journal(
        at=at,
        account_id=by.account_id,
        actor=by.email,
        act=act,
        subject=getattr(subject, "__tablename__", str(subject)),
        subject_id=getattr(subject, "id", None),
        before=told.get("before"),
        after=told.get("after"),
        reason=told.get("reason", ""),
    )
    db.session.add(line)
    return line


def snapshot(row: object, *names: str) -> dict[str, Any]:
    """How some columns of a row look now, as plain JSON values."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return value
