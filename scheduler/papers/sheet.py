"""A spreadsheet as it was sent, whatever its format: rows of plain text, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Beyond these nobody's list of people goes; what stands there is not read.
MOST_ROWS, MOST_COLUMNS = 2_000, 40


class SheetUnreadable(Exception):
    """A file that cannot be read as a spreadsheet, or will not be: a code of why, and its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were made one, from a row and column to another row and column; all count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that holds something: its number as its reader sees it, its texts, the columns (from 1) that
    hold formulas instead of values."""

    number: int
    texts: tuple[str, ...]
    formulas: frozenset[int] = frozenset()

    def text(self, column: int) -> str:
        """What stands in a column, counted from 1; empty beyond the last."""
        return self.texts[column - 1] if 0 < column <= len(self.texts) else ""


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold something, in order. `encoding` is how a text file was read; `serials`
    is the year its program counts days from, "1900" or "1904", empty in text, where nobody can know."""

    rows: Sequence[SheetRow]
    merged: Sequence[Merged] = ()
    encoding: str = ""
    serials: str = ""


def column_letters(column: int) -> str:
    """How people call a column: A for 1, AB for 28."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(text: str) -> str:
    """A cell's text with every run of spaces, of any width, and line breaks in the cell as one space."""
    return " ".join(text.replace("\ufeff", "").split())
