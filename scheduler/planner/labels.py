"""The best order and hours for every set of wishes that a day can hold, found set by set, each exactly once.

A label is the least cost of a day's beginning that has seen a set of items (wish and tour) and ends at one
node (a candidate, and which breaks are kept by then). Longer sets grow from shorter ones; all arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from time import monotonic

import numpy as np
import numpy.typing as npt

from scheduler.planner.breaks import Ints
from scheduler.planner.candidates import Candidate
from scheduler.planner.gaps import NEVER

Bools = npt.NDArray[np.bool_]
# So many sets of one size are followed; of more, those worth most, and then nothing is proven.
MOST_SETS = 4000
MOST_AT_ONCE = 500_000


@dataclass(frozen=True, eq=False)
class Nodes:
    """Candidates with the breaks kept when they begin, and the costs between them. `item` is the number of
    each node's item; `start`, `end` the costs from the day's start and to its end."""

    candidate: Ints
    kept: Ints
    item: Ints
    between: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, eq=False)
class Level:
    """All the sets of one size: their members as bits, the place of each, and their labels by node."""

    members: list[int]
    place: dict[int, int]
    labels: Ints


@dataclass(frozen=True, eq=False)
class Search:
    """The levels found, and whether they are all there could be."""

    nodes: Nodes
    levels: list[Level]
    is_complete: bool

    def best(self) -> list[tuple[int, int]]:
        """Every set that makes a whole day, with its cost."""
        found = []
        for level in self.levels:
            ends = np.min(level.labels + self.nodes.end[None, :], axis=1, initial=NEVER)
            found += [(level.members[i], int(ends[i])) for i in np.flatnonzero(ends < NEVER)]
        return found

    def chain(self, members: int) -> list[int]:
        """The nodes of the best day of a set, in order."""
        size = members.bit_count()
        level = self.levels[size - 1]
        onward, chain = self.nodes.end, list[int]()
        while True:
            totals = level.labels[level.place[members]] + onward
            node = int(np.argmin(totals))
            chain.append(node)
            members ^= 1 << int(self.nodes.item[node])
            if not members:
                return chain[::-1]
            level, onward = self.levels[members.bit_count() - 1], self.nodes.between[:, node]


def nodes_of(
    costs: Mapping[int, Ints],
    items: Sequence[int],
    reachable: Sequence[Sequence[int]],
    within: Sequence[int],
) -> Nodes:
    """The nodes of some candidates: `costs` by breaks kept on the way, the item of each candidate, the sets
    of breaks that may be kept when each begins, and the set that finds time within it."""
    pairs = [(number, kept) for number, masks in enumerate(reachable) for kept in masks]
    candidate = np.array([number for number, _ in pairs], dtype=np.int64)
    kept = np.array([mask for _, mask in pairs], dtype=np.int64)
    full = len(costs) - 1
    between = np.full((len(pairs), len(pairs)), NEVER, dtype=np.int64)
    start = np.full(len(pairs), NEVER, dtype=np.int64)
    end = np.full(len(pairs), NEVER, dtype=np.int64)
    inner = np.array([within[number] for number, _ in pairs], dtype=np.int64)
    for mask in range(full + 1):
        of_mask = np.flatnonzero(kept == mask)
        start[of_mask] = costs[mask][0, candidate[of_mask]]
    for mask, more in product(range(full + 1), repeat=2):
        # By a candidate's end its own pauses may have kept some more.
        of_mask = np.flatnonzero((kept == mask) & (more & ~inner == 0))
        if mask & more or not len(of_mask):
            continue
        by_end, rows = mask | more, candidate[of_mask] + 1
        end[of_mask] = np.minimum(end[of_mask], costs[full ^ by_end][rows, -1])
        for later in range(full + 1):
            if by_end & ~later == 0:
                to = np.flatnonzero(kept == later)
                where = np.ix_(of_mask, to)
                onward = costs[later ^ by_end][np.ix_(rows, candidate[to])]
                between[where] = np.minimum(between[where], onward)
    item = np.array(items, dtype=np.int64)[candidate] if pairs else np.zeros(0, dtype=np.int64)
    return Nodes(candidate, kept, item, between, start, end)


@dataclass(frozen=True, slots=True)
class Item:
    """What the search must know of an item: which others (bits) may not have been seen before it, and what
    it is worth where not all sets can be followed."""

    bars: int
    worth: int


def search(nodes: Nodes, items: Sequence[Item], *, most: int, until: float) -> Search:
    """All sets of at most so many items; `until` is when to stop (monotonic seconds)."""
    levels: list[Level] = []
    members = [1 << item for item in range(len(items))]
    labels = np.full((len(items), len(nodes.item)), NEVER, dtype=np.int64)
    for item in range(len(items)):
        of_item = np.flatnonzero(nodes.item == item)
        labels[item, of_item] = nodes.start[of_item]
    level, is_whole = _kept(members, labels, items)
    is_complete = is_whole
    while level.members and len(levels) < most:
        levels.append(level)
        if len(levels) == most:
            break
        if monotonic() > until:
            return Search(nodes, levels, is_complete=False)
        level, is_whole = _longer(nodes, level, items)
        is_complete = is_complete and is_whole
    return Search(nodes, levels, is_complete)


def _longer(nodes: Nodes, level: Level, items: Sequence[Item]) -> tuple[Level, bool]:
    """The sets with one more item."""
    place: dict[int, int] = {}
    target = np.full((len(level.members), len(items)), -1, dtype=np.int64)
    for row, seen in enumerate(level.members):
        for item, told in enumerate(items):
            if not seen & (told.bars | 1 << item):
                target[row, item] = place.setdefault(seen | 1 << item, len(place))
    labels = np.full((len(place), len(nodes.item)), NEVER, dtype=np.int64)
    columns = [np.flatnonzero(nodes.item == item) for item in range(len(items))]
    for own in range(len(items)):
        rows = np.array([r for r, seen in enumerate(level.members) if seen >> own & 1], dtype=np.int64)
        if not len(rows) or not len(columns[own]):
            continue
        reached = _reached(level.labels[np.ix_(rows, columns[own])], nodes.between[columns[own]])
        for item, to in enumerate(columns):
            goes = np.flatnonzero(target[rows, item] >= 0)
            if len(goes) and len(to):
                where = np.ix_(target[rows[goes], item], to)
                labels[where] = np.minimum(labels[where], reached[np.ix_(goes, to)])
    return _kept(list(place), np.minimum(labels, NEVER), items)


def _reached(labels: Ints, between: Ints) -> Ints:
    """The least cost to each node from any of some nodes, for many labels at once."""
    size = labels.shape[0] * between.shape[0] * between.shape[1]
    if size <= MOST_AT_ONCE:
        return np.asarray(np.min(labels[:, :, None] + between[None, :, :], axis=1))
    best = np.full((labels.shape[0], between.shape[1]), NEVER, dtype=np.int64)
    for node in range(between.shape[0]):
        np.minimum(best, labels[:, node, None] + between[None, node, :], out=best)
    return best


def _kept(members: list[int], labels: Ints, items: Sequence[Item]) -> tuple[Level, bool]:
    """The sets that are possible at all; where they are too many, those worth most, then the cheapest."""
    least = np.min(labels, axis=1, initial=NEVER)
    rows = np.flatnonzero(least < NEVER)
    is_whole = len(rows) <= MOST_SETS
    if not is_whole:
        worth = [sum(item.worth for i, item in enumerate(items) if members[row] >> i & 1) for row in rows]
        rows = np.sort(rows[np.lexsort((least[rows], -np.array(worth)))[:MOST_SETS]])
    kept = [members[row] for row in rows]
    return Level(kept, {seen: i for i, seen in enumerate(kept)}, labels[rows]), is_whole


def reachable_masks(
    candidates: Sequence[Candidate], windows: Sequence[tuple[int, int, int]], within: Sequence[int]
) -> list[list[int]]:
    """For each candidate the sets of breaks (opens, closes, seconds; a bit each) that may be kept by its
    start: one that only fits before it must be, one that only fits after it or within it cannot. None fits:
    no set."""
    found = []
    for candidate, inner in zip(candidates, within, strict=True):
        masks = [0]
        starts, ends = candidate.starts_at.timestamp(), candidate.ends_at.timestamp()
        for bit, (opens, closes, seconds) in enumerate(windows):
            before, after = opens + seconds <= starts, ends + seconds <= closes or inner >> bit & 1
            masks = [m for m in masks if after] + [m | 1 << bit for m in masks if before]
        found.append(masks)
    return found
