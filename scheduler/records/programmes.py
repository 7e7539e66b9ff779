"""A delegation's programme: its internal approval, and the versions in which it was published."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Member
from scheduler.records.documents import Document


class DisclosureClass(StrEnum):
    """Who may read the paper: 대시민공개, 부분공개, 비공개."""

    PUBLIC = "public"
    PARTIAL = "partial"
    CLOSED = "closed"


class Approval(Member):
    """The internal paper behind a programme: its number as printed (국제교류과-2188), who approved it and on
    which day, its disclosure class, and the divisions that signed along (협조)."""

    __tablename__ = "approval"
    __table_args__ = (Index(None, "delegation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    document_number: Mapped[str] = mapped_column(String(100))
    approved_by: Mapped[str] = mapped_column(String(200))
    approved_on: Mapped[date]
    disclosure: Mapped[DisclosureClass] = mapped_column(code_column(DisclosureClass, "disclosure"))
    co_signed: Mapped[list[str]] = mapped_column(JSON, default=list, doc="divisions, in order of signing")
    note: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[Document | None] = relationship()


class ProgrammeVersion(Model):
    """One published version: the whole programme as it was then, never changed after. The first is number
    1; every later one is marked as amended and keeps what differs from the one before."""

    __tablename__ = "programme_version"
    __table_args__ = (
        UniqueConstraint("delegation_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    differences: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval: Mapped[Approval | None] = relationship()
    published_by: Mapped[Account | None] = relationship()

    @property
    def is_amended(self) -> bool:
        """Whether an earlier version was published before it: the paper is marked so."""
        return self.number > 1
