"""Where each place could be slipped into a tour, and how much longer the tour gets: one table per tour."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.planner.orienteering.problem import Problem

# What an insertion costs that is not possible: more than any time.
NEVER = 2**30
Table = NDArray[np.int32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Insertions:
    """The problem laid out for asking about many places and all legs of a tour at once.

    `travel` and `service_and_on` have a row for each place of the problem and a column for each place asked
    about: the way there, and the time its visit and the way on from it take.
    """

    problem: Problem
    travel: Table
    service_and_on: Table
    opens: Table
    closes: Table

    def among(self, places: Places) -> "Insertions":
        """The same, asking about these columns only."""
        return Insertions(
            self.problem,
            self.travel.take(places, 1),
            self.service_and_on.take(places, 1),
            self.opens.take(places),
            self.closes.take(places),
        )

    def into(self, tour: Sequence[int]) -> Table:
        """For each leg of a tour (rows) and each place (columns): the time its insertion adds, or NEVER.

        The leg is left as early and ended as late as the tour allows, so the answer is exact
        (Vansteenwegen et al. 2009).
        """
        left, reached, latest = self._legs(tour)
        times = self.travel.take((0, *tour), 0)
        times += left
        never = times > self.closes
        np.maximum(times, self.opens, out=times)
        times += self.service_and_on.take((*tour, 0), 0)
        never |= times > latest
        times -= reached
        np.putmask(times, never, NEVER)
        return times

    def _legs(self, tour: Sequence[int]) -> tuple[Table, Table, Table]:
        """When each leg is left at the earliest, its end then reached, and when that must be."""
        travel, service = self.problem.travel, self.problem.service
        opens, closes = self.problem.opens, self.problem.closes
        at, here = opens[0], 0
        left, reached = [at], []
        for place in tour:
            at += travel[here][place]
            reached.append(at)
            if at < opens[place]:
                at = opens[place]
            at += service[place]
            left.append(at)
            here = place
        reached.append(at + travel[here][0])
        late, here = closes[0], 0
        latest = [late]
        for place in reversed(tour):
            late -= travel[place][here] + service[place]
            if late > closes[place]:
                late = closes[place]
            latest.append(late)
            here = place
        latest.reverse()
        columns = np.array((left, reached, latest), dtype=np.int32)[:, :, None]
        return columns[0], columns[1], columns[2]


def insertions_of(problem: Problem) -> Insertions:
    """The whole problem; nobody visits the base on the way."""
    travel = np.array(problem.travel, dtype=np.int32)
    service = np.array(problem.service, dtype=np.int32)
    closes = np.array(problem.closes, dtype=np.int32)
    closes[0] = -NEVER
    opens = np.array(problem.opens, dtype=np.int32)
    return Insertions(problem, travel, np.ascontiguousarray(travel.T + service), opens, closes)
