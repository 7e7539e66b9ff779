"""A site's day as a paper: who comes when, with room to tick and to count. No list of names stands on it."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.papers.typesetting import typeset

TEMPLATE = "day_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheetRow:
    """One visit, or one other booking. `mark` says that it differs from the sheet printed before;
    `can_arrive` leaves room to count where nobody has yet."""

    time: str
    name: str
    headcount: str
    second_name: str = ""
    notes: tuple[str, ...] = ()
    head_post: str = ""
    language: str = ""
    needs: str = ""
    contact: str = ""
    state: str = ""
    arrived: str = ""
    can_arrive: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The sheet in one language; `columns` are its nine headings, `warnings` say what closes the site."""

    language: str
    title: str
    city: str
    site: str
    second_name: str
    day: str
    totals: str
    columns: tuple[str, str, str, str, str, str, str, str, str]
    nobody: str
    stood_at: str
    warnings: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    rows: tuple[DaySheetRow, ...] = ()


def day_sheet_pdf(sheet: DaySheet, *, made_at: datetime) -> bytes:
    """The sheet as a PDF: one A4 where its rows can still be read on one."""
    return typeset(TEMPLATE, sheet, made_at=made_at)
