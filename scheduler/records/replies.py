"""Replies: what each person has answered to each entry, and other times that they proposed."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, update
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.core.participation import Participation
from scheduler.records.database import Model, UtcDateTime, code_column, db

THEN_AND_THERE = ("tour_session_id", "place", "starts_at", "ends_at")


class ReplyChannel(StrEnum):
    MAIL = "mail"
    PAGE = "page"


class ProposalState(StrEnum):
    """OVERTAKEN: the stop was moved or called off before anybody decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


class Reply(Model):
    """The last answer of one person to one entry. `sequence` is the revision it answers and `stamped_at` the
    DTSTAMP of the reply; what comes with a lower one, or the same and no later stamp, counts not
    (RFC 5546 2.1.5). An answer counts for the present time when `sequence` is not below that of the last
    change of time: see `for_starts_at`, the start that was answered."""

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("uid", "address"),
        Index(None, "visit_id"),
        Index(None, "engagement_id"),
        Index(None, "delegation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(254), doc="lower case")
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200), default="")
    participation: Mapped[Participation] = mapped_column(code_column(Participation, "participation"))
    comment: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    for_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    for_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_former: Mapped[bool] = mapped_column(default=False, doc="it was moved after this was answered")
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[ReplyChannel] = mapped_column(code_column(ReplyChannel, "reply_channel"))

    def at_present(self, starts_at: datetime, ends_at: datetime) -> Participation:
        """What counts for an entry at its present time: an answer to a former one counts no more."""
        is_of_now = (self.for_starts_at, self.for_ends_at) == (starts_at, ends_at)
        return self.participation if is_of_now and not self.is_former else Participation.NEEDS_ACTION


def let_answers_lapse(uid: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Within an act upon an entry, told by the journal's two views of it: where it has another time or place,
    what was answered before counts no more, even if it should come back to where it was (RFC 5546 2.1.4)."""
    if all(before.get(name) == after.get(name) for name in THEN_AND_THERE):
        return
    lapsed = update(Reply).where(Reply.uid == uid).values(is_former=True)
    db.session.execute(lapsed.execution_options(synchronize_session=False))


class Proposal(Model):
    """Another time for a stop, or another wish about it, that a guest asked for: by COUNTER, or on their own
    page. Without `starts_at` it is a wish in words alone."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("(visit_id IS NULL) <> (engagement_id IS NULL)", name="of_one_stop"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="whole_span"),
        CheckConstraint("starts_at IS NULL OR starts_at < ends_at", name="forward"),
        Index(None, "state", "made_at"),
        Index(None, "visit_id"),
        Index(None, "engagement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id", ondelete="SET NULL"))
    address: Mapped[str] = mapped_column(String(254), default="", doc="lower case")
    name: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(default=0, doc="the revision it answers; DECLINECOUNTER echoes it")
    for_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[ReplyChannel] = mapped_column(code_column(ReplyChannel, "proposal_channel"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"))
    state: Mapped[ProposalState] = mapped_column(
        code_column(ProposalState, "proposal_state"), default=ProposalState.OPEN
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="", doc="what the office says to it; guests read it")
    settled_by: Mapped[str] = mapped_column(String(254), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
