"""Guides, interpreters, vehicles, liaison officers: what they can do, when they work, when they are away."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.duties import ResourceKind
from scheduler.records.database import CodeSet, Model, UtcDateTime, code_column
from scheduler.records.places import Place
from scheduler.records.sites import Site

resource_site = Table(
    "resource_site",
    Model.metadata,
    Column("resource_id", ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
)


class Resource(Model):
    """Somebody or something that serves visits. Guides and liaison officers have `languages` ("en ja"),
    interpreters pairs of them ("ar-ko": from either into the other), vehicles `seats`. Guides belong to
    sites. `most_a_day` of None does not bind. Set-up and wrap-up are minutes of duty around a visit."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("(kind = 'vehicle') = (seats IS NOT NULL)", name="seats_of_vehicles"),
        CheckConstraint("seats IS NULL OR seats BETWEEN 1 AND 500", name="seats_sensible"),
        CheckConstraint("most_a_day IS NULL OR most_a_day BETWEEN 1 AND 50", name="most_a_day_sensible"),
        CheckConstraint("setup_minutes BETWEEN 0 AND 240", name="setup_sensible"),
        CheckConstraint("wrap_up_minutes BETWEEN 0 AND 240", name="wrap_up_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind] = mapped_column(code_column(ResourceKind, "resource_kind"))
    name: Mapped[str] = mapped_column(String(200))
    name_native: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset())
    seats: Mapped[int | None]
    most_a_day: Mapped[int | None]
    setup_minutes: Mapped[int] = mapped_column(default=0)
    wrap_up_minutes: Mapped[int] = mapped_column(default=0)
    base_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    zone: Mapped[str] = mapped_column(String(64), default="Asia/Seoul")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(50), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    base: Mapped[Place | None] = relationship()
    sites: Mapped[list[Site]] = relationship(secondary=resource_site, order_by="Site.code")
    hours: Mapped[list["ResourceHours"]] = relationship(
        order_by="ResourceHours.weekday, ResourceHours.starts", cascade="all, delete-orphan"
    )
    leave: Mapped[list["ResourceLeave"]] = relationship(
        order_by="ResourceLeave.starts_at", cascade="all, delete-orphan"
    )


class ResourceHours(Model):
    """At work on one weekday (0 is Monday) between two local times, within dates that include both ends."""

    __tablename__ = "resource_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"),
        CheckConstraint("starts < ends", name="hours_forward"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ResourceLeave(Model):
    """Away from one instant to another: leave, illness, repair. Two stretches of one never overlap."""

    __tablename__ = "resource_leave"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="leave_forward"),
        Index(None, "resource_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300), default="")
