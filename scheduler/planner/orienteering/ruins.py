"""Which places a ruin takes out: neighbours on the map, stretches of each day, or any."""

import random
from collections.abc import Sequence

from scheduler.planner.orienteering.problem import Problem

Tour = tuple[int, ...]
# No ruin takes more places than this, nor more than this share of all that are visited.
MOST_OUT, LARGEST_SHARE = 10, 0.6
# How often a ruin is about one place of the map, how often it takes any; else it takes a stretch of each day.
NEARBY, ANY = 0.6, 0.2


class Ruins:
    """Chooses what to take out, after the adjacent strings of Christiaens and Vanden Berghe (2020)."""

    def __init__(self, problem: Problem, chance: random.Random) -> None:
        self._chance = chance
        places = range(1, len(problem.score))
        self._neighbours = [sorted(places, key=way.__getitem__) for way in problem.travel]

    def taken_out(self, tours: Sequence[Tour]) -> set[int]:
        """A few of the places visited; none where none is."""
        visited = sum(map(len, tours))
        size = 1 + int(self._chance.random() * min(MOST_OUT, visited * LARGEST_SHARE))
        kind = self._chance.random()
        if not visited:
            return set()
        if kind < NEARBY:
            return self._near(tours, size)
        if kind < NEARBY + ANY:
            return set(self._chance.sample([place for tour in tours for place in tour], min(size, visited)))
        return {place for tour in tours if tour for place in self._stretch(tour, size, None)}

    def _near(self, tours: Sequence[Tour], size: int) -> set[int]:
        """A stretch of each day about what it visits nearest to some place, nearest days first."""
        day_of = {place: day for day, tour in enumerate(tours) for place in tour}
        middle = self._chance.randrange(1, len(self._neighbours))
        out: set[int] = set()
        touched: set[int] = set()
        for place in (middle, *self._neighbours[middle]):
            day = day_of.get(place)
            if day is None or day in touched:
                continue
            touched.add(day)
            out.update(self._stretch(tours[day], size, place))
            if len(out) >= size or len(touched) == len(tours):
                break
        return out

    def _stretch(self, tour: Tour, size: int, about: int | None) -> Tour:
        """Up to so many consecutive places of a tour, one of them `about`."""
        length = 1 + int(self._chance.random() * min(len(tour), size))
        at = self._chance.randrange(len(tour)) if about is None else tour.index(about)
        first = self._chance.randint(max(0, at - length + 1), min(at, len(tour) - length))
        return tour[first : first + length]
