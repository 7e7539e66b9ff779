"""The travel table as a CSV file: read with everything that is wrong with it, line by line, and written."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from scheduler.core.travel import EVERY_HOUR

HEADER = ("origin", "destination", "hour", "minutes")
MOST_LINES = 20_000
MOST_MINUTES = 1440
LONGEST_SHOWN = 40
# For so many unknown codes the nearest known one is looked for; who has more sent another city's table.
MOST_GUESSES = 100
LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Spreadsheets take 7-9 for a day in July; 7~9 they leave alone.
HOURS = re.compile(r"([0-9]{1,2})(?:\s*[-\u2013~]\s*([0-9]{1,2}))?")

Key = tuple[str, str, int]
Guess = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class TravelRow:
    """One line as it was written: from where to where, within which hours (empty: any), how many minutes."""

    line: int
    origin: str
    destination: str
    hours: str
    minutes: str


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with one line: a code and its facts; doors find the words."""

    line: int
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class TravelTableFaulty(Exception):
    """A table with faults: all of them, in order of line. Nothing was written."""

    def __init__(self, faults: Iterable[LineFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__(f"{len(self.faults)} faults")


def read_travel_csv(content: bytes) -> tuple[list[TravelRow], list[LineFault]]:
    """The lines of a CSV file in UTF-8, with commas or semicolons, and the lines that are none. Empty lines
    and those that begin with # are passed over. Raises TravelTableFaulty when it is no such file at all."""
    lines = _lines(content)
    if not lines:
        raise TravelTableFaulty([_no_header(1, "")])
    delimiter = ";" if ";" in lines[0][1] and "," not in lines[0][1] else ","
    number, cells = lines[0][0], _cells(lines[0][1], delimiter)
    if cells is None or tuple(cell.lower() for cell in cells) != HEADER:
        raise TravelTableFaulty([_no_header(number, lines[0][1])])
    if len(lines) > MOST_LINES + 1:
        raise TravelTableFaulty([_too_many(lines[MOST_LINES + 1][0])])
    rows: list[TravelRow] = []
    faults: list[LineFault] = []
    for number, line in lines[1:]:
        cells = _cells(line, delimiter)
        if cells is None:
            faults.append(LineFault(number, "broken"))
        elif len(cells) != len(HEADER):
            faults.append(LineFault(number, "cells", {"cells": len(cells), "wanted": ",".join(HEADER)}))
        else:
            rows.append(TravelRow(number, *cells))
    return rows, faults


def checked(
    rows: Iterable[TravelRow], known: Iterable[str], faults: Iterable[LineFault] = ()
) -> dict[Key, int]:
    """Minutes by origin, destination and hour (-1: any), when every line is right; `known` are the codes of
    places, `faults` those already found. Raises TravelTableFaulty."""
    faults = list(faults)
    minutes: dict[Key, int] = {}
    lines: dict[Key, int] = {}
    codes = frozenset(known)
    guess = _guesser(codes)
    for row in rows:
        found = list(_faults(row, codes, guess))
        faults += found
        for hour in () if found else _hours(row.hours):
            key = (row.origin, row.destination, hour)
            if key in lines:
                told = {"first": lines[key], "hour": None if hour == EVERY_HOUR else hour}
                faults.append(LineFault(row.line, "twice", told))
                break
            lines[key], minutes[key] = row.line, int(row.minutes)
    if faults:
        raise TravelTableFaulty(faults)
    return minutes


def travel_csv(minutes: Mapping[Key, int]) -> str:
    """A table as the CSV file it could be read from again."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for (origin, destination, hour), taken in sorted(minutes.items()):
        writer.writerow((origin, destination, "" if hour == EVERY_HOUR else hour, taken))
    return file.getvalue()


def _lines(content: bytes) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = len(LINE_ENDS.split(content[: wrong.start].decode("latin-1")))
        raise TravelTableFaulty([LineFault(line, "not_utf8")]) from None
    numbered = enumerate(LINE_ENDS.split(text), start=1)
    return [(number, line) for number, line in numbered if line.strip(" \t,;") and not _is_remark(line)]


def _is_remark(line: str) -> bool:
    """Spreadsheets put quotes around a remark that holds a comma."""
    return line.lstrip('" ').startswith("#")


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line, empty ones at its end left out; None where quotes do not match."""
    try:
        reader = csv.reader([line], delimiter=delimiter, strict=True, skipinitialspace=True)
        cells = [cell.strip() for cell in next(reader)]
    except csv.Error:
        return None
    while len(cells) > len(HEADER) and not cells[-1]:
        cells.pop()
    return cells


def _no_header(line: int, found: str) -> LineFault:
    return LineFault(line, "header", {"wanted": ",".join(HEADER), "found": _shown(found)})


def _too_many(line: int) -> LineFault:
    return LineFault(line, "too_many_lines", {"most": MOST_LINES})


def _faults(row: TravelRow, codes: frozenset[str], guess: Guess) -> Iterator[LineFault]:
    for column, code in (("origin", row.origin), ("destination", row.destination)):
        if code not in codes:
            told = {"column": column, "value": _shown(code), "nearest": guess(code)}
            yield LineFault(row.line, "unknown_place", told)
    if row.origin == row.destination and row.origin in codes:
        yield LineFault(row.line, "same_place", {"value": row.origin})
    yield from _hour_faults(row)
    yield from _minute_faults(row)


def _hour_faults(row: TravelRow) -> Iterator[LineFault]:
    told = {"value": _shown(row.hours)}
    shape = HOURS.fullmatch(row.hours)
    if row.hours and shape is None:
        yield LineFault(row.line, "no_hour", told)
    elif shape is not None and not all(int(hour) <= 23 for hour in shape.groups() if hour):
        yield LineFault(row.line, "hour_range", told)
    elif shape is not None and shape[2] and int(shape[1]) > int(shape[2]):
        yield LineFault(row.line, "hours_backwards", {"first": int(shape[1]), "last": int(shape[2])})


def _minute_faults(row: TravelRow) -> Iterator[LineFault]:
    told = {"value": _shown(row.minutes), "most": MOST_MINUTES}
    if re.fullmatch(r"[0-9]{1,9}", row.minutes):
        if int(row.minutes) > MOST_MINUTES:
            yield LineFault(row.line, "minutes_range", told)
    elif re.fullmatch(r"[-\u2212][0-9]+([.,][0-9]+)?", row.minutes):
        yield LineFault(row.line, "minutes_negative", told)
    elif re.fullmatch(r"[0-9]*[.,][0-9]+", row.minutes):
        yield LineFault(row.line, "minutes_fraction", told)
    else:
        yield LineFault(row.line, "no_minutes", told)


def _hours(written: str) -> range:
    """The hours that a right line is about."""
    shape = HOURS.fullmatch(written)
    if shape is None:
        return range(EVERY_HOUR, EVERY_HOUR + 1)
    return range(int(shape[1]), int(shape[2] or shape[1]) + 1)


def _guesser(codes: frozenset[str]) -> Guess:
    """Finds the known code that was probably meant, each asked for once."""
    found: dict[str, str | None] = {}

    def guess(code: str) -> str | None:
        if code not in found and len(found) < MOST_GUESSES:
            near = get_close_matches(code[:LONGEST_SHOWN].upper(), codes, n=1)
            found[code] = near[0] if near else None
        return found.get(code)

    return guess


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:LONGEST_SHOWN])
