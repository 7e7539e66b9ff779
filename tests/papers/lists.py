"""Lists of delegates as guests make them: workbooks by a library or by hand, text in any encoding."""

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEADINGS = ["Name", "Post", "Organisation", "E-mail"]
AN = ["Nguyen Van An", "Director", "Hanoi Transport", "an@hanoi.example"]
BINH = ["Tran Thi Binh", "Engineer", "Hanoi Metro", "binh@hanoi.example"]


def workbook(*rows: list[Any], merged: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def text(*rows: list[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The same as text."""
    lines = StringIO()
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    return lines.getvalue().encode(encoding)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one part added, or put in the place of another."""
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part.filename))
        new.writestr(name, content)
    return kept.getvalue()
