"""Prints of a site's day sheet: what each said, so that the next one can mark what has changed since."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.accounts import Account
from scheduler.records.database import Model, UtcDateTime, code_column


class PrintWay(StrEnum):
    """How a sheet left the house: printed by somebody, or posted the evening before."""

    PRINTED = "printed"
    MAILED = "mailed"


class SheetPrint(Model):
    """One print of one day of a site, with its lines as they stood."""

    __tablename__ = "sheet_print"
    __table_args__ = (Index(None, "site_id", "day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    day: Mapped[date]
    way: Mapped[PrintWay] = mapped_column(code_column(PrintWay, "print_way"))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    printed_by: Mapped[Account | None] = relationship()
