"""Files of the team orienteering problem with time windows: what stands in them, what is wrong with one."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isqrt
from pathlib import Path

from scheduler.planner.orienteering.tours import Problem

HEADER_LINES = 2
# Vertex, x, y, duration, score, two more and the length of the list; after the list its opening and closing.
BEFORE_THE_LIST, AFTER_THE_LIST = 7, 2
# No number in these files is larger, or has more decimals.
MOST, MOST_DECIMALS = 10**7, 6
# Cordeau's instances, alone or as a part of so many vertices ("pr07", "50_pr07"): two decimals, else one.
CORDEAU = re.compile(r"(\d+_)?pr\d", re.IGNORECASE)


class FileUnusable(Exception):
    """What is wrong with a folder or a file, in a sentence."""


@dataclass(frozen=True)
class Vertex:
    """One line: everything exactly as written."""

    number: int
    x: Fraction
    y: Fraction
    duration: Fraction
    score: int
    opens: Fraction
    closes: Fraction


@dataclass(frozen=True)
class Instance:
    """One file: the first vertex is where every tour begins and ends."""

    name: str
    vertices: tuple[Vertex, ...]
    decimals: int


def instances_in(folder: Path, *, decimals: int | None = None) -> tuple[list[Instance], list[str]]:
    """Every instance, by name; and the names of the files that are none.

    An instance is a file that begins with a line of numbers. Distances are rounded down to so many
    decimals, or to as many as its name says.
    """
    if not folder.is_dir():
        raise FileUnusable(f"{folder} is not a folder; name one that holds TOPTW files.")
    found, others = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix.lower() in {".csv", ".json", ".md"} or not path.is_file():
            continue
        lines = _lines(path)
        if lines is None:
            others.append(path.name)
        else:
            found.append(_instance(path, lines, decimals))
    if not found:
        raise FileUnusable(f"{folder} holds no TOPTW file: none begins with a line of four numbers.")
    return found, others


def best_known_in(folder: Path) -> dict[tuple[str, int], int]:
    """The best score known of each instance and number of days; empty where nobody wrote them down."""
    path = folder / "best_known.csv"
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return {(row["instance"].strip(), int(row["days"])): int(row["best_known"]) for row in rows}
    except (KeyError, TypeError, ValueError, AttributeError, csv.Error) as error:
        raise FileUnusable(
            f"{path} cannot be read: every row needs instance, days, best_known; the last two whole numbers."
        ) from error


def problem_of(instance: Instance) -> Problem:
    """The same as the engine takes it: in units so small that every time in the file is a whole number."""
    unit = _units(instance)
    finer = unit // 10**instance.decimals
    vertices = instance.vertices
    return Problem(
        travel=tuple(tuple(way * finer for way in row) for row in distances(instance)),
        service=tuple(int(vertex.duration * unit) for vertex in vertices),
        score=tuple(vertex.score for vertex in vertices),
        opens=tuple(int(vertex.opens * unit) for vertex in vertices),
        closes=tuple(int(vertex.closes * unit) for vertex in vertices),
    )


def distances(instance: Instance) -> list[list[int]]:
    """Euclid's, rounded down to the instance's decimals, in units of the last: exact, no float ever."""
    # Points in millionths are whole numbers, so the square of a distance is one, too.
    points = [
        (int(vertex.x * 10**MOST_DECIMALS), int(vertex.y * 10**MOST_DECIMALS)) for vertex in instance.vertices
    ]
    coarser = 100 ** (MOST_DECIMALS - instance.decimals)
    return [[isqrt(((x - u) ** 2 + (y - v) ** 2) // coarser) for u, v in points] for x, y in points]


def _units(instance: Instance) -> int:
    unit = 10**instance.decimals
    while any(
        (time * unit).denominator != 1
        for vertex in instance.vertices
        for time in (vertex.duration, vertex.opens, vertex.closes)
    ):
        unit *= 10
    return unit


def _lines(path: Path) -> list[list[str]] | None:
    """The words of each line, or nothing where the file begins with something else than numbers."""
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except UnicodeDecodeError:
        return None
    if not lines:
        raise FileUnusable(f"{path} is empty; a TOPTW file has two header lines and a line for each vertex.")
    return lines if all(_number(word) is not None for word in lines[0]) else None


def _instance(path: Path, lines: list[list[str]], decimals: int | None) -> Instance:
    vertices = tuple(_vertex(path, words) for words in lines[HEADER_LINES:])
    promised = _number(lines[0][2]) if len(lines[0]) > 2 else None
    if promised is None or len(vertices) != promised + 1:
        raise FileUnusable(
            f"{path} is torn: its first line promises {promised if promised is not None else 'no number of'} "
            f"vertices beside the depot, and {max(len(vertices) - 1, 0)} follow."
        )
    if len({vertex.number for vertex in vertices}) != len(vertices):
        raise FileUnusable(f"{path} has two vertices of the same number.")
    if decimals is None:
        decimals = 2 if CORDEAU.match(path.stem) else 1
    return Instance(name=path.stem, vertices=vertices, decimals=decimals)


def _vertex(path: Path, words: list[str]) -> Vertex:
    numbers = [_number(word) for word in words]
    known = [number for number in numbers if number is not None]
    whole = len(known) == len(numbers) > BEFORE_THE_LIST - 1
    if (
        not whole
        or len(known) != BEFORE_THE_LIST + known[6] + AFTER_THE_LIST
        or {known[0].denominator, known[4].denominator} != {1}
    ):
        raise FileUnusable(
            f"{path} has a line that is no vertex: “{' '.join(words)[:60]}”. Each has number, x, y, duration,"
            " whole score, two more numbers, the length of a list, the list, opening and closing."
        )
    number, x, y, duration, score = known[:5]
    if duration < 0 or score < 0:
        raise FileUnusable(f"{path}: vertex {number} has a duration or a score below nothing.")
    return Vertex(int(number), x, y, duration, int(score), opens=known[-2], closes=known[-1])


def _is_sensible(number: Decimal) -> bool:
    """Neither endless nor with a tail of digits that nobody measures."""
    return number.is_finite() and abs(number) < MOST and int(number.as_tuple().exponent) >= -MOST_DECIMALS


def _number(word: str) -> Fraction | None:
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    return Fraction(number) if _is_sensible(number) else None
