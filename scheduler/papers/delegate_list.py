"""Lists of delegates as spreadsheets: what was understood of one, row by row, and what was not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.core.lines import is_email, is_one_line
from scheduler.papers.headings import VOCABULARY, Column, header_of
from scheduler.papers.list_rows import MOST_BYTES, ListRow, ReadList, RowFault, Shape, read_rows
from scheduler.papers.sheet import LONGEST_CELL, CellKind

__all__ = [
    "MOST_BYTES",
    "DelegateList",
    "ListedDelegate",
    "RowFault",
    "judge_delegates",
    "read_delegate_list",
]

LONGEST = {"email": 254}
LONGEST_TEXT = 200
NAMES = (Column.NAME, Column.FAMILY, Column.GIVEN, Column.NATIVE)
READ = (*NAMES, Column.POST, Column.ORGANISATION, Column.EMAIL)
# As programs write a very large number.
_NUMBER = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+")
SHAPE = Shape(VOCABULARY, header_of, READ)
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


@dataclass(frozen=True)
class DelegateList:
    """What was understood: people without a fault, faults, headings of columns that are not read, the heading
    of each that is, and what else a list read tells of its file (see ReadList)."""

    people: Sequence[ListedDelegate]
    faults: Sequence[RowFault]
    ignored: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    unnamed: Sequence[str] = ()
    sheet: str = ""
    other_sheets: Sequence[str] = ()


def read_delegate_list(
    data: bytes, *, languages: Iterable[str] = (), is_family_first: bool = False
) -> DelegateList:
    """Read a list of delegates from the bytes of an .xlsx workbook or a text file, by the words above its
    columns (Korean, English, Chinese, Japanese, Arabic; in any order).

    `languages` are those of its writers, for text files that do not tell their encoding; `is_family_first`
    says how a printed name is made where only its parts are given. Raises SheetUnreadable (see `read_rows`;
    passport and identity numbers are never read).
    """
    return judge_delegates(read_rows(data, SHAPE, languages), is_family_first=is_family_first)


def judge_delegates(read: ReadList, *, is_family_first: bool = False) -> DelegateList:
    """What is right and what is wrong in the rows of a list, as they were sent or mended since. Faults are
    name_missing, not_a_name, lines, too_long, control, not_email, formula, error, merged, twice."""
    faults = [fault for row in read.rows for fault in _faults(row, read.letters)]
    faulty = {fault.row for fault in faults}
    people = [_person(row, is_family_first) for row in read.rows if row.number not in faulty]
    faults += _twice(people)
    faulty = {fault.row for fault in faults}
    return DelegateList(
        people=[person for person in people if person.row not in faulty],
        faults=sorted(faults, key=lambda fault: (fault.row, fault.column)),
        ignored=read.ignored,
        columns=read.headings,
        encoding=read.encoding,
        unnamed=read.unnamed,
        sheet=read.sheet,
        other_sheets=read.other_sheets,
    )


def _faults(row: ListRow, letters: Mapping[str, str]) -> Iterator[RowFault]:
    if not any(row.text(column) for column in NAMES):
        yield RowFault(row.number, "", "name_missing")
    both = sum(len(row.text(column)) for column in (Column.FAMILY, Column.GIVEN)) + 1
    if both > LONGEST_TEXT:
        yield RowFault(row.number, "", "too_long", {"length": both, "most": LONGEST_TEXT})
    for column in READ:
        letter = letters.get(column, "")
        for code, facts in _faults_of_cell(row.text(column), column, row.kinds.get(column)):
            yield RowFault(row.number, letter, code, facts, column.value)
        if column in row.merged:
            yield RowFault(row.number, letter, "merged", cell=column.value)


def _faults_of_cell(text: str, column: Column, kind: CellKind | None) -> Iterator[tuple[str, dict[str, Any]]]:
    most = LONGEST.get(column.value, LONGEST_TEXT)
    if kind in (CellKind.FORMULA, CellKind.ERROR):
        yield str(kind), {"value": text[:40]}
    elif kind is CellKind.CUT:
        yield "too_long", {"length": f"> {LONGEST_CELL}", "most": most}
    elif len(text) > most:
        yield "too_long", {"length": len(text), "most": most}
    elif not is_one_line(text):
        yield "control", {}
    elif column in NAMES and kind is CellKind.LINES:
        yield "lines", {}
    elif column in NAMES and text and (kind is CellKind.VALUE or not _may_be_a_name(text)):
        yield "not_a_name", {"value": text[:40]}
    elif column is Column.EMAIL and text and not is_email(text):
        yield "not_email", {"value": text[:80]}


def _person(row: ListRow, is_family_first: bool) -> ListedDelegate:
    name, family, given, native = (row.text(column) for column in NAMES)
    pair = [each for each in ((family, given) if is_family_first else (given, family)) if each]
    composed = ("" if all(map(_needs_no_space, pair)) else " ").join(pair)
    told = name or composed or native
    return ListedDelegate(
        row=row.number,
        print_as=told,
        name_native=native or ("" if told.isascii() or _is_latin(told) else told),
        name_roman=next((each for each in (composed, name) if each and _is_latin(each)), ""),
        post=row.text(Column.POST),
        organisation=row.text(Column.ORGANISATION),
        email=row.text(Column.EMAIL).lower(),
    )


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


def _may_be_a_name(text: str) -> bool:
    """Whether there is a letter in it, and it is no number all the same."""
    return any(sign.isalpha() for sign in text) and not _NUMBER.fullmatch(text)


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(sign, "") for sign in letters)


def _needs_no_space(text: str) -> bool:
    return all(any(first <= sign <= last for first, last in WITHOUT_SPACES) for sign in text)
