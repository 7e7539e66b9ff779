"""Feed links: a calendar's secret address, shown once; only the SHA-256 of the secret is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column
from scheduler.records.delegations import Delegate
from scheduler.records.sites import Site

SUBJECTS = ("site_id", "delegation_id", "delegate_id", "resource_id", "account_id")


class FeedKind(StrEnum):
    """What a feed shows. DIVISION is everything; BUSY the times, without a word, of one of the others."""

    SITE = "site"
    DELEGATION = "delegation"
    DELEGATE = "delegate"
    RESOURCE = "resource"
    OFFICER = "officer"
    DIVISION = "division"
    BUSY = "busy"


def _of(subject: str | None) -> str:
    """The condition that just this subject is named."""
    return " AND ".join(f"{each} IS {'NOT ' if each == subject else ''}NULL" for each in SUBJECTS)


OF_WHAT = " OR ".join(
    [
        *(f"(kind IN ('{subject[:-3]}', 'busy') AND {_of(subject)})" for subject in SUBJECTS[:-1]),
        f"(kind IN ('officer', 'busy') AND {_of('account_id')})",
        f"(kind IN ('division', 'busy') AND {_of(None)})",
    ]
)


class FeedLink(Model):
    """One secret address of one calendar, revocable. The secret of a delegation or a delegate opens the
    guests' page, too, that of a resource its page of the day.

    Where there is a `seed`, the secret follows from it and the app's own key: letters can tell it again and
    again to `told_to`, and the database still opens nothing.
    """

    __tablename__ = "feed_link"
    __table_args__ = (
        CheckConstraint(OF_WHAT, name="of_what"),
        Index(None, "delegation_id"),
        Index(None, "delegate_id"),
        Index(None, "resource_id"),
        Index(None, "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedKind] = mapped_column(code_column(FeedKind, "feed_kind"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    seed: Mapped[str] = mapped_column(String(32), default="")
    told_to: Mapped[str] = mapped_column(String(254), default="", doc="an address in lower case")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    site: Mapped[Site | None] = relationship()
    delegate: Mapped[Delegate | None] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

    @property
    def is_derived(self) -> bool:
        """Whether letters tell it."""
        return bool(self.seed)


class FeedFile(Model):
    """The last file that a feed was answered with, for as long as its data stay the same: `tag` tells."""

    __tablename__ = "feed_file"

    feed_link_id: Mapped[int] = mapped_column(
        ForeignKey("feed_link.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tag: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[bytes] = mapped_column(LargeBinary)
