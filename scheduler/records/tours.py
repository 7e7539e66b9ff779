"""Tours, the pattern of their rounds, their dated sessions, and places that others have taken."""

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.facts import Dating
from scheduler.records.database import CodeSet, Model, UtcDateTime, code_column
from scheduler.records.sites import Site


class Tour(Model):
    """What a site shows. Rounds are dated ahead; windows start at any quarter hour that the hours allow."""

    __tablename__ = "tour"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 720", name="length_sensible"),
        CheckConstraint("smallest_group BETWEEN 1 AND largest_group", name="group_sizes"),
        CheckConstraint("places BETWEEN 1 AND 5000", name="places_sensible"),
        CheckConstraint("people_at_once IS NULL OR people_at_once > 0", name="people_at_once_positive"),
        CheckConstraint("groups_at_once IS NULL OR groups_at_once > 0", name="groups_at_once_positive"),
        UniqueConstraint("id", "site_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_native: Mapped[str] = mapped_column(String(200), default="")
    shows: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset())
    minutes: Mapped[int]
    smallest_group: Mapped[int] = mapped_column(default=1)
    largest_group: Mapped[int]
    places: Mapped[int]
    needs_agreement: Mapped[bool] = mapped_column(default=True)
    needs_guide: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    dating: Mapped[Dating] = mapped_column(code_column(Dating, "dating"))
    people_at_once: Mapped[int | None]
    groups_at_once: Mapped[int | None]
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    limits_journal_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"))
    version: Mapped[int] = mapped_column(default=1)

    site: Mapped[Site] = relationship()
    patterns: Mapped[list["RoundPattern"]] = relationship(
        order_by="RoundPattern.starts", cascade="all, delete-orphan", back_populates="tour"
    )


class RoundPattern(Model):
    """A round that runs at a local time on given weekdays, within dates that include both ends."""

    __tablename__ = "round_pattern"

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), index=True)
    weekdays: Mapped[frozenset[str]] = mapped_column(CodeSet, doc="0 is Monday")
    starts: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    tour: Mapped[Tour] = relationship(back_populates="patterns")


class TourSession(Model):
    """One dated running of a tour. `places_taken` and `groups_taken` are kept by the database's own
    triggers; `clear_at` is the end plus the site's turnaround as it was agreed when the session was made."""

    __tablename__ = "tour_session"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at AND ends_at <= clear_at", name="times_forward"),
        CheckConstraint("places >= 0", name="places_not_negative"),
        CheckConstraint("places_taken >= 0", name="places_taken_not_negative"),
        CheckConstraint("groups_taken >= 0", name="groups_taken_not_negative"),
        UniqueConstraint("tour_id", "starts_at"),
        # A session is at the site of its tour: the limits of both then bind the same people.
        ForeignKeyConstraint(["tour_id", "site_id"], ["tour.id", "tour.site_id"]),
        # What a visit copies of its session follows the session through this key.
        UniqueConstraint("id", "site_id", "starts_at", "ends_at"),
        Index(None, "site_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_id: Mapped[int]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    clear_at: Mapped[datetime] = mapped_column(UtcDateTime)
    places: Mapped[int]
    places_taken: Mapped[int] = mapped_column(default=0, server_default="0")
    groups_taken: Mapped[int] = mapped_column(default=0, server_default="0")
    limits_journal_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"))

    tour: Mapped[Tour] = relationship()
    other_bookings: Mapped[list["OtherBooking"]] = relationship(
        back_populates="tour_session", order_by="OtherBooking.id"
    )


class OtherBooking(Model):
    """Places taken by schools, citizens or the site itself; they count as a visit does."""

    __tablename__ = "other_booking"
    __table_args__ = (CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_session_id: Mapped[int] = mapped_column(ForeignKey("tour_session.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    headcount: Mapped[int]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tour_session: Mapped[TourSession] = relationship(back_populates="other_bookings")
