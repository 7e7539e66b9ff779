"""The words above the columns of one kind of list, in every language it is sent in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from scheduler.papers.sheet import SheetRow

ColumnT = TypeVar("ColumnT", bound=StrEnum)

# A title and a logo may stand above the headings; lower down they are not looked for.
WITHIN_ROWS = 15
LONGEST_HEADING = 100
# "소속 Organisation": a stretch in Latin letters, or in none.
_OF_ONE_ALPHABET = re.compile(r"[ -~]*[A-Za-z][ -~]*|[^A-Za-z]+")


@dataclass(frozen=True)
class Header(Generic[ColumnT]):
    """The headings of a list: which column (from 1) holds what, which rows they take, what is not read, and
    the later columns that say the same as an earlier one."""

    columns: Mapping[ColumnT, int]
    first_row: int
    last_row: int
    ignored: Sequence[str]
    forbidden: str = ""
    again: Sequence[tuple[ColumnT, int]] = ()


class Vocabulary(Generic[ColumnT]):
    """What headings mean. `words` are those of each column by language, the first of each in its template;
    columns whose heading has one of the `forbidden` in it must not be sent."""

    def __init__(
        self, words: Mapping[ColumnT, Mapping[str, Iterable[str]]], forbidden: Sequence[str] = ()
    ) -> None:
        self._words = {column: {l: tuple(w) for l, w in told.items()} for column, told in words.items()}  # noqa: E741
        self._forbidden = forbidden
        self._known = {
            heading_key(word): column
            for column, languages in self._words.items()
            for several in languages.values()
            for word in several
        }

    def template(self, language: str, columns: Iterable[ColumnT]) -> list[str]:
        """What the columns of an empty list are called in a language; in English where we have no words."""
        return [self._words[each].get(language, self._words[each]["en"])[0] for each in columns]

    def known_headings(self, rows: Sequence[SheetRow]) -> int:
        """How many headings we know stand in the first rows: how well a text file was read."""
        return max((len(self._named(row)) for row in rows[:WITHIN_ROWS]), default=0)

    def rows_of_header(self, rows: Sequence[SheetRow]) -> tuple[SheetRow, SheetRow | None] | None:
        """The row among the first that says most, and the one above or below it where that is a second row
        of headings (in another language, or given and family name below one "Name")."""
        first = rows[:WITHIN_ROWS]
        best = max(range(len(first)), key=lambda index: len(self._named(first[index])), default=None)
        if best is None or not self._named(first[best]):
            return None
        upper, lower = first[best], rows[best + 1] if best + 1 < len(rows) else None
        if best and self._is_header(first[best - 1]):
            upper, lower = first[best - 1], first[best]
        return (upper, lower) if lower is not None and self._is_header(lower) else (upper, None)

    def read_header(self, upper: SheetRow, lower: SheetRow | None) -> Header[ColumnT]:
        """What the columns below one or two rows of headings hold; of two that say the same, the first."""
        columns: dict[ColumnT, int] = {}
        ignored, forbidden = [], ""
        again: list[tuple[ColumnT, int]] = []
        width = max(len(row.texts) for row in (upper, lower) if row is not None)
        for number in range(1, width + 1):
            words = [row.text(number) for row in (lower, upper) if row is not None and row.text(number)]
            forbidden = forbidden or next((each for each in words if self._is_forbidden(each)), "")
            column = next((found for found in map(self._column, words) if found is not None), None)
            if column is not None and column not in columns:
                columns[column] = number
            elif column is not None:
                again.append((column, number))
            elif words:
                ignored.append(words[0])
        return Header(columns, upper.number, (lower or upper).number, ignored, forbidden, again)

    def _is_header(self, row: SheetRow) -> bool:
        """Whether a row holds headings alone: what is known of it is most of it, and no address is in it."""
        told = [text for text in row.texts if text]
        named = len(self._named(row))
        return named > 0 and named * 2 >= len(told) and not any("@" in text for text in told)

    def _named(self, row: SheetRow) -> list[str]:
        return [text for text in row.texts if self._column(text) is not None or self._is_forbidden(text)]

    def _column(self, text: str) -> ColumnT | None:
        """What a heading means: as a whole, or by one of its halves where it is in two languages."""
        if not text or len(text) > LONGEST_HEADING:
            return None
        halves = [*re.split(r"[/()（）|]", text), *(half.group() for half in _OF_ONE_ALPHABET.finditer(text))]
        keys = map(heading_key, [text, *halves])
        return next((self._known[key] for key in keys if key in self._known), None)

    def _is_forbidden(self, text: str) -> bool:
        key = heading_key(text[:LONGEST_HEADING])
        return any(word in key for word in self._forbidden)


def heading_key(text: str) -> str:
    """A heading without its marks, spaces and capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "#" if folded.strip() == "#" else "".join(sign for sign in folded if sign.isalnum())
