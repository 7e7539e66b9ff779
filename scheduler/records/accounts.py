"""Accounts, what they may be, which sites they answer for, their API tokens, and failed sign-ins."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.database import CodeSet, Model, UtcDateTime, db

if TYPE_CHECKING:
    from scheduler.records.sites import Site

site_manager = Table(
    "site_manager",
    db.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Account(Model):
    """Somebody who signs in. `roles` are codes of `access.Role`."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[frozenset[str]] = mapped_column(CodeSet)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(8))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_guided: Mapped[bool] = mapped_column(
        default=True, server_default=true(), doc="led through first steps"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sites: Mapped[list["Site"]] = relationship(secondary=site_manager, back_populates="managers")


class ApiToken(Model):
    """A key to the API. Only its SHA-256 is kept; the token itself is shown once."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account: Mapped[Account] = relationship()


class SignInFailure(Model):
    """A sign-in that failed, counted so that guessing becomes slow."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index(None, "email", "failed_at"),
        Index(None, "address", "failed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
