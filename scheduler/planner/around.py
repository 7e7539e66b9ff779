"""What it costs to go from one stop of a day to another when engagements or booked visits stand between."""

import numpy as np

from scheduler.core.slack import Spare, spare_of
from scheduler.core.stops import Stop
from scheduler.planner import gaps
from scheduler.planner.breaks import Gap, Ints, savings, seconds_of
from scheduler.planner.candidates import Candidate
from scheduler.planner.daytime import Daytime, ends_of
from scheduler.planner.gaps import CAUTION, MINUTE, NEVER, SHORT, Nodes, Piece


def day_costs(nodes: Nodes) -> dict[int, Ints]:
    """For every set of breaks kept on the way: what it costs from each (row 0 is the day's start, then the
    candidates) to each (the candidates, the last column is the day's end)."""
    day, number = nodes.day, len(nodes) + 1
    found = {m: np.full((number, number), NEVER, dtype=np.int64) for m in range(1 << len(day.windows))}
    groups_from = [(0, None, np.array([0])), *_groups(nodes, shift=1)]
    groups_to = [*_groups(nodes, shift=0), (len(day.fixed), None, np.array([number - 1]))]
    for one, before, rows in groups_from:
        for other, after, columns in groups_to:
            if one <= other:
                piece = _piece(nodes, (one, before), (other, after))
                for mask, cost in piece.costs().items():
                    found[mask][np.ix_(rows, columns)] = cost
    for cost in found.values():
        cost[:, :-1] = np.minimum(cost[:, :-1] + nodes.alone[None, :], NEVER)
    return found


def _groups(nodes: Nodes, *, shift: int) -> list[tuple[int, Ints | None, Ints]]:
    """The candidates by how many standing stops lie before them: their numbers, and their rows."""
    groups = [(int(slot), np.flatnonzero(nodes.slots == slot)) for slot in np.unique(nodes.slots)]
    return [(slot, members, members + shift) for slot, members in groups]


def _piece(nodes: Nodes, start: tuple[int, Ints | None], end: tuple[int, Ints | None]) -> Piece:
    """All the ways from one group to another; a group of None is the day's start or its end."""
    (one, before), (other, after) = start, end
    if one == other:
        if before is not None and after is not None:
            return gaps.between(nodes, before, after)
        if after is not None:
            return gaps.first(nodes, after)
        return gaps.nothing(nodes.day) if before is None else gaps.last(nodes, before)
    away = _to_first(nodes.day, one) if before is None else _away(nodes, before, one)
    back = _from_last(nodes.day, other) if after is None else _back(nodes, after, other)
    return away.then(_along(nodes.day, one, other)).then(back)


def _away(nodes: Nodes, before: Ints, slot: int) -> Piece:
    """From candidates to the standing stops that come next."""
    day, entries = nodes.day, nodes.day.entries(slot)
    found = [_leave(day, nodes.candidates[i], entries) for i in before]
    cost = np.array([[cost] for cost, _ in found], dtype=np.int64)
    way = np.array([[way] for _, way in found], dtype=np.int64)
    gap = Gap(nodes.ends[before, None], np.int64(seconds_of(entries[0].span.starts_at)), way * 60)
    return Piece(cost, savings(gap, day.windows))


def _back(nodes: Nodes, after: Ints, slot: int) -> Piece:
    """To candidates from the standing stops before them."""
    day, exits = nodes.day, nodes.day.exits(slot)
    found = [_come(day, nodes.candidates[j], exits) for j in after]
    cost = np.array([[cost for cost, _ in found]], dtype=np.int64)
    way = np.array([[way for _, way in found]], dtype=np.int64)
    gap = Gap(np.int64(ends_of(exits)), nodes.starts[None, after], way * 60)
    return Piece(cost, savings(gap, day.windows))


def _leave(day: Daytime, candidate: Candidate, entries: list[Stop]) -> tuple[int, int]:
    """The cost and minutes of the way from a candidate to standing stops."""
    place, cautions = candidate.option.site.code, 0
    gap = _minutes(candidate.ends_at.timestamp(), entries[0].span.starts_at.timestamp())
    longest = 0
    for stop in entries:
        way = day.ways.minutes(place, stop.site_code, day.hour(candidate.ends_at))
        own = _minutes(candidate.ends_at.timestamp(), stop.span.starts_at.timestamp())
        spare = spare_of(way, None if way is None else own - way)
        if spare is Spare.SHORT:
            return int(NEVER), 0
        cautions += spare is Spare.THIN
        longest = max(longest, way or 0)
    return cautions * int(CAUTION) + gap * int(MINUTE), longest


def _come(day: Daytime, candidate: Candidate, exits: list[Stop]) -> tuple[int, int]:
    """The cost and minutes of the way from standing stops to a candidate."""
    place, cautions, longest = candidate.option.site.code, 0, 0
    gap = (seconds_of(candidate.starts_at) - ends_of(exits)) // 60
    for stop in exits:
        way = day.ways.minutes(stop.ends_where, place, day.hour(stop.span.ends_at))
        own = _minutes(stop.span.ends_at.timestamp(), candidate.starts_at.timestamp())
        spare = spare_of(way, None if way is None else own - way)
        if spare is Spare.SHORT:
            return int(NEVER), 0
        cautions += spare is Spare.THIN or (way is None and own < SHORT)
        longest = max(longest, way or 0)
    return cautions * int(CAUTION) + gap * int(MINUTE), longest


def _along(day: Daytime, one: int, other: int) -> Piece:
    """Through the standing stops themselves, which stand whatever anybody thinks of them."""
    windows = day.windows
    nil = Gap(np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1), dtype=np.int64), np.int64(0))
    piece = Piece(np.zeros((1, 1), dtype=np.int64), savings(nil, windows))
    for slot in range(one + 1, other):
        exits, entry = day.exits(slot), day.fixed[slot]
        leaves = max(exits, key=lambda stop: stop.span.ends_at)
        starts = max(seconds_of(entry.span.starts_at), ends_of(exits))
        way = day.ways.minutes(leaves.ends_where, entry.site_code, day.hour(leaves.span.ends_at)) or 0
        gap = Gap(np.full((1, 1), ends_of(exits)), np.full((1, 1), starts), np.int64(way * 60))
        cost = np.full((1, 1), (starts - ends_of(exits)) // 60, dtype=np.int64) * MINUTE
        piece = piece.then(Piece(cost, savings(gap, windows)))
    return piece


def _to_first(day: Daytime, slot: int) -> Piece:
    """From the day's start to the first standing stop."""
    stop = day.entries(slot)[0]
    way = day.morning(stop.site_code, stop.span.starts_at)
    ends = np.full((1, 1), seconds_of(stop.span.starts_at), dtype=np.int64)
    gap = Gap(np.int64(day.opens), ends, np.int64(way * 60), is_between=False)
    return Piece(np.full((1, 1), way, dtype=np.int64) * MINUTE, savings(gap, day.windows))


def _from_last(day: Daytime, slot: int) -> Piece:
    """From the last standing stop to the day's end."""
    stop = max(day.exits(slot), key=lambda stop: stop.span.ends_at)
    way, ends = day.evening(stop.ends_where, stop.span.ends_at), seconds_of(stop.span.ends_at)
    gap = Gap(np.full((1, 1), ends), np.int64(day.closes), np.int64(way * 60), is_between=False)
    finish = max(ends - day.begins, 0) // 60
    return Piece(np.full((1, 1), way, dtype=np.int64) * MINUTE + finish, savings(gap, day.windows))


def _minutes(earlier: float, later: float) -> int:
    return int(later - earlier) // 60
