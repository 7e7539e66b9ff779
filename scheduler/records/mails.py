"""Mails that came in: every one kept as it came, once, with what was made of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, code_column


class MailState(StrEnum):
    """WAITING lies in the officers' tray. APPLIED did what it says. NOTED needs nobody: an automatic answer,
    something older than what is known. SETTLED was in the tray, and somebody decided."""

    WAITING = "waiting"
    APPLIED = "applied"
    NOTED = "noted"
    SETTLED = "settled"


class Mail(Model):
    """One mail, kept by its Message-ID (or the SHA-256 of its bytes, when it has none). `doubt` is a code of
    why it was not applied by itself, `told` what was read in it."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("message_id", "digest"), Index(None, "state", "received_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(500))
    digest: Mapped[str] = mapped_column(String(64), doc="SHA-256 of the bytes")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(16), doc="imap or relay")
    sender: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    is_whole: Mapped[bool] = mapped_column(default=True)
    state: Mapped[MailState] = mapped_column(code_column(MailState, "mail_state"))
    doubt: Mapped[str] = mapped_column(String(40), default="")
    method: Mapped[str] = mapped_column(String(16), default="")
    uid: Mapped[str] = mapped_column(String(255), default="")
    attendee: Mapped[str] = mapped_column(String(254), default="")
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="SET NULL"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="SET NULL"))
    settled_by: Mapped[str] = mapped_column(String(254), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AddressAlias(Model):
    """Another address from which somebody answers: an officer has said so."""

    __tablename__ = "address_alias"
    __table_args__ = (UniqueConstraint("address", "alias"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), doc="whom we invited, lower case")
    alias: Mapped[str] = mapped_column(String(254), doc="from where they answer, lower case")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
