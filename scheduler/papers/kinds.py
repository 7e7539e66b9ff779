"""What a file is when it is no spreadsheet, whatever its name says: told apart by its first bytes."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from scheduler.papers.sheet import SheetUnreadable

ZIP_MARK = b"PK\x03\x04"
# First bytes, and what they are.
_MARKS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    # Systems that write a page or XML and call it .xls.
    (b"<!DOCTYPE", "web_page"),
    (b"<!doctype", "web_page"),
    (b"<html", "web_page"),
    (b"<HTML", "web_page"),
    (b"<table", "web_page"),
    (b"<TABLE", "web_page"),
    (b"<?xml", "web_page"),
)
# Parts by which archives of other programs are known.
_PARTS = (
    ("word/", "document"),
    ("ppt/", "document"),
    ("hwpx", "document"),
    ("xl/workbook.bin", "binary_workbook"),
    ("content.xml", "open_document"),
)
LOOKED_AT = 200


def must_be_a_sheet(data: bytes) -> None:
    """Raise SheetUnreadable where the bytes are plainly something else: `pdf`, `document`, `picture`,
    `archive`, `web_page`, `open_document`, `binary_workbook`."""
    beginning = data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, kind in _MARKS:
        if beginning.startswith(mark):
            raise SheetUnreadable(kind)
    if data.startswith(ZIP_MARK):
        _must_be_no_other_archive(_names(data))


def _must_be_no_other_archive(names: Iterable[str]) -> None:
    known = list(names)
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in known):
            raise SheetUnreadable(kind)


def _names(data: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return [name.lower() for name in archive.namelist()[:1_000]]
    except (BadZipFile, OSError, ValueError):
        return []
