"""What a list holds beside the columns that are read: refused where it would be lost, else named."""

from collections.abc import Collection
from typing import Any

from scheduler.papers.sheet import MOST_COLUMNS, Sheet, SheetUnreadable, column_letters
from scheduler.papers.vocabulary import Header


def must_lose_nothing(sheet: Sheet, header: Header[Any], read: Collection[int]) -> None:
    """Raises SheetUnreadable: `heading_twice` where two columns mean the same and the later one holds
    something, `heading_wide` where one heading covers several columns that hold something."""
    held = _held_below(sheet, header)
    for column, number in header.again:
        first = header.columns.get(column, 0)
        if number in held and first in read:
            told = {"one": column_letters(first), "other": column_letters(number)}
            raise SheetUnreadable("heading_twice", **told, heading=_heading(sheet, header, number))
    lost = held - _named(sheet, header)
    for each in sheet.merged:
        is_heading = header.first_row <= each.first_row <= each.last_row <= header.last_row
        covered = range(each.first_column + 1, min(each.last_column, MOST_COLUMNS) + 1)
        if is_heading and each.first_column in read and lost.intersection(covered):
            told = {"one": column_letters(each.first_column), "other": column_letters(covered[-1])}
            raise SheetUnreadable("heading_wide", **told, heading=_heading(sheet, header, each.first_column))


def unnamed_columns(sheet: Sheet, header: Header[Any]) -> list[str]:
    """The letters of columns that hold something below no heading."""
    return [column_letters(number) for number in sorted(_held_below(sheet, header) - _named(sheet, header))]


def _held_below(sheet: Sheet, header: Header[Any]) -> set[int]:
    """The columns that hold something in a row of the list: one with anything in a column that is read."""
    return {
        number
        for row in sheet.rows
        if row.number > header.last_row and any(row.text(each) for each in header.columns.values())
        for number, text in enumerate(row.texts, start=1)
        if text
    }


def _named(sheet: Sheet, header: Header[Any]) -> set[int]:
    rows = [row for row in sheet.rows if header.first_row <= row.number <= header.last_row]
    return {number for row in rows for number, text in enumerate(row.texts, start=1) if text}


def _heading(sheet: Sheet, header: Header[Any], number: int) -> str:
    rows = [row for row in sheet.rows if header.first_row <= row.number <= header.last_row]
    return next((row.text(number) for row in reversed(rows) if row.text(number)), "")
