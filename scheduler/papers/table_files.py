"""Tables as files: an .xlsx workbook (ECMA-376) and comma-separated text (RFC 4180), harmless to open."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.papers.harmless import harmless, is_like_formula, one_line, sheet_name
from scheduler.papers.sheet import column_letters
from scheduler.papers.table import Cell, Table

# Dates as the reader's country writes them; the value below stays a date.
DATE_FORMATS = {"ko": "yyyy\\. m\\. d\\.", "zh": "yyyy/m/d", "ja": "yyyy/m/d"}
DATE_FORMAT, TIME_FORMAT = "yyyy-mm-dd", "hh:mm"
NARROWEST, WIDEST = 8, 48
# Widths are guessed from so many rows.
MEASURED_ROWS = 200
_HEADER = PatternFill("solid", fgColor="E4EDF6")


def as_workbook(
    tables: Sequence[Table], *, language: str = "en", is_right_to_left: bool = False, notes_title: str = "*"
) -> bytes:
    """A workbook of a sheet for each table: headings that stay in sight and filter, cells that are dates,
    times and numbers, texts that are never formulas. Notes stand on a last sheet, called `notes_title`."""
    book = Workbook()
    book.remove(book.active)
    used: set[str] = set()
    for table in tables:
        sheet = book.create_sheet(_unused(sheet_name(table.title), used))
        _fill(sheet, table, DATE_FORMATS.get(language, DATE_FORMAT))
        sheet.sheet_view.rightToLeft = is_right_to_left
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    if notes:
        sheet = book.create_sheet(_unused(sheet_name(notes_title), used))
        for number, note in enumerate(notes, start=1):
            _put(sheet.cell(number, 1), note, DATE_FORMAT)
        sheet.column_dimensions["A"].width = 100
        sheet.sheet_view.rightToLeft = is_right_to_left
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def as_text(tables: Sequence[Table]) -> bytes:
    """The same as text in UTF-8, with the mark by which spreadsheet programs know it. Several tables stand
    one below the other, each under its title; notes come last."""
    lines = StringIO()
    writer = csv.writer(lines)
    for number, table in enumerate(tables):
        if len(tables) > 1:
            writer.writerows([[]] if number else [])
            writer.writerow([harmless(table.title)])
        writer.writerow([harmless(heading) for heading in table.headings])
        writer.writerows([_in_text(cell) for cell in row] for row in table.rows)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    if notes:
        writer.writerow([])
        writer.writerows([harmless(note)] for note in notes)
    return lines.getvalue().encode("utf-8-sig")


def _fill(sheet: Worksheet, table: Table, date_format: str) -> None:
    for column, heading in enumerate(table.headings, start=1):
        cell = sheet.cell(1, column)
        _put(cell, heading, date_format)
        cell.font, cell.fill = Font(bold=True), _HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        beginning = [row[column - 1] for row in table.rows[:MEASURED_ROWS]]
        sheet.column_dimensions[column_letters(column)].width = _width([heading, *beginning])
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(number, column), value, date_format)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{column_letters(len(table.headings))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: SheetCell, value: Cell, date_format: str) -> None:
    """One value. A text is a text whatever it begins with, and is marked so where it looks like a formula."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = one_line(value)
        cell.value, cell.data_type = text, "s"
        if is_like_formula(text):
            cell.quotePrefix = True
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = f"{date_format} {TIME_FORMAT}"
    elif isinstance(value, date):
        cell.number_format = date_format
    elif isinstance(value, time):
        cell.number_format = TIME_FORMAT


def _in_text(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value


def _width(values: Iterable[Any]) -> int:
    longest = max((_signs(each) for each in values), default=0)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _signs(value: Any) -> int:
    """How wide a value is shown; East Asian signs are twice as wide."""
    if isinstance(value, datetime):
        return 17
    text = "" if value is None else str(value)[: 2 * WIDEST]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _unused(name: str, used: set[str]) -> str:
    """A name no other sheet has, capitals or not."""
    wanted, number = name, 2
    while wanted.casefold() in used:
        wanted, number = f"{name[:27]} ({number})"[:31], number + 1
    used.add(wanted.casefold())
    return wanted
