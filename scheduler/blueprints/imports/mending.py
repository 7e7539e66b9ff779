"""The rows of a list that are at fault, as a page shows them to be mended in place."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from scheduler.blueprints.stop_rows import RowAnswer
from scheduler.papers.list_rows import ReadList, RowFault
from scheduler.papers.sheet import LONGEST_CELL, plain
from scheduler.words.list_words import fault_in_words, fault_of_cell_in_words

# So many at a time: the others come when these are mended.
MOST_SHOWN = 40
_CELL = re.compile(r"row-([0-9]{1,7})-([a-z]{1,20})")
_LEFT = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class MendedCell:
    """One cell to type in, with what is wrong in it."""

    id: str
    column: str
    text: str
    errors: Sequence[str] = ()


@dataclass(frozen=True)
class MendedRow:
    """One row at fault: its cells, what is wrong with it as a whole, what the rules say, whether it is to be
    left out. `take` is the name of the field that takes an alternative."""

    number: int
    cells: Sequence[MendedCell]
    errors: Sequence[str]
    is_left: bool
    answer: RowAnswer = field(default_factory=RowAnswer)

    @property
    def take(self) -> str:
        return f"take-{self.number}"


@dataclass(frozen=True)
class Mending:
    """The faulty rows of a list: columns (code, letter, heading), the rows shown, every fault in words with
    the id of its cell, and how many more rows there are."""

    columns: Sequence[tuple[str, str, str]]
    rows: Sequence[MendedRow]
    told: Sequence[tuple[str, str]]
    more: int

    @property
    def number(self) -> int:
        """How many rows are at fault or left out."""
        return len(self.rows) + self.more


def with_typed(read: ReadList, form: MultiDict[str, str]) -> ReadList:
    """A list with what was typed into its cells on the page."""
    typed: dict[int, dict[str, str]] = {}
    for name, text in form.items():
        found = _CELL.fullmatch(name)
        if found is not None:
            typed.setdefault(int(found[1]), {})[found[2]] = plain(text[:LONGEST_CELL])
    known = set(read.headings) | {column for row in read.rows for column in row.texts} | set(ALWAYS)
    rows = []
    for row in read.rows:
        told = {column: text for column, text in typed.get(row.number, {}).items() if column in known}
        rows.append(row.mended(told) if told else row)
    return read.with_rows(rows)


# Columns that can be typed in though the file had none of them.
ALWAYS = ("name", "email", "tour", "start", "headcount")


def left_out(form: MultiDict[str, str]) -> frozenset[int]:
    """The rows that are ticked to be left out."""
    return frozenset(int(each) for each in form.getlist("leave") if _LEFT.fullmatch(each))


def without(read: ReadList, left: Collection[int]) -> ReadList:
    """A list without some rows."""
    return read.with_rows(row for row in read.rows if row.number not in left)


def mending(
    read: ReadList,
    faults: Iterable[RowFault],
    columns: Sequence[tuple[str, str]],
    *,
    left: Collection[int] = (),
    answers: Mapping[int, RowAnswer] | None = None,
) -> Mending:
    """Lay the faults beside their cells. `columns` are the codes and words of those to type in; `answers` are
    what the rules say to rows whose cells are right."""
    answers = answers or {}
    by_row: dict[int, list[RowFault]] = {}
    for each in faults:
        by_row.setdefault(each.row, []).append(each)
    concerned = [
        row for row in read.rows if row.number in by_row or row.number in answers or row.number in left
    ]
    rows, told = [], []
    for row in concerned[:MOST_SHOWN]:
        of_row = by_row.get(row.number, [])
        cells = [
            MendedCell(
                id=f"row-{row.number}-{code}",
                column=code,
                text=row.texts.get(code, ""),
                errors=[fault_of_cell_in_words(fault) for fault in of_row if fault.cell == code],
            )
            for code, _words in columns
        ]
        whole = [fault_of_cell_in_words(fault) for fault in of_row if not fault.cell]
        told += [(fault_in_words(fault), _place(fault, columns)) for fault in of_row]
        is_left, answer = row.number in left, answers.get(row.number, RowAnswer())
        rows.append(MendedRow(row.number, cells, whole, is_left, answer))
    shown = [(code, read.letters.get(code, ""), read.headings.get(code) or words) for code, words in columns]
    return Mending(shown, rows, told, max(0, len(concerned) - MOST_SHOWN))


def _place(fault: RowFault, columns: Sequence[tuple[str, str]]) -> str:
    """The id of the cell to mend; of a row as a whole its first."""
    return f"row-{fault.row}-{fault.cell or columns[0][0]}"
