"""An empty list of delegates to fill in."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font

from scheduler.papers.headings import template_headings
from scheduler.papers.sheet import column_letters

WIDTH = 26


def empty_list(language: str, *, is_text: bool = False) -> bytes:
    """A list to fill in, with its headings in a language: an .xlsx workbook, or text in UTF-8 with a mark
    that tells spreadsheet programs so."""
    headings = template_headings(language)
    if is_text:
        lines = StringIO()
        csv.writer(lines).writerow(headings)
        return lines.getvalue().encode("utf-8-sig")
    book = Workbook()
    sheet = book.active
    sheet.append(headings)
    for number in range(1, len(headings) + 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[column_letters(number)].width = WIDTH
    sheet.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
