"""Letters: one mail to one person, its content kept as it was written, until it is posted and afterwards."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, code_column


class LetterKind(StrEnum):
    """What a letter is. The first six are about an entry of the calendar and carry it (RFC 5546)."""

    INVITATION = "invitation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"
    AGAIN = "again"
    DECLINED_COUNTER = "declined_counter"
    REMINDER = "reminder"
    ROSTER = "roster"
    LINK = "link"


class LetterState(StrEnum):
    """WAITING has surely reached nobody. POSTING was taken up by a worker and may have reached its reader.
    POSTED was taken by the mail server. RETURNED came back later, they say. GIVEN_UP will not be tried again
    unless somebody says so. DROPPED was overtaken before it went out."""

    WAITING = "waiting"
    POSTING = "posting"
    POSTED = "posted"
    RETURNED = "returned"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


class Side(StrEnum):
    """On which side a reader stands: it decides what they are told and in which words."""

    GUEST = "guest"
    SITE = "site"
    OFFICE = "office"
    DUTY = "duty"


class Letter(Model):
    """One mail to one person. `uid`, `method`, `sequence`, `stamped_at`, `starts_at`, `ends_at` and `seen`
    are those of the calendar entry inside, if there is one; `seen` is the digest of all that its reader
    can see. `occasion` is set where a letter is due only once, for example a reminder of one day.

    `text` and `html` may hold marks where a secret address stands; it is put in when the letter is posted,
    so that nothing in the database opens a link. `may_have_gone` stays true once a try ended in doubt.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "uid", "address", "id"),
        Index(None, "visit_id"),
        Index(None, "delegation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LetterKind] = mapped_column(code_column(LetterKind, "letter_kind"))
    side: Mapped[Side] = mapped_column(code_column(Side, "letter_side"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id", ondelete="SET NULL"))
    address: Mapped[str] = mapped_column(String(254), doc="lower case")
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8))
    occasion: Mapped[str | None] = mapped_column(String(200), unique=True)

    uid: Mapped[str | None] = mapped_column(String(100))
    method: Mapped[str] = mapped_column(String(16), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen: Mapped[str] = mapped_column(String(64), default="")

    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    in_reply_to: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    calendar: Mapped[bytes | None] = mapped_column(LargeBinary)
    paper: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, doc="a PDF that goes along")
    paper_name: Mapped[str] = mapped_column(String(200), default="")

    state: Mapped[LetterState] = mapped_column(
        code_column(LetterState, "letter_state"), default=LetterState.WAITING
    )
    may_have_gone: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="not tried before this instant")
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str] = mapped_column(String(100), default="")
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(Text, default="", doc="what the last try that failed was told")
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
