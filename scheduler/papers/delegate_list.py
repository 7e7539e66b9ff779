"""Lists of delegates as spreadsheets: what was understood of one, row by row, and what was not."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.core.lines import is_email, is_one_line
from scheduler.papers.delimited import sheet_in_text
from scheduler.papers.headings import Column, Header, header_of, known_headings
from scheduler.papers.sheet import MOST_COLUMNS, Merged, Sheet, SheetRow, SheetUnreadable, column_letters
from scheduler.papers.workbook import is_workbook, sheets_of

MOST_BYTES = 2 * 1024 * 1024
LONGEST = {"email": 254}
LONGEST_TEXT = 200
# How people write "nothing" in a cell.
NOTHING = frozenset({"-", "–", "—", "--", "/", "n/a", "N/A", "없음", "无", "なし"})
NAMES = (Column.NAME, Column.FAMILY, Column.GIVEN, Column.NATIVE)
READ = (*NAMES, Column.POST, Column.ORGANISATION, Column.EMAIL)
# Kana, ideographs, hangul: scripts that put no space between family and given name.
WITHOUT_SPACES = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDelegate:
    """One person of a list. Empty where the list says nothing."""

    row: int
    print_as: str
    name_native: str = ""
    name_roman: str = ""
    post: str = ""
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a row; `column` is its letter, empty where it is the row as a whole. `code` is one of
    name_missing, too_long, control, not_email, formula, merged, twice."""

    row: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DelegateList:
    """What was understood: people without a fault, faults, headings of columns that are not read, the heading
    of each that is, and the encoding of a text file that had to be guessed."""

    people: Sequence[ListedDelegate]
    faults: Sequence[RowFault]
    ignored: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def read_delegate_list(
    data: bytes, *, languages: Iterable[str] = (), is_family_first: bool = False, most: int = 500
) -> DelegateList:
    """Read a list of delegates from the bytes of an .xlsx workbook or a text file, by the words above its
    columns (Korean, English, Chinese, Japanese, Arabic; in any order).

    `languages` are those of its writers, for text files that do not tell their encoding; `is_family_first`
    says how a printed name is made where only its parts are given. Raises SheetUnreadable, whose codes are
    those of the readers and `empty`, `too_large`, `no_header`, `no_people`, `too_many_people`,
    `forbidden_column` (passport and identity numbers are never read).
    """
    if not data.strip():
        raise SheetUnreadable("empty")
    if len(data) > MOST_BYTES:
        raise SheetUnreadable("too_large", most=MOST_BYTES // 1024 // 1024)
    sheet, header = _sheet_with_header(data, languages)
    if header.forbidden:
        raise SheetUnreadable("forbidden_column", heading=header.forbidden)
    rows = [row for row in sheet.rows if row.number > header.last_row and _says_something(row, header)]
    if not rows:
        raise SheetUnreadable("no_people")
    if len(rows) > most:
        raise SheetUnreadable("too_many_people", most=most)
    faults = list(_faults(rows, header, sheet.merged))
    faulty = {fault.row for fault in faults}
    people = [_person(row, header, is_family_first) for row in rows if row.number not in faulty]
    faults += _twice(people)
    faulty = {fault.row for fault in faults}
    return DelegateList(
        people=[person for person in people if person.row not in faulty],
        faults=sorted(faults, key=lambda fault: (fault.row, fault.column)),
        ignored=header.ignored,
        columns=_headings(sheet, header),
        encoding=sheet.encoding,
    )


def _sheet_with_header(data: bytes, languages: Iterable[str]) -> tuple[Sheet, Header]:
    """The first sheet that has headings we know."""
    sheets = sheets_of(data) if is_workbook(data) else [sheet_in_text(data, languages, known_headings)]
    for sheet in sheets:
        header = header_of(sheet.rows)
        if header is not None:
            return sheet, header
    raise SheetUnreadable("no_header")


def _says_something(row: SheetRow, header: Header) -> bool:
    """A row that holds nothing but its number is no row."""
    return any(_text(row, header, column) for column in READ)


def _text(row: SheetRow, header: Header, column: Column) -> str:
    text = row.text(header.columns.get(column, 0))
    return "" if text in NOTHING else text


def _faults(rows: Iterable[SheetRow], header: Header, merged: Iterable[Merged]) -> Iterator[RowFault]:
    read = {number: column for column, number in header.columns.items() if column in READ}
    together = [each for each in merged if each.first_row != each.last_row]
    for row in rows:
        if not any(_text(row, header, column) for column in NAMES):
            yield RowFault(row.number, "", "name_missing")
        both = sum(len(_text(row, header, column)) for column in (Column.FAMILY, Column.GIVEN)) + 1
        if both > LONGEST_TEXT:
            yield RowFault(row.number, "", "too_long", {"length": both, "most": LONGEST_TEXT})
        for number, column in read.items():
            text = _text(row, header, column)
            for code, facts in _faults_of_cell(text, column, is_formula=number in row.formulas):
                yield RowFault(row.number, column_letters(number), code, facts)
        for number in sorted(_merged_columns(row, together) & read.keys()):
            yield RowFault(row.number, column_letters(number), "merged")


def _faults_of_cell(text: str, column: Column, *, is_formula: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    most = LONGEST.get(column.value, LONGEST_TEXT)
    if is_formula:
        yield "formula", {"value": text[:40]}
    elif len(text) > most:
        yield "too_long", {"length": len(text), "most": most}
    elif not is_one_line(text):
        yield "control", {}
    elif column is Column.EMAIL and text and not is_email(text):
        yield "not_email", {"value": text[:80]}


def _merged_columns(row: SheetRow, together: Iterable[Merged]) -> set[int]:
    """The columns of a row of people whose cells were made one with those of other rows."""
    found: set[int] = set()
    for each in together:
        if each.first_row <= row.number <= each.last_row:
            found.update(range(each.first_column, min(each.last_column, MOST_COLUMNS) + 1))
    return found


def _person(row: SheetRow, header: Header, is_family_first: bool) -> ListedDelegate:
    name, family, given, native = (_text(row, header, column) for column in NAMES)
    pair = [each for each in ((family, given) if is_family_first else (given, family)) if each]
    composed = ("" if all(map(_needs_no_space, pair)) else " ").join(pair)
    told = name or composed or native
    return ListedDelegate(
        row=row.number,
        print_as=told,
        name_native=native or ("" if told.isascii() or _is_latin(told) else told),
        name_roman=next((each for each in (composed, name) if each and _is_latin(each)), ""),
        post=_text(row, header, Column.POST),
        organisation=_text(row, header, Column.ORGANISATION),
        email=_text(row, header, Column.EMAIL).lower(),
    )


def _headings(sheet: Sheet, header: Header) -> dict[str, str]:
    """The heading of each column that is read, by what it holds."""
    rows = [row for row in sheet.rows if header.first_row <= row.number <= header.last_row]
    return {
        column.value: " / ".join(dict.fromkeys(filter(None, (row.text(number) for row in rows))))
        for column, number in header.columns.items()
        if column in READ
    }


def _twice(people: Iterable[ListedDelegate]) -> Iterator[RowFault]:
    """Rows that name somebody a second time: by the same name, unless each has an address of their own.
    One address for several is nothing odd: offices often give theirs for everybody."""
    named: dict[str, list[ListedDelegate]] = {}
    for person in people:
        before = named.setdefault(same_name(person.print_as), [])
        first = next(
            (each for each in before if "" in (each.email, person.email) or each.email == person.email), None
        )
        if first is not None:
            yield RowFault(person.row, "", "twice", {"name": person.print_as, "other": first.row})
        before.append(person)


def same_name(name: str) -> str:
    """What two ways to write one name have in common: neither capitals, nor spaces, nor widths of letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(sign, "") for sign in letters)


def _needs_no_space(text: str) -> bool:
    return all(any(first <= sign <= last for first, last in WITHOUT_SPACES) for sign in text)
