"""The outbox: letters that wait, written in the transaction of the change that caused them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, code_column


class LetterKind(StrEnum):
    INVITATION = "invitation"
    CHANGE = "change"
    CANCELLATION = "cancellation"


class LetterState(StrEnum):
    WAITING = "waiting"


class Letter(Model):
    """One revision of a visit that its guests should hear of."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("visit_id", "sequence", "stamped_at"),
        Index(None, "state", "written_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    kind: Mapped[LetterKind] = mapped_column(code_column(LetterKind, "letter_kind"))
    sequence: Mapped[int]
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[LetterState] = mapped_column(
        code_column(LetterState, "letter_state"), default=LetterState.WAITING
    )
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uid: Mapped[str] = mapped_column(String(100))
