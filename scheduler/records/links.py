"""Links for people without an account: what they are asked, until when, and what they answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, code_column


class LinkPurpose(StrEnum):
    """A site's owner agrees, declines or offers other times; a person accepts or refuses duties."""

    SITE = "site"
    DUTIES = "duties"


class Link(Model):
    """One question to one person, answered once. Only the SHA-256 of its secret is kept; `asked` lists the
    ids of the visits or assignments it is about, `answers` what was said of each."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "(purpose = 'site' AND site_id IS NOT NULL AND resource_id IS NULL) OR "
            "(purpose = 'duties' AND resource_id IS NOT NULL AND site_id IS NULL)",
            name="of_whom",
        ),
        Index(None, "site_id"),
        Index(None, "resource_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(code_column(LinkPurpose, "link_purpose"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    asked: Mapped[list[int]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
