"""A table to be written as a spreadsheet: its headings, its cells as values, what must be said with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

# Instants and hours stand on the wall clock of their zone, as spreadsheets know no zones: headings name it.
Cell = str | int | float | date | datetime | time | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table. `notes` are sentences about the whole: as of when, what was counted."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def wall_time(instant: datetime) -> datetime:
    """An instant as its own clock shows it, for a cell."""
    return instant.replace(tzinfo=None, microsecond=0)
