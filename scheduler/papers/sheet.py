"""A spreadsheet as it was sent, whatever its format: rows of plain text, and what could not be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# Beyond these nobody's list of people goes; what stands there is not read.
MOST_ROWS, MOST_COLUMNS = 2_000, 40
# A longer text is cut, and told of by its cell.
LONGEST_CELL = 5_000
# What a program shows where it could work nothing out (ECMA-376 18.17.3).
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
# Signs without a shape, and those that turn the direction of what follows; not the joiners (U+200C, U+200D)
# that Persian and Indian names are written with. Hangul fillers and the empty Braille cell are as blank.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")


class CellKind(StrEnum):
    """What a cell holds instead of a text in one line: VALUE is a number, a date, a yes or no; LINES a text
    over several lines; CUT one that was longer than any cell we keep."""

    FORMULA = "formula"
    ERROR = "error"
    VALUE = "value"
    LINES = "lines"
    CUT = "cut"


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
    """One row that holds something: its number as its reader sees it, its texts, and of which kind the cells
    are (by column, from 1) that hold no text in one line."""

    number: int
    texts: tuple[str, ...]
    kinds: Mapping[int, CellKind] = field(default_factory=dict)

    def text(self, column: int) -> str:
        """What stands in a column, counted from 1; empty beyond the last."""
        return self.texts[column - 1] if 0 < column <= len(self.texts) else ""


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold something, in order. `encoding` is how a text file was read; `serials`
    is the year its program counts days from, "1900" or "1904", empty in text, where nobody can know.
    `is_left` says that nobody looked into it, as it comes after too many others."""

    rows: Sequence[SheetRow]
    merged: Sequence[Merged] = ()
    encoding: str = ""
    serials: str = ""
    name: str = ""
    is_left: bool = False


def column_letters(column: int) -> str:
    """How people call a column: A for 1, AB for 28."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(text: str) -> str:
    """A cell's text with every run of spaces, of any width, and line breaks in the cell as one space, and
    without signs that nobody sees."""
    return " ".join(_BLANK.sub(" ", _UNSEEN.sub("", text)).split())
