"""The engine for wide windows: the tours of highest score for so many days, in so many seconds.

The team orienteering problem with time windows (Righini and Salani 2009; Vansteenwegen et al. 2009). Tours
are found by ruin and recreate; the days are chosen by CP-SAT out of all tours seen. Decision 27 says why.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context

from scheduler.planner.orienteering.packing import best_days
from scheduler.planner.orienteering.problem import Problem, ProblemUnusable, Tours
from scheduler.planner.orienteering.search import Found, Task, Tour, search, who_searches

# At most this share of the time goes into choosing the days at the end, and at most so many seconds.
PACKING_SHARE, PACKING_SECONDS = 0.1, 0.4
# Kept back at the end: what handing the answer over takes on a busy machine.
LAST_SECONDS = 0.03


@dataclass(frozen=True)
class Crew:
    """Searches side by side, each with its own stream of chance; without processes there is but one, here."""

    processes: ProcessPoolExecutor | None = None
    size: int = 1

    def best_tours(self, problem: Problem, *, days: int, seconds: float, seed: int) -> Tours:
        """As `best_tours` below, by all of the crew."""
        if days < 1 or not seconds > 0 or seed < 0:
            raise ProblemUnusable(
                "Ask for at least one day, some seconds and a seed that is not below nothing."
            )
        begun = time.monotonic()
        until = begun + max(seconds - LAST_SECONDS, seconds / 2)
        packing = 0 if days == 1 else min(PACKING_SECONDS, PACKING_SHARE * (until - begun))
        best: tuple[Tour, ...] = ((),) * days
        seen: dict[frozenset[int], Tour] = {}
        for found in self._found(Task(problem, days, seed, begun=begun, until=until - packing)):
            seen |= found.seen
            best = max(best, found.tours, key=lambda tours: _score(problem, tours))
        best = best_days(problem, list(seen.values()), best=best, seconds=until - time.monotonic())
        return Tours(tuple(tour for tour in best if tour), _score(problem, best))

    def _found(self, task: Task) -> list[Found]:
        tasks = [replace(task, seed=task.seed * self.size + number) for number in range(self.size)]
        if self.processes is None:
            return [search(task) for task in tasks]
        return list(self.processes.map(search, tasks))


def best_tours(problem: Problem, *, days: int, seconds: float, seed: int) -> Tours:
    """The best tours found for so many days, in this process, in no more than `seconds` of the wall's clock.

    The same seed gives the same stream of chance; how far it is followed is up to the machine.
    Raises ProblemUnusable for less than one day, no time or a negative seed.
    """
    return Crew().best_tours(problem, days=days, seconds=seconds, seed=seed)


@contextmanager
def crew_of(size: int) -> Iterator[Crew]:
    """So many processes, ready to search when this returns and gone afterwards; for one, none beside this."""
    if size == 1:
        yield Crew()
        return
    with ProcessPoolExecutor(size, mp_context=get_context("spawn")) as processes:
        # Each start takes a moment; it is over before anybody's time to search begins.
        while len(set(processes.map(who_searches, range(size)))) < size:
            pass
        yield Crew(processes, size)


def _score(problem: Problem, tours: tuple[Tour, ...]) -> int:
    return sum(problem.score[place] for tour in tours for place in tour)
