"""Feed links: a calendar's secret address, shown once; only the SHA-256 of the secret is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, code_column


class FeedKind(StrEnum):
    SITE = "site"
    DELEGATION = "delegation"
    RESOURCE = "resource"


class FeedLink(Model):
    """One secret address of one calendar, revocable."""

    __tablename__ = "feed_link"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'site') = (site_id IS NOT NULL) AND (kind = 'delegation') = (delegation_id IS NOT NULL) "
            "AND (kind = 'resource') = (resource_id IS NOT NULL)",
            name="of_what",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedKind] = mapped_column(code_column(FeedKind, "feed_kind"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
