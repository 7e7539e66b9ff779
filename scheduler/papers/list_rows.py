"""The rows of a list as they were written, before anybody judges them: texts, and where they stand.

Whoever mends a row on a page changes these texts; the same judgement is then asked again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from scheduler.papers.delimited import sheet_in_text
from scheduler.papers.kinds import must_be_a_sheet
from scheduler.papers.nothing_lost import must_lose_nothing, unnamed_columns
from scheduler.papers.sheet import (
    MOST_COLUMNS,
    CellKind,
    Merged,
    Sheet,
    SheetRow,
    SheetUnreadable,
    column_letters,
)
from scheduler.papers.vocabulary import Header, Vocabulary
from scheduler.papers.workbook import is_workbook, sheets_of

ColumnT = TypeVar("ColumnT", bound=StrEnum)

MOST_BYTES = 2 * 1024 * 1024
# How people write "nothing" in a cell.
NOTHING = frozenset({"-", "–", "—", "--", "/", "n/a", "N/A", "없음", "无", "なし"})


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its number as its reader sees it, its texts by the codes of their columns, of which kind the
    cells are that hold no text in one line, and the columns whose cell was made one with that of another
    row."""

    number: int
    texts: Mapping[str, str]
    kinds: Mapping[str, CellKind] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """What stands in a column; empty where people wrote that nothing does."""
        text = self.texts.get(column, "")
        return "" if text in NOTHING else text

    def mended(self, typed: Mapping[str, str]) -> "ListRow":
        """The same with what was typed on a page; a cell that was retyped is a text, and not merged."""
        changed = {column for column, text in typed.items() if text != self.texts.get(column, "")}
        # What was left as it was in a cell that is no value stays at fault.
        return replace(
            self,
            texts={**self.texts, **typed},
            kinds={column: kind for column, kind in self.kinds.items() if column not in changed},
            merged=self.merged - changed,
        )


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row; `column` is its letter, empty where it is the row as a whole; `cell` is the
    code of that column. `code` is one of those that the judges of lists name."""

    row: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    cell: str = ""


@dataclass(frozen=True)
class ReadList:
    """The rows of a list with the heading and the letter of each column that is read, headings that are not,
    the letters of columns without a heading that hold something, the encoding of a text file that had to be
    guessed, from when days are counted (see Sheet), and of several sheets which was read, and which not."""

    rows: Sequence[ListRow]
    headings: Mapping[str, str]
    letters: Mapping[str, str]
    ignored: Sequence[str] = ()
    unnamed: Sequence[str] = ()
    encoding: str = ""
    serials: str = ""
    sheet: str = ""
    other_sheets: Sequence[str] = ()

    def with_rows(self, rows: Iterable[ListRow]) -> "ReadList":
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True)
class Shape:
    """How one kind of list is read: the meaning of its headings, what its header must have, which columns are
    read and how many rows there may be."""

    vocabulary: Vocabulary[Any]
    header_of: Callable[[Sequence[SheetRow]], Header[Any] | None]
    columns: Collection[StrEnum]
    most: int = 500


def read_rows(data: bytes, shape: Shape, languages: Iterable[str] = ()) -> ReadList:
    """The rows of a list from the bytes of an .xlsx workbook or a text file, by the words above its columns.

    `languages` are those of its writers, for text files that do not tell their encoding. Raises
    SheetUnreadable, whose codes are those of the readers and `empty`, `too_large`, `no_header`, `no_rows`,
    `too_many_of_them`, `forbidden_column`, `heading_twice`, `heading_wide`.
    """
    if not data.strip():
        raise SheetUnreadable("empty")
    if len(data) > MOST_BYTES:
        raise SheetUnreadable("too_large", most=MOST_BYTES // 1024 // 1024)
    must_be_a_sheet(data)
    sheet, header, others = _sheet_with_header(data, shape, languages)
    if header.forbidden:
        raise SheetUnreadable("forbidden_column", heading=header.forbidden)
    read = {column.value: number for column, number in header.columns.items() if column in shape.columns}
    must_lose_nothing(sheet, header, read.values())
    rows = [_row(row, read, sheet.merged) for row in sheet.rows if row.number > header.last_row]
    # A row that holds nothing but its number is no row.
    rows = [row for row in rows if any(row.text(column) for column in read)]
    if not rows:
        raise SheetUnreadable("no_rows")
    if len(rows) > shape.most:
        raise SheetUnreadable("too_many_of_them", most=shape.most)
    return ReadList(
        rows=rows,
        headings=_headings(sheet, header, read),
        letters={column: column_letters(number) for column, number in read.items()},
        ignored=header.ignored,
        unnamed=unnamed_columns(sheet, header),
        encoding=sheet.encoding,
        serials=sheet.serials,
        sheet=sheet.name,
        other_sheets=others,
    )


def _sheet_with_header(
    data: bytes, shape: Shape, languages: Iterable[str]
) -> tuple[Sheet, Header[Any], list[str]]:
    """The first sheet that has headings we know, and the names of others that hold a list, or may."""
    is_book = is_workbook(data)
    sheets = sheets_of(data) if is_book else [sheet_in_text(data, languages, shape.vocabulary.known_headings)]
    for number, sheet in enumerate(sheets, start=1):
        header = shape.header_of(sheet.rows)
        if header is not None:
            return sheet, header, [other.name for other in sheets[number:] if _holds_a_list(other, shape)]
    raise SheetUnreadable("no_header")


def _holds_a_list(sheet: Sheet, shape: Shape) -> bool:
    header = shape.header_of(sheet.rows)
    return sheet.is_left or (header is not None and sheet.rows[-1].number > header.last_row)


def _row(row: SheetRow, read: Mapping[str, int], merged: Iterable[Merged]) -> ListRow:
    together = _merged_columns(row, merged)
    return ListRow(
        number=row.number,
        texts={column: row.text(number) for column, number in read.items()},
        kinds={column: row.kinds[number] for column, number in read.items() if number in row.kinds},
        merged=frozenset(column for column, number in read.items() if number in together),
    )


def _merged_columns(row: SheetRow, merged: Iterable[Merged]) -> set[int]:
    """The columns of a row whose cells were made one with those of other rows."""
    found: set[int] = set()
    for each in merged:
        if each.first_row != each.last_row and each.first_row <= row.number <= each.last_row:
            found.update(range(each.first_column, min(each.last_column, MOST_COLUMNS) + 1))
    return found


def _headings(sheet: Sheet, header: Header[Any], read: Mapping[str, int]) -> dict[str, str]:
    """The heading of each column that is read, by what it holds."""
    rows = [row for row in sheet.rows if header.first_row <= row.number <= header.last_row]
    return {
        column: " / ".join(dict.fromkeys(filter(None, (row.text(number) for row in rows))))
        for column, number in read.items()
    }
