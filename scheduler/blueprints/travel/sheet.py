"""Ways as pages show them: hours that are alike drawn together, changes of a table, its faulty lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from scheduler.actions.travel_files import Key, LineFault
from scheduler.actions.travel_times import Imported
from scheduler.core.travel import EVERY_HOUR, Travel, great_circle_km
from scheduler.words.lists import listed
from scheduler.words.travel_words import hours_in_words, line_fault_in_words

# So many rows are read by nobody; the rest is counted.
MOST_CHANGES, MOST_FAULTS = 100, 300


@dataclass(frozen=True)
class Stretch:
    """Hours of leaving over which a way takes the same minutes for the same reason."""

    hours: str
    minutes: int | None
    source: str
    is_any_hour: bool


@dataclass(frozen=True)
class Change:
    """Rows of the table, alike from hour to hour, that an import adds, changes or removes."""

    origin: str
    destination: str
    hours: str
    before: int | None
    after: int | None


def stretches(travel: Travel, origin: str, destination: str) -> list[Stretch]:
    """The whole day from its first hour to its last."""

    def told(hour: int) -> tuple[int | None, str, bool]:
        way = travel.way(origin, destination, hour)
        if way is None:
            return None, "unknown", False
        return way.minutes, way.source.value, way.listed_hour == EVERY_HOUR

    found = []
    for (minutes, source, is_any), alike in groupby(range(24), told):
        hours = list(alike)
        found.append(Stretch(hours_in_words(hours[0], hours[-1]), minutes, source, is_any))
    return found


def distance_km(travel: Travel, origin: str, destination: str) -> float | None:
    """The straight line between two places, to a tenth of a kilometre, where both are on the map."""
    one, other = travel.points.get(origin), travel.points.get(destination)
    return None if one is None or other is None else round(great_circle_km(one, other), 1)


def changes_shown(imported: Imported) -> tuple[list[Change], int]:
    """The first changes in order of their codes, hours in a row that change alike drawn together, and how
    many rows are not among them."""
    rows = sorted(imported.changes.items())

    def alike(each: tuple[int, tuple[Key, tuple[int | None, int | None]]]) -> object:
        place, ((origin, destination, hour), values) = each
        return origin, destination, values, hour == EVERY_HOUR, hour - place

    found: list[Change] = []
    told = 0
    for _alike, run in groupby(enumerate(rows), alike):
        if len(found) == MOST_CHANGES:
            break
        (first, values), *others = [row for _place, row in run]
        last = others[-1][0] if others else first
        found.append(Change(first[0], first[1], hours_in_words(first[2], last[2]), *values))
        told += 1 + len(others)
    return found, len(rows) - told


def faults_shown(faults: Iterable[LineFault]) -> list[tuple[int, str]]:
    """The first faults with their lines, in words."""
    return [(fault.line, line_fault_in_words(fault)) for fault in list(faults)[:MOST_FAULTS]]


def lines_beyond(faults: Iterable[LineFault]) -> str:
    """The numbers of the faulty lines that are not shown, runs of them drawn together: 301-450, 460."""
    lines = sorted({fault.line for fault in list(faults)[MOST_FAULTS:]})
    runs = []
    for _offset, run in groupby(enumerate(lines), lambda each: each[1] - each[0]):
        numbers = [line for _place, line in run]
        runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return listed(runs)
