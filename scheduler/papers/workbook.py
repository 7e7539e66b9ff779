"""Reading .xlsx workbooks (ECMA-376) that strangers send: bounded before anything is unpacked."""

import re
import warnings
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from scheduler.papers.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    CellKind,
    Merged,
    Sheet,
    SheetRow,
    SheetUnreadable,
    plain,
)

ZIP_MARK = b"PK\x03\x04"
# The frame of .xls, and of workbooks under a password.
OLD_MARK = b"\xd0\xcf\x11\xe0"
MOST_SHEETS, MOST_PARTS = 5, 1_000
# A list of 500 people unpacks to some 400 KB of XML; pictures, which are never unpacked, to more.
MOST_OF_A_PART, MOST_XML, MOST_OF_ALL = 2 * 1024 * 1024, 4 * 1024 * 1024, 24 * 1024 * 1024
# What the library makes slow objects of: a workbook that was in use for years has some hundreds.
MOST_DECORATIONS = 5_000
# Beginnings and ends of elements, some 20,000 in a list of 500 people.
MOST_TAGS = 250_000
MOST_MERGED = 1_000
# Rows that are there and empty, such as formatted ones, are looked at up to here.
MOST_ROWS_LOOKED_AT = 20_000
# What the library calls the kinds of cells.
_KINDS = {
    "f": CellKind.FORMULA,
    "e": CellKind.ERROR,
    "n": CellKind.VALUE,
    "d": CellKind.VALUE,
    "b": CellKind.VALUE,
}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg", ".bin")
_DECORATION = re.compile(
    rb"<(?:\w{1,20}:)?(?:sheet|font|fill|border|xf|cellStyle|dxf|numFmt|definedName|Override|Default"
    rb"|Relationship|conditionalFormatting|cfRule|dataValidation|hyperlink|workbookView|property)[\s/>]"
)
_CELL = rb"([A-Z]{1,3})([0-9]{1,7})"
_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?ref="' + _CELL + rb":" + _CELL + rb'"')


def is_workbook(data: bytes) -> bool:
    """Whether a file says of itself that it is a workbook, of the new kind or the old."""
    return data.startswith((ZIP_MARK, OLD_MARK))


def sheets_of(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook, formulas told apart from values; of many only the first are read.

    Raises SheetUnreadable: `old_workbook` (.xls, or under a password), `macros`, `unpacks_too_large` (what
    no list needs, so that a small file cannot fill the memory), `too_many_rows`, `damaged`.
    """
    if data.startswith(OLD_MARK):
        raise SheetUnreadable("old_workbook")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _must_be_bounded(archive)
            _must_be_plain(archive)
            return list(_read(data, archive))
    except SheetUnreadable:
        raise
    except Exception as error:
        # The library stumbles over broken files in very many ways.
        raise SheetUnreadable("damaged") from error


def _must_be_bounded(archive: ZipFile) -> None:
    """Sizes are those the archive states; what unpacks to more is cut off there and then found damaged."""
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise SheetUnreadable("macros")
    if "[content_types].xml" not in names:
        raise SheetUnreadable("unknown_kind")
    xml = [part.file_size for part in parts if _is_xml(part)]
    is_large = max(xml, default=0) > MOST_OF_A_PART or sum(xml) > MOST_XML
    if is_large or sum(part.file_size for part in parts) > MOST_OF_ALL or len(parts) > MOST_PARTS:
        raise SheetUnreadable("unpacks_too_large")


def _must_be_plain(archive: ZipFile) -> None:
    """No entities of its own (XML 4.1), no encoding that hides what is there, no mass of decorations."""
    decorations = tags = 0
    for part in archive.infolist():
        if not _is_xml(part):
            continue
        xml = archive.read(part)
        if b"<!DOCTYPE" in xml or b"\0" in xml:
            raise SheetUnreadable("damaged")
        decorations += len(_DECORATION.findall(xml))
        tags += xml.count(b"<")
    if decorations > MOST_DECORATIONS or tags > MOST_TAGS:
        raise SheetUnreadable("unpacks_too_large")


def _is_xml(part: ZipInfo) -> bool:
    """Whether the library may come to read it: whatever is no picture."""
    return not part.filename.lower().endswith(_PICTURES)


def _read(data: bytes, archive: ZipFile) -> Iterator[Sheet]:
    with warnings.catch_warnings():
        # The library warns of decorations that it leaves out; nothing of them is wanted here.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in visible[:MOST_SHEETS]:
                sheet.reset_dimensions()
                rows = list(_rows(sheet.iter_rows(max_col=MOST_COLUMNS)))
                # The library tells of merged cells only where it holds the whole sheet in memory.
                merged = _merged(archive.read(sheet._worksheet_path))
                serials = "1904" if book.epoch == CALENDAR_MAC_1904 else "1900"
                yield Sheet(rows, merged, serials=serials, name=plain(sheet.title))
            for sheet in visible[MOST_SHEETS:]:
                yield Sheet([], name=plain(sheet.title), is_left=True)
        finally:
            book.close()


def _rows(cells: Iterable[Iterable[Any]]) -> Iterator[SheetRow]:
    filler, looked_at = None, 0
    for number, row in enumerate(cells, start=1):
        # Where rows are missing the library gives one and the same row, up to a million times.
        if row is filler:
            continue
        filler, looked_at = row, looked_at + 1
        texts = [_text(cell.value) for cell in row]
        if not any(texts) and looked_at <= MOST_ROWS_LOOKED_AT:
            continue
        if number > MOST_ROWS or looked_at > MOST_ROWS_LOOKED_AT:
            raise SheetUnreadable("too_many_rows", most=MOST_ROWS)
        kinds = {column: _kind(cell) for column, cell in enumerate(row, start=1)}
        yield SheetRow(number, tuple(texts), {column: kind for column, kind in kinds.items() if kind})


def _text(value: Any) -> str:
    return "" if value is None else plain(str(value)[:LONGEST_CELL])


def _kind(cell: Any) -> CellKind | None:
    if cell.value is None:
        return None
    if isinstance(cell.value, str) and len(cell.value) > LONGEST_CELL:
        return CellKind.CUT
    return _KINDS.get(cell.data_type)


def _merged(xml: bytes) -> list[Merged]:
    found = []
    for first, top, last, bottom in _MERGED.findall(xml)[:MOST_MERGED]:
        found.append(Merged(int(top), _number(first), int(bottom), _number(last)))
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
