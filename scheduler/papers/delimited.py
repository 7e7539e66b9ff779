"""Reading lists kept as text, one row a line (RFC 4180), in whatever encoding an office wrote them."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import count

from scheduler.papers.sheet import (
    ERRORS,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    CellKind,
    Sheet,
    SheetRow,
    SheetUnreadable,
    plain,
)

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
# What begins so and goes on in figures alone is a number.
_NUMBER = re.compile(r"[+-][0-9.,]+")
BEGINNING = 4_000
# The reader's own bound would call a long cell damaged; how large a file may be is bounded before.
csv.field_size_limit(16 * 1024 * 1024)
# Signs that no office writes: where they turn up, the bytes were read in the wrong way.
_NO_TEXT = re.compile("[\0\x80-\x9f]")
_BREAKS = b"\r\n"


def sheet_in_text(data: bytes, languages: Iterable[str], weigh: Callable[[list[SheetRow]], int]) -> Sheet:
    """The rows of a text file. Where neither a mark nor UTF-8 tells the encoding, those of the `languages`
    come first, and the one in whose rows `weigh` finds most counts. Raises SheetUnreadable: `encoding`,
    `too_many_rows`, `open_quote`."""
    found = [(encoding, *_rows_of(text)) for encoding, text in _readings(data, languages)]
    if not found:
        raise SheetUnreadable("encoding")
    encoding, rows, fault = max(found, key=lambda each: weigh(each[1]))
    if fault is not None:
        raise fault
    return Sheet(rows, encoding="" if encoding.startswith("utf") else encoding)


def _readings(data: bytes, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every way to read the bytes as text; a single one where the bytes themselves tell."""
    certain = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    if certain is None and b"\0" in data:
        certain = _wide(data[:BEGINNING])
        # A stray one is a sign of its own, told of by its cell like any other that cannot be printed.
        data = data if certain else data.replace(b"\0", b"\x1a")
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


def _wide(data: bytes) -> str | None:
    """Whether the beginning of a text has two bytes to each sign: its line breaks have, then."""
    pairs = [data[at : at + 2] for at in range(0, len(data) - 1, 2)]
    breaks = sum(data.count(each) for each in _BREAKS)
    for encoding, is_break in (
        ("utf-16-le", lambda pair: pair[0] in _BREAKS and not pair[1]),
        ("utf-16-be", lambda pair: pair[1] in _BREAKS and not pair[0]),
    ):
        if sum(map(is_break, pairs)) * 2 >= breaks > 0:
            return encoding
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _rows_of(text: str) -> tuple[list[SheetRow], SheetUnreadable | None]:
    """The rows, and why they end before the text does. Old programs end lines in a carriage return."""
    delimiter = max(DELIMITERS, key=text[:BEGINNING].count)
    lines = list(StringIO(text, newline=None))
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[SheetRow] = []
    begins = 0
    for number, cells in enumerate(reader, start=1):
        if not _is_closed(lines[begins : reader.line_num], delimiter):
            return rows, SheetUnreadable("open_quote", row=number)
        begins = reader.line_num
        texts = tuple(plain(cell[:LONGEST_CELL]) for cell in cells[:MOST_COLUMNS])
        if not any(texts):
            continue
        if number > MOST_ROWS:
            return rows, SheetUnreadable("too_many_rows", most=MOST_ROWS)
        kinds = zip(count(1), map(_kind, cells, texts), strict=False)
        rows.append(SheetRow(number, texts, {column: kind for column, kind in kinds if kind}))
    return rows, None


def _is_closed(lines: list[str], delimiter: str) -> bool:
    """Whether the quotation marks of a row are in pairs. One that is not would swallow the rows below; within
    a single line what stands after a closing one is taken as it is."""
    if len(lines) == 1 and '"' not in lines[0]:
        return True
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return len(lines) == 1 and "unexpected end" not in str(error)
    return True


def _kind(cell: str, text: str) -> CellKind | None:
    """A mark alone is how people write "nothing", and a number with its sign is a number."""
    if len(cell) > LONGEST_CELL:
        return CellKind.CUT
    if len(text) > 1 and text.startswith(FORMULA_MARKS) and not _NUMBER.fullmatch(text):
        return CellKind.FORMULA
    if text in ERRORS:
        return CellKind.ERROR
    return CellKind.LINES if "\n" in cell.strip() else None
