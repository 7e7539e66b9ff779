"""The outbox: what may have to be told, written in the transaction of the change that caused it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime

ABOUT = (
    "visit_id",
    "engagement_id",
    "assignment_id",
    "delegation_id",
    "site_id",
    "place_id",
    "resource_id",
    "account_id",
)
COUNTED = [f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ABOUT]


class OutboxNote(Model):
    """This visit, engagement or assignment, or every one of this delegation, site, place, resource or
    account, may have news.

    Whether it has, and for whom, is found by comparing what is with what each was last told; so a note too
    many does no harm, and several about one thing become one letter.
    """

    __tablename__ = "outbox"
    __table_args__ = (CheckConstraint(f"{' + '.join(COUNTED)} = 1", name="about_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
