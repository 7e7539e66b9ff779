"""Empty lists to fill in: of delegates, and of visits."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font

from scheduler.papers.harmless import sheet_name
from scheduler.papers.headings import template_headings
from scheduler.papers.sheet import column_letters
from scheduler.papers.visit_headings import VisitColumn
from scheduler.papers.visit_headings import template_headings as visit_headings

WIDTH = 26
# What is filled in as text, or as a date: programs then keep "1-2" and "10:30" as they were typed.
EMPTY_ROWS = 200
FORMATS = {VisitColumn.DATE: "yyyy-mm-dd", VisitColumn.START: "hh:mm", VisitColumn.HEADCOUNT: "0"}


def empty_list(
    language: str, *, title: str = "", is_text: bool = False, is_right_to_left: bool = False
) -> bytes:
    """A list of delegates to fill in, with its headings in a language: an .xlsx workbook whose sheet has a
    title, or text in UTF-8 with a mark that tells spreadsheet programs so."""
    headings = template_headings(language)
    if is_text:
        return _text(headings)
    return _saved(_sheet(headings, title, is_right_to_left=is_right_to_left))


def empty_visit_list(
    language: str, *, title: str = "", is_text: bool = False, is_right_to_left: bool = False
) -> bytes:
    """The same for visits; in the workbook dates, times and numbers have their formats."""
    headings = visit_headings(language)
    if is_text:
        return _text(headings)
    book = _sheet(headings, title, is_right_to_left=is_right_to_left)
    for number, column in enumerate(VisitColumn, start=1):
        for row in range(2, EMPTY_ROWS + 2):
            book.active.cell(row, number).number_format = FORMATS.get(column, "@")
    return _saved(book)


def _text(headings: list[str]) -> bytes:
    lines = StringIO()
    csv.writer(lines).writerow(headings)
    return lines.getvalue().encode("utf-8-sig")


def _sheet(headings: list[str], title: str, *, is_right_to_left: bool) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(title)
    sheet.append(headings)
    for number in range(1, len(headings) + 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[column_letters(number)].width = WIDTH
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = is_right_to_left
    return book


def _saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
