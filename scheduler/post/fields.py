"""The header fields of a mail from outside, read within bounds and without trust.

The standard library's structured header parser takes time by the square of what it is given, and fails in
many ways on hostile fields; here only what is needed is read, each field up to LONGEST_FIELD.
"""

import re
from dataclasses import dataclass

from scheduler.calendars.charsets import decoded

MOST_HEADER_BYTES = 1536 * 1024
MOST_LINES = 20_000
MOST_FIELDS = 2_000
LONGEST_FIELD = 8_000

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")


@dataclass(frozen=True)
class Fields:
    """Header fields in their order, names in lower case, values unfolded and cut at LONGEST_FIELD."""

    kept: tuple[tuple[str, bytes], ...] = ()

    def every(self, name: str) -> list[str]:
        """Each value of `name`, in order, as text without its ends' blanks."""
        return [decoded(value).strip() for key, value in self.kept if key == name]

    def first(self, name: str) -> str:
        """The first value of `name`, empty where there is none."""
        return next(iter(self.every(name)), "")

    def names(self) -> frozenset[str]:
        """The names that occur."""
        return frozenset(key for key, _ in self.kept)


def read_fields(data: bytes, start: int, end: int) -> tuple[Fields, int, bool]:
    """The fields at the head of `data[start:end]`, where the body begins, and whether all were read.

    The header ends at the first empty line; where the first line is no field there is no header. At most
    MOST_FIELDS fields in MOST_LINES lines and MOST_HEADER_BYTES bytes are read.
    """
    kept: list[tuple[str, bytearray]] = []
    at, last = start, min(end, start + MOST_HEADER_BYTES)
    for _ in range(MOST_LINES):
        if at >= last:
            break
        line_end = data.find(b"\n", at, last)
        after = last if line_end < 0 else line_end + 1
        line = data[at : min(after, at + LONGEST_FIELD)].rstrip(b"\r\n")
        if not line:
            return _finished(kept), after, True
        if line[:1] in b" \t" and kept:
            kept[-1][1].extend(line[: LONGEST_FIELD - len(kept[-1][1])])
        elif found := _FIELD.match(line):
            if len(kept) == MOST_FIELDS:
                break
            kept.append((found[1].decode("ascii").lower(), bytearray(line[found.end() :])))
        elif not kept and not line.startswith(b"From "):  # Which some programs put above a mail they keep.
            return Fields(), start, True
        at = after
    return _finished(kept), *_body_beyond(data, at, end)


def _finished(kept: list[tuple[str, bytearray]]) -> Fields:
    return Fields(tuple((name, bytes(value)) for name, value in kept))


def _body_beyond(data: bytes, at: int, end: int) -> tuple[int, bool]:
    """Where the body begins after fields that were not read; the whole rest was header when nowhere."""
    if at >= end:
        return end, True
    found = [
        place + len(gap)
        for gap in (b"\n\n", b"\n\r\n")
        if (place := data.find(gap, max(at - 2, 0), end)) >= 0
    ]
    return min(found, default=end), False
