"""Delegations, their members, and what they wish to see."""

from datetime import date, datetime
from enum import StrEnum
from zlib import crc32

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import CodeSet, Model, UtcDateTime, code_column
from scheduler.records.partners import Partner
from scheduler.records.tours import Tour


class DelegationKind(StrEnum):
    INSPECTION = "inspection"
    TRAINING = "training"
    OFFICIAL_VISIT = "official_visit"
    WORKING_VISIT = "working_visit"
    COURTESY_CALL = "courtesy_call"
    STAFF_EXCHANGE = "staff_exchange"
    CITIZENS_EXCHANGE = "citizens_exchange"


class DelegationState(StrEnum):
    REGISTERED = "registered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Need(StrEnum):
    """The need, never the belief or the illness behind it."""

    HALAL = "halal"
    VEGETARIAN = "vegetarian"
    PRAYER_ROOM = "prayer_room"
    STEP_FREE = "step_free"
    VEHICLE = "vehicle"


class LetterChannel(StrEnum):
    EMBASSY = "embassy"
    FOREIGN_CITY = "foreign_city"
    MINISTRY = "ministry"
    INTERNATIONAL_BODY = "international_body"
    OTHER_DIVISION = "other_division"
    EMAIL = "email"
    TELEPHONE = "telephone"


class NameOrder(StrEnum):
    FAMILY_FIRST = "family_first"
    GIVEN_FIRST = "given_first"


class Delegation(Model):
    """Visitors under one name, for one stay."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        CheckConstraint("arrives_at < departs_at", name="stay_forward"),
        Index(None, "state", "arrives_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_native: Mapped[str] = mapped_column(String(200), default="")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    country: Mapped[str | None] = mapped_column(String(2), doc="ISO 3166-1 alpha-2")
    purpose: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[DelegationKind] = mapped_column(code_column(DelegationKind, "delegation_kind"))
    head_post: Mapped[str] = mapped_column(String(200), default="")
    headcount: Mapped[int]
    languages: Mapped[frozenset[str]] = mapped_column(CodeSet)
    has_interpreter: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset())
    topics: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset())
    arrives_at: Mapped[datetime] = mapped_column(UtcDateTime)
    departs_at: Mapped[datetime] = mapped_column(UtcDateTime)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(50), default="")
    letter_channel: Mapped[LetterChannel | None] = mapped_column(code_column(LetterChannel, "letter_channel"))
    letter_on: Mapped[date | None]
    letter_reference: Mapped[str] = mapped_column(String(200), default="")
    letter_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[DelegationState] = mapped_column(
        code_column(DelegationState, "delegation_state"), default=DelegationState.REGISTERED
    )
    list_closed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="since when guests may not change their list of delegates any more"
    )
    revision: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="raised below every stop: the database's own lock"
    )
    version: Mapped[int] = mapped_column(default=1)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    partner: Mapped[Partner | None] = relationship()
    officer: Mapped[Account | None] = relationship()
    delegates: Mapped[list["Delegate"]] = relationship(
        back_populates="delegation", order_by="Delegate.precedence, Delegate.id", cascade="all, delete-orphan"
    )
    wishes: Mapped[list["Wish"]] = relationship(
        back_populates="delegation", order_by="Wish.priority.desc(), Wish.id", cascade="all, delete-orphan"
    )


class Member(Model):
    """What stands below a delegation. `version` differs whenever a column does: nothing counts them."""

    __abstract__ = True

    @property
    def version(self) -> int:
        told = [str(getattr(self, column.key)) for column in self.__table__.columns]
        return crc32("\x1f".join(told).encode())


class Delegate(Member):
    """A named member. Never a passport number. `precedence` is set by hand, with a reason."""

    __tablename__ = "delegate"

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    name_native: Mapped[str] = mapped_column(String(200), default="")
    name_roman: Mapped[str] = mapped_column(String(200), default="")
    name_order: Mapped[NameOrder] = mapped_column(
        code_column(NameOrder, "name_order"), default=NameOrder.GIVEN_FIRST
    )
    print_as: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    precedence: Mapped[int] = mapped_column(default=100)
    precedence_reason: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    delegation: Mapped[Delegation] = relationship(back_populates="delegates")


class Wish(Member):
    """What a delegation wants to see: a tour or a topic, at some times if they like. Occupies nothing.

    The planner heeds the rest: a must, one of several (`either`), only after another wish, a tour that would
    do instead."""

    __tablename__ = "wish"
    __table_args__ = (
        CheckConstraint("priority BETWEEN 1 AND 5", name="priority_range"),
        CheckConstraint("tour_id IS NOT NULL OR topic <> ''", name="says_what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    tour_id: Mapped[int | None] = mapped_column(ForeignKey("tour.id"))
    topic: Mapped[str] = mapped_column(String(50), default="")
    priority: Mapped[int] = mapped_column(default=3)
    preferred_times: Mapped[list[str]] = mapped_column(JSON, default=list, doc="RFC 3339 instants")
    headcount: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    is_must: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    either: Mapped[str] = mapped_column(
        String(50), default="", server_default="", doc="of the wishes that share it one is enough"
    )
    after_wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), index=True)
    not_first_day: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    not_last_day: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    fallback_tour_id: Mapped[int | None] = mapped_column(ForeignKey("tour.id"))
    delegation: Mapped[Delegation] = relationship(back_populates="wishes")
    tour: Mapped[Tour | None] = relationship(foreign_keys=[tour_id])
    fallback_tour: Mapped[Tour | None] = relationship(foreign_keys=[fallback_tour_id])
    # Known to the mapper, so that of several wishes that go the later ones go first.
    after: Mapped["Wish | None"] = relationship(remote_side=[id])
