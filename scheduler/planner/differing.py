"""Programmes that really differ: the best one, then the best that has enough stops elsewhere or otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from scheduler.planner.candidates import Candidate, Item
from scheduler.planner.choosing import Bound
from scheduler.planner.cutting import Standing, best_standing
from scheduler.planner.days import Column, days_of
from scheduler.planner.question import Room
from scheduler.planner.room import Candidates

# How many stops a further programme has on another day or of another tour: first so many, else so many.
DIFFERENCES = (2, 1)
NOON = 12


def programmes(room: Room, number: int, until: float) -> Iterator[Standing]:
    """At most so many programmes, the best first, each differing from all before it, as far as there is time
    (until a monotonic second)."""
    found: list[Standing] = []
    while len(found) < max(1, number):
        standing = next_best(room, found, until)
        if standing is None:
            return
        found.append(standing)
        yield standing


def next_best(room: Room, earlier: Sequence[Standing], until: float) -> Standing | None:
    """The best programme that differs enough from those before it and keeps no fewer musts and pins.

    At least two stops stand on another day or are another tour (or all, if there are fewer); if there is no
    such programme, one stop; if there is none either, one stop in another half of its day."""
    if not earlier:
        return best_standing(room, until=until)
    if not earlier[0].visits:
        return None
    for stops in DIFFERENCES:
        found = best_standing(room, [*_no_fewer(earlier[0]), *_different(earlier, stops)], until)
        if found is not None:
            return found
    finer = _halved(room, until)
    return best_standing(finer, [*_no_fewer(earlier[0]), *_different(earlier, 1, _by_half(room))], until)


def _no_fewer(first: Standing) -> list[Bound]:
    return [
        Bound(lambda c: c.worth.pins, least=sum(c.worth.pins for c in first.columns)),
        Bound(lambda c: c.worth.musts, least=sum(c.worth.musts for c in first.columns)),
    ]


def _by_tour(candidate: Candidate) -> Item:
    return replace(candidate, half="").item


def _by_half(room: Room) -> Callable[[Candidate], Item]:
    return lambda candidate: _in_half(room, candidate).item


def _different(
    earlier: Sequence[Standing], stops: int, item: Callable[[Candidate], Item] = _by_tour
) -> list[Bound]:
    """At least so many stops that each earlier programme does not have on that day, or all it has."""
    return [Bound(_new_beside(each, item), least=min(stops, len(each.visits))) for each in earlier]


def _new_beside(standing: Standing, item: Callable[[Candidate], Item]) -> Callable[[Column], int]:
    """How many stops of a column a programme does not have."""
    had = {column.day.on: frozenset(map(item, column.chain)) for column in standing.columns}
    return lambda column: len(column.items - had.get(column.day.on, frozenset()))


def _halved(room: Room, until: float) -> Room:
    """The same question, told apart by halves of the day as well."""
    of_wish = {
        wish: [_in_half(room, candidate) for candidate in found]
        for wish, found in room.candidates.of_wish.items()
    }
    finer = Candidates(room.candidates.weighing, of_wish, room.candidates.is_complete)
    return replace(room, candidates=finer, days=tuple(days_of(finer, room.wishes, until)))


def _in_half(room: Room, candidate: Candidate) -> Candidate:
    hour = candidate.starts_at.astimezone(room.asked.zone).hour
    return replace(candidate, half="morning" if hour < NOON else "afternoon")
