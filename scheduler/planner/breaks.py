"""Meals and prayers as windows: which of a day's can be kept in a gap between two stops, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from scheduler.core.slack import THIN_SLACK_MINUTES
from scheduler.core.spans import Span
from scheduler.core.stops import Stop
from scheduler.core.wishes import Break
from scheduler.planner.candidates import Candidate

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# A day of more windows is nobody's; of more in one gap than these not every order is tried.
MOST_BREAKS, ALL_ORDERS = 5, 3
IMPOSSIBLE = np.int64(-(2**30))
# What a way that a break leaves too little time for weighs, in minutes: as one caution does.
THIN = np.int64(2**20)


@dataclass(frozen=True, slots=True)
class BreakWindow:
    """One break on one day: seconds since the epoch between which so many seconds stay free."""

    kind: Break
    opens: int
    closes: int

    @property
    def seconds(self) -> int:
        return self.kind.minutes * 60


@dataclass(frozen=True, slots=True)
class Gap:
    """The time between two stops, in seconds (arrays of one shape, or numbers), with the seconds that the
    way takes of it. Minutes of a break that it holds are not idle where it lies between stops."""

    starts: Any
    ends: Any
    way: Any
    is_between: bool = True


def windows_on(
    day: date, breaks: Sequence[Break], stops: Sequence[Stop], zone: ZoneInfo
) -> list[BreakWindow]:
    """The breaks that a day asks for. A stop that is itself such a meal or prayer keeps it."""
    found = []
    for each in breaks:
        if day.weekday() not in each.weekdays or each.minutes <= 0:
            continue
        opens = datetime.combine(day, each.earliest, zone)
        closes = datetime.combine(day, each.latest, zone)
        if opens >= closes:
            continue
        window = Span(opens, closes)
        if any(stop.kind == each.kind.value and stop.span.overlaps(window) for stop in stops):
            continue
        found.append(BreakWindow(each, seconds_of(opens), seconds_of(closes)))
    return found[:MOST_BREAKS]


def seconds_of(instant: datetime) -> int:
    """The instant as whole seconds since the epoch."""
    return int(instant.timestamp())


def savings(gap: Gap, windows: Sequence[BreakWindow]) -> dict[int, Ints]:
    """For every set of breaks (a bit each): the idle minutes that they make good in a gap, less `THIN` where
    they leave too little to spare for the way, or `IMPOSSIBLE` where they cannot all be kept in it."""
    nothing = np.zeros(np.broadcast(gap.starts, gap.ends, gap.way).shape, dtype=np.int64)
    found = {0: nothing}
    for mask in range(1, 1 << len(windows)):
        held = [window for bit, window in enumerate(windows) if mask >> bit & 1]
        found[mask] = np.where(_fits(gap, held), worth_of(gap, held), IMPOSSIBLE)
    return found


def worth_of(gap: Gap, held: Sequence[BreakWindow]) -> Any:
    """The idle minutes that some breaks make good in a gap that holds them, less `THIN` where they leave too
    little to spare for its way."""
    minutes = sum(window.kind.minutes for window in held) if gap.is_between else 0
    return np.int64(minutes) - np.where(_leaves_thin(gap, held), THIN, 0)


def is_impossible(saved: Ints) -> Bools:
    """Where some breaks cannot be kept, in whatever sums."""
    return np.asarray(saved < IMPOSSIBLE // 2)


def together(one: dict[int, Ints], other: dict[int, Ints]) -> dict[int, Ints]:
    """The same for two gaps, each break kept in either of them."""
    return {
        mask: _best([one[part] + other[mask ^ part] for part in _parts_of(mask)]) for mask in range(len(one))
    }


def placed_in(gap: Gap, windows: Sequence[BreakWindow]) -> list[tuple[BreakWindow, int]] | None:
    """Where some breaks begin in one gap (of plain numbers), or None if they cannot all be kept. A break
    lies after the way where that is possible, else before it, else on it."""
    for shift in (gap.way, 0):
        for order in permutations(windows):
            now, found = gap.starts + shift, []
            for window in order:
                begins = max(now, window.opens)
                found.append((window, begins))
                now = begins + window.seconds
            total = sum(window.seconds for window in windows)
            is_in = all(begins + window.seconds <= window.closes for window, begins in found)
            if is_in and now <= gap.ends and gap.ends - gap.starts - total >= gap.way:
                return found
    return None


def kept_within(candidate: Candidate, windows: Sequence[BreakWindow]) -> int:
    """The breaks (a bit each) that a split party can keep while it waits for its other shares."""
    kept = 0
    for gap in pauses_of(candidate):
        held: list[BreakWindow] = []
        for bit, window in enumerate(windows):
            if not kept >> bit & 1 and placed_in(gap, [*held, window]) is not None:
                held.append(window)
                kept |= 1 << bit
    return kept


def pauses_of(candidate: Candidate) -> list[Gap]:
    """The gaps within a visit. Nobody counts them as idle: it is one stop."""
    spans = candidate.pauses
    return [Gap(seconds_of(s.starts_at), seconds_of(s.ends_at), 0, is_between=False) for s in spans]


def _leaves_thin(gap: Gap, held: Sequence[BreakWindow]) -> Any:
    """Whether it is the breaks that leave less than a safe margin beside the way to the next stop."""
    if not gap.is_between:
        return np.False_
    spare, margin = gap.ends - gap.starts - gap.way, THIN_SLACK_MINUTES * 60
    total = sum(window.seconds for window in held)
    return (gap.way > 0) & (spare >= margin) & (spare - total < margin)


def _fits(gap: Gap, held: Sequence[BreakWindow]) -> Any:
    """Whether all of them fit into a gap one after another, in some order, and the way beside them."""
    total = sum(window.seconds for window in held)
    roomy = (gap.ends - gap.starts - total) >= gap.way
    fits = np.zeros_like(roomy)
    for order in _orders(held):
        now, is_in = gap.starts, roomy
        for window in order:
            now = np.maximum(now, window.opens) + window.seconds
            is_in = is_in & (now <= window.closes)
        fits = fits | (is_in & (now <= gap.ends))
    return fits


def _orders(held: Sequence[BreakWindow]) -> Iterator[Sequence[BreakWindow]]:
    """The orders in which breaks are tried in one gap: of a few all, of many those by their hours."""
    if len(held) <= ALL_ORDERS:
        yield from permutations(held)
    else:
        yield sorted(held, key=lambda window: window.closes)
        yield sorted(held, key=lambda window: window.opens)


def _parts_of(mask: int) -> Iterator[int]:
    """Every set within a set, itself and none included."""
    part = mask
    while True:
        yield part
        if part == 0:
            return
        part = (part - 1) & mask


def _best(options: Sequence[Ints]) -> Ints:
    """The most that can be made good; what is impossible in either part stays clearly so."""
    best = options[0]
    for option in options[1:]:
        best = np.maximum(best, option)
    return np.where(is_impossible(best), IMPOSSIBLE, best)
