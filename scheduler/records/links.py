"""Links for people without an account: what they are asked, until when, and what they answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.resources import Resource
from scheduler.records.sites import Site


class LinkPurpose(StrEnum):
    """A site's owner agrees, declines or offers other times; a person accepts or refuses duties."""

    SITE = "site"
    DUTIES = "duties"


class LinkState(StrEnum):
    """How a link stands at some instant. Only an open one lets anybody answer."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Link(Model):
    """One question to one person, answered once. Only the SHA-256 of its secret is kept; `asked` lists the
    visits or assignments it is about, each as its id and the version that it had, `answers` what was said of
    each."""

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
    asked: Mapped[list[list[int]]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    seed: Mapped[str] = mapped_column(String(32), default="", server_default="", doc="as a feed link's")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    site: Mapped[Site | None] = relationship()
    resource: Mapped[Resource | None] = relationship()
    made_by: Mapped[Account | None] = relationship()

    def state_at(self, at: datetime) -> LinkState:
        """What was answered stays answered, whatever the clock says later."""
        if self.answered_at is not None:
            return LinkState.ANSWERED
        if self.revoked_at is not None:
            return LinkState.REVOKED
        return LinkState.EXPIRED if self.expires_at <= at else LinkState.OPEN

    @property
    def versions_asked(self) -> dict[int, int]:
        """Which version of each visit or assignment its reader was to be asked about, by id."""
        return {row[0]: row[1] for row in self.asked}
