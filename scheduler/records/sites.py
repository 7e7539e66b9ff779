"""Sites: what the office knows of each place, when it is open, when it is closed, and how sure we are."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account, site_manager
from scheduler.records.database import CodeSet, Model, UtcDateTime


class Site(Model):
    """A place that can be visited. Limits of None do not bind. `revision` is raised by every change of a
    visit or its guests: it tells whether the site's calendar is still the same, and on PostgreSQL it is the
    lock below which the database itself checks how many are here at once."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("notice_days BETWEEN 0 AND 365", name="notice_sensible"),
        CheckConstraint("people_at_once IS NULL OR people_at_once > 0", name="people_at_once_positive"),
        CheckConstraint("groups_at_once IS NULL OR groups_at_once > 0", name="groups_at_once_positive"),
        CheckConstraint("turnaround_minutes BETWEEN 0 AND 1440", name="turnaround_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_native: Mapped[str] = mapped_column(String(200), default="")
    owner_unit: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    contact_email: Mapped[str] = mapped_column(
        String(254), default="", server_default="", doc="who is asked where nobody has an account"
    )
    address: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    zone: Mapped[str] = mapped_column(String(64), default="Asia/Seoul")
    country: Mapped[str] = mapped_column(String(2), default="KR", doc="whose public holidays; ISO 3166-1")
    notice_days: Mapped[int] = mapped_column(default=0)
    people_at_once: Mapped[int | None]
    groups_at_once: Mapped[int | None]
    turnaround_minutes: Mapped[int] = mapped_column(default=0)
    arrive_early_minutes: Mapped[int] = mapped_column(default=10)
    languages: Mapped[frozenset[str]] = mapped_column(CodeSet)
    meeting_point: Mapped[str] = mapped_column(Text, default="")
    photo_rule: Mapped[str] = mapped_column(Text, default="")
    safety_gear: Mapped[str] = mapped_column(Text, default="")
    closed_weekdays: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset(), doc="0 is Monday")
    closed_on_public_holidays: Mapped[bool] = mapped_column(default=False)
    closed_on_main_holidays: Mapped[bool] = mapped_column(default=False)
    closure_moves_after_holiday: Mapped[bool] = mapped_column(default=False)
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=0)
    limits_journal_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"))
    version: Mapped[int] = mapped_column(default=1)

    hours: Mapped[list["SiteHours"]] = relationship(
        order_by="SiteHours.weekday, SiteHours.opens", cascade="all, delete-orphan"
    )
    closures: Mapped[list["SiteClosure"]] = relationship(
        order_by="SiteClosure.starts_at", cascade="all, delete-orphan", back_populates="site"
    )
    facts: Mapped[list["SiteFact"]] = relationship(order_by="SiteFact.name", cascade="all, delete-orphan")
    managers: Mapped[list[Account]] = relationship(secondary=site_manager, back_populates="sites")


class SiteHours(Model):
    """Open on one weekday (0 is Monday) between two local times, within dates that include both ends."""

    __tablename__ = "site_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"),
        CheckConstraint("opens < closes", name="hours_forward"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class SiteClosure(Model):
    """A dated closure with its reason."""

    __tablename__ = "site_closure"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="closure_forward"),
        Index(None, "site_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    site: Mapped[Site] = relationship(back_populates="closures")


class SiteFact(Model):
    """Where one fact of a site comes from, when it was last checked, and whether it is only assumed."""

    __tablename__ = "site_fact"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(50))
    source: Mapped[str] = mapped_column(Text, default="")
    checked_on: Mapped[date]
    is_assumption: Mapped[bool] = mapped_column(default=True)


class OneOffHoliday(Model):
    """A single day that the government named a holiday, or took back (`is_holiday` false)."""

    __tablename__ = "one_off_holiday"

    on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    is_holiday: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(Text, default="")
