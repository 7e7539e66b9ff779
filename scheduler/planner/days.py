"""All the days a delegation could have: for each local day every set of visits it can hold, at its best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from time import monotonic

import numpy as np

from scheduler.core.conflicts import STOPS_A_DAY
from scheduler.planner import labels
from scheduler.planner.around import day_costs
from scheduler.planner.breaks import BreakWindow, kept_within
from scheduler.planner.candidates import Candidate, Item
from scheduler.planner.daytime import Daytime, Ways, daytime_of
from scheduler.planner.gaps import CAUTION, MINUTE, NEVER, Nodes
from scheduler.planner.room import Candidates, local_days
from scheduler.planner.worth import Wishes, Worth

# More candidates than this on one day are thinned out, and then nothing is proven.
MOST_CANDIDATES = 450
Items = frozenset[Item]
FOREVER = float("inf")


@dataclass(frozen=True, eq=False)
class Column:
    """One day as it could be: a set of visits at their best hours, or the day with what stands there alone.

    `cost` orders columns of the same items: cautions, then minutes travelled and idle, then the finish.
    `without` are candidates that it was told to do without."""

    day: "Day"
    items: Items
    cost: int
    worth: Worth
    found: labels.Search | None = field(default=None, repr=False)
    members: int = 0
    nodes: Sequence[Candidate] = field(default=(), repr=False)
    without: frozenset[Candidate] = frozenset()

    @property
    def wishes(self) -> frozenset[int]:
        return frozenset(wish for wish, _, _ in self.items)

    @property
    def tours(self) -> frozenset[str]:
        return frozenset(tour for _, tour, _ in self.items)

    @cached_property
    def chain(self) -> tuple[Candidate, ...]:
        """The visits in order of hour."""
        if self.found is None:
            return ()
        order = self.found.chain(self.members)
        return tuple(self.nodes[self.found.nodes.candidate[node]] for node in order)

    @property
    def cautions(self) -> int:
        return self.cost // int(CAUTION)

    @property
    def minutes(self) -> int:
        """Travelled and idle."""
        return self.cost % int(CAUTION) // int(MINUTE)

    @property
    def finish(self) -> int:
        """Minutes from the day's start to the last stop's end."""
        return self.cost % int(MINUTE)

    @property
    def stops(self) -> int:
        """Visits that day, with those booked already."""
        return len(self.items) + self.day.time.booked


class Day:
    """One local day with its candidates and every column it can have (`columns`, the empty one first).

    `unfit` are candidates that clash with what stands there or leave no time for a break."""

    def __init__(self, time: Daytime, candidates: Sequence[Candidate], wishes: Wishes) -> None:
        self.wishes = wishes
        self.time = _keepable(time)
        windows = [(w.opens, w.closes, w.seconds) for w in self.time.windows]
        free = [c for c in candidates if self.time.is_free(c)]
        within = [kept_within(candidate, self.time.windows) for candidate in free]
        masks = labels.reachable_masks(free, windows, within)
        fit = [(c, m) for c, m in zip(free, masks, strict=True) if m]
        fit, self.is_whole = _thinned(fit)
        self.candidates = [candidate for candidate, _ in fit]
        self.unfit = [c for c in candidates if c not in set(self.candidates)]
        self._masks = [mask for _, mask in fit]
        self._within = [kept_within(candidate, self.time.windows) for candidate in self.candidates]
        self.columns: list[Column] = []
        self.is_complete = self.is_whole

    @property
    def on(self) -> date:
        return self.time.on

    @cached_property
    def _costs(self) -> dict[int, np.ndarray]:
        return day_costs(Nodes(self.time, self.candidates))

    def enumerate(self, until: float = FOREVER) -> None:
        """Find every column, as far as there is time (until a monotonic second)."""
        self.columns, found_all = self.columns_of(range(len(self.candidates)), until)
        self.is_complete = self.is_whole and found_all

    def best(self, items: Items, without: frozenset[Candidate] = frozenset()) -> Column | None:
        """The best column of exactly these items that does without some candidates."""
        numbers = [n for n, c in enumerate(self.candidates) if c.item in items and c not in without]
        columns, _ = self.columns_of(numbers, FOREVER, most=len(items))
        found = next((column for column in columns if column.items == items), None)
        return found and replace(found, without=without)

    def columns_of(
        self, numbers: Iterable[int], until: float, *, most: int | None = None
    ) -> tuple[list[Column], bool]:
        """The columns made of some candidates (their numbers), and whether these are all."""
        numbers = list(numbers)
        nodes = [self.candidates[n] for n in numbers]
        empty = Column(self, frozenset(), self._empty_cost, Worth())
        most = self.time.most_new if most is None else most
        if not nodes or most == 0 or monotonic() > until:
            return [empty], not nodes or most == 0
        rows = np.array([0, *(n + 1 for n in numbers)])
        columns = np.array([*numbers, len(self.candidates)])
        costs = {mask: cost[np.ix_(rows, columns)] for mask, cost in self._costs.items()}
        items = sorted({c.item for c in nodes})
        places = [items.index(c.item) for c in nodes]
        masks = [self._masks[n] for n in numbers]
        made = labels.nodes_of(costs, places, masks, [self._within[n] for n in numbers])
        found = labels.search(made, self._told(items, nodes), most=most, until=until)
        return [empty, *self._columns(found, items, nodes)], found.is_complete

    def _told(self, items: Sequence[Item], nodes: Sequence[Candidate]) -> list[labels.Item]:
        samples = [next(c for c in nodes if c.item == item) for item in items]
        told = []
        for sample in samples:
            bars = sum(1 << n for n, barred in enumerate(self.wishes.bars(sample, samples)) if barred)
            told.append(labels.Item(bars, self.wishes.worth(sample).rank))
        return told

    def _columns(
        self, found: labels.Search, items: Sequence[Item], nodes: Sequence[Candidate]
    ) -> list[Column]:
        worths = {c.item: self.wishes.worth(c) for c in nodes}
        columns = []
        for members, cost in found.best():
            held = frozenset(item for n, item in enumerate(items) if members >> n & 1)
            worth = sum((worths[item] for item in held), Worth())
            cost += self._crowded(len(held)) * int(CAUTION)
            columns.append(Column(self, held, cost, worth, found, members, nodes))
        return columns

    def _crowded(self, new: int) -> int:
        """The cautions of a fourth visit that day, which each new visit gets."""
        return new if new + self.time.booked > STOPS_A_DAY else 0

    @cached_property
    def _empty_cost(self) -> int:
        costs = day_costs(Nodes(self.time, ()))
        cost = int(costs[len(costs) - 1][0, 0])
        return 0 if cost >= NEVER else cost


def days_of(candidates: Candidates, wishes: Wishes, until: float = FOREVER) -> list[Day]:
    """Every local day of the stay with its columns, as far as there is time."""
    ways, found = Ways(candidates.asked), list[Day]()
    dates = local_days(candidates.asked)
    for on in dates:
        day = Day(daytime_of(candidates.asked, on, ways), candidates.on(on), wishes)
        # Each day has its share of the time, so that the last has some.
        left, now = len(dates) - len(found), monotonic()
        day.enumerate(now + (until - now) / left)
        found.append(day)
    return found


def _keepable(time: Daytime) -> Daytime:
    """The day with only the breaks that what stands there leaves time for: no plan could mend the others."""
    kept: tuple[BreakWindow, ...] = ()
    for window in time.windows:
        tried = replace(time, windows=(*kept, window))
        costs = day_costs(Nodes(tried, ()))
        if costs[len(costs) - 1][0, 0] < NEVER:
            kept = tried.windows
    return replace(time, windows=kept)


def _thinned(
    fit: Sequence[tuple[Candidate, list[int]]],
) -> tuple[list[tuple[Candidate, list[int]]], bool]:
    """At most so many candidates, spread evenly over the hours of each tour."""
    step = -(-len(fit) // MOST_CANDIDATES)
    if step <= 1:
        return list(fit), True
    kept, seen = [], dict[Item, int]()
    for candidate, masks in fit:
        number = seen[candidate.item] = seen.get(candidate.item, -1) + 1
        if number % step == 0 or candidate.is_pinned:
            kept.append((candidate, masks))
    return kept, False
