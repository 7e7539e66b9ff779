"""What it costs to go from one stop of a day straight to another, with nothing standing between.

Costs are one number each, in order of importance: cautions, minutes between stops (and from and to the
base), minutes until the last stop's end. They add up along a day, so the least sum is the best day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.core.conflicts import SHORT_BREAK
from scheduler.core.slack import THIN_SLACK_MINUTES
from scheduler.planner.breaks import Gap, Ints, is_impossible, savings, seconds_of, together
from scheduler.planner.candidates import Candidate
from scheduler.planner.daytime import Daytime

CAUTION, MINUTE = np.int64(1 << 40), np.int64(1 << 20)
NEVER = np.int64(1 << 60)
SHORT = int(SHORT_BREAK.total_seconds()) // 60
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Piece:
    """Some ways of one kind: their cost without breaks, and what each set of breaks makes good of it."""

    cost: Ints
    saved: dict[int, Ints]

    def then(self, other: "Piece") -> "Piece":
        """One after the other: for all pairs, where one is a column and the other a row."""
        return Piece(np.minimum(self.cost + other.cost, NEVER), together(self.saved, other.saved))

    def costs(self) -> dict[int, Ints]:
        """For every set of breaks kept on the way, what it costs; `NEVER` where it cannot be."""
        return {
            mask: np.where(is_impossible(saved) | (self.cost >= NEVER), NEVER, self.cost - saved * MINUTE)
            for mask, saved in self.saved.items()
        }


class Nodes:
    """The candidates of one day as arrays, in the order given."""

    def __init__(self, day: Daytime, candidates: Sequence[Candidate]) -> None:
        self.day, self.candidates = day, candidates
        self.starts = np.array([seconds_of(c.starts_at) for c in candidates], dtype=np.int64)
        self.ends = np.array([seconds_of(c.ends_at) for c in candidates], dtype=np.int64)
        self.places = [c.option.site.code for c in candidates]
        self.hours = [day.hour(c.ends_at) for c in candidates]
        self.slots = np.array([day.slot(c.starts_at) for c in candidates], dtype=np.int64)
        self.alone = np.array(
            [c.cautions * int(CAUTION) + c.less_welcome * int(MINUTE) for c in candidates], dtype=np.int64
        )

    def __len__(self) -> int:
        return len(self.candidates)


def between(nodes: Nodes, before: Ints, after: Ints) -> Piece:
    """From candidates to candidates: what the rules refuse is never, what they doubt they say of both."""
    starts, ends = nodes.starts[None, after], nodes.ends[before, None]
    gap, way = (starts - ends) // 60, _ways(nodes, before, after)
    is_same = np.array([[nodes.places[i] == nodes.places[j] for j in after] for i in before], dtype=bool)
    doubts = np.where((way > 0) & (gap - way < THIN_SLACK_MINUTES), 2, 0)
    doubts += np.where((way == UNKNOWN) & ~is_same & (gap < SHORT), 1, 0)
    cost = np.where((starts >= ends) & (gap >= way), doubts * CAUTION + gap * MINUTE, NEVER)
    return Piece(cost, savings(Gap(ends, starts, np.maximum(way, 0) * 60), nodes.day.windows))


def first(nodes: Nodes, after: Ints) -> Piece:
    """From the day's start: the way from the base counts, waiting there does not."""
    day = nodes.day
    way = np.array([[day.morning(nodes.places[j], nodes.candidates[j].starts_at) for j in after]])
    gap = Gap(np.int64(day.opens), nodes.starts[None, after], way * 60, is_between=False)
    return Piece(way.astype(np.int64) * MINUTE, savings(gap, day.windows))


def last(nodes: Nodes, before: Ints) -> Piece:
    """To the day's end, which comes with the last stop's end."""
    day = nodes.day
    way = np.array([[day.evening(nodes.places[i], nodes.candidates[i].ends_at)] for i in before])
    gap = Gap(nodes.ends[before, None], np.int64(day.closes), way * 60, is_between=False)
    finish = np.maximum(nodes.ends[before, None] - day.begins, 0) // 60
    return Piece(way.astype(np.int64) * MINUTE + finish, savings(gap, day.windows))


def nothing(day: Daytime) -> Piece:
    """A day without any stop."""
    gap = Gap(np.full((1, 1), day.opens), np.full((1, 1), day.closes), np.int64(0), is_between=False)
    return Piece(np.zeros((1, 1), dtype=np.int64), savings(gap, day.windows))


def _ways(nodes: Nodes, before: Ints, after: Ints) -> Ints:
    """Minutes on the way between candidates, each pair of places and hours looked up once."""
    ways = nodes.day.ways
    places = sorted({nodes.places[j] for j in after})
    column = np.array([places.index(nodes.places[j]) for j in after], dtype=np.int64)
    rows: dict[tuple[str, int], list[int]] = {}
    for i in before:
        key = nodes.places[i], nodes.hours[i]
        if key not in rows:
            found = (ways.minutes(key[0], place, key[1]) for place in places)
            rows[key] = [UNKNOWN if minutes is None else minutes for minutes in found]
    table = np.array([rows[nodes.places[i], nodes.hours[i]] for i in before], dtype=np.int64)
    return table.reshape(len(before), len(places))[:, column]
