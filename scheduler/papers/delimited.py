"""Reading lists kept as text, one row a line (RFC 4180), in whatever encoding an office wrote them."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from scheduler.papers.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, SheetRow, SheetUnreadable, plain

DELIMITERS = ",;\t|"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What offices save "CSV" in, by the language of the machine. Python's names; each decodes strictly.
OF_LANGUAGE = {
    "ko": ("cp949",),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5"),
    "ar": ("cp1256",),
    "ru": ("cp1251",),
    "mn": ("cp1251",),
    "vi": ("cp1258",),
    "th": ("cp874",),
}
WESTERN = "cp1252"
# A cell that begins so is worked out by spreadsheet programs instead of shown.
FORMULA_MARKS = ("=", "@", "+", "-")
LONGEST_CELL, BEGINNING = 5_000, 4_000
# Signs that no office writes: where they turn up, the bytes were read in the wrong way.
_NO_TEXT = re.compile("[\0\x80-\x9f]")


def sheet_in_text(data: bytes, languages: Iterable[str], weigh: Callable[[list[SheetRow]], int]) -> Sheet:
    """The rows of a text file. Where neither a mark nor UTF-8 tells the encoding, those of the `languages`
    come first, and the one in whose rows `weigh` finds most counts. Raises SheetUnreadable: `encoding`,
    `too_many_rows`, `damaged`."""
    found = [(encoding, _rows_of(text)) for encoding, text in _readings(data, languages)]
    if not found:
        raise SheetUnreadable("encoding")
    encoding, rows = max(found, key=lambda each: weigh(each[1]))
    return Sheet(rows, encoding="" if encoding.startswith("utf") else encoding)


def _readings(data: bytes, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every way to read the bytes as text; a single one where the bytes themselves tell."""
    certain = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    if certain is None and b"\0" in data[:BEGINNING]:
        certain = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    for encoding in (certain or "utf-8",):
        text = _decoded(data, encoding)
        if text is not None:
            yield encoding, text
            return
    if certain is None:
        theirs = sorted(languages, key=lambda language: language not in OF_LANGUAGE)
        wanted = [name for language in theirs for name in OF_LANGUAGE.get(language, (WESTERN,))]
        every = [name for names in OF_LANGUAGE.values() for name in names]
        for encoding in dict.fromkeys([*wanted, *every, WESTERN]):
            text = _decoded(data, encoding)
            if text is not None:
                yield encoding, text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _rows_of(text: str) -> list[SheetRow]:
    delimiter = max(DELIMITERS, key=text[:BEGINNING].count)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1):
            texts = tuple(plain(cell[:LONGEST_CELL]) for cell in cells[:MOST_COLUMNS])
            if not any(texts):
                continue
            if number > MOST_ROWS:
                raise SheetUnreadable("too_many_rows", most=MOST_ROWS)
            rows.append(SheetRow(number, texts, _formulas(texts)))
    except csv.Error as error:
        raise SheetUnreadable("damaged") from error
    return rows


def _formulas(texts: tuple[str, ...]) -> frozenset[int]:
    """A mark alone is how people write "nothing"."""
    return frozenset(
        column
        for column, text in enumerate(texts, start=1)
        if len(text) > 1 and text.startswith(FORMULA_MARKS)
    )
