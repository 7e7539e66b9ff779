"""The team orienteering problem with time windows: what goes in, what comes out, what cannot be asked."""

from dataclasses import dataclass
from itertools import chain

# The sums of a tour's times are kept in 32 bits.
LONGEST_TIME = 2**27


class ProblemUnusable(ValueError):
    """What is wrong with a problem, in a sentence."""


@dataclass(frozen=True)
class Problem:
    """Places with a score each; place 0 is the base, where every day's tour begins and ends.

    All times are whole numbers of one unit, whichever. A visit takes `service`; it begins no earlier than
    `opens` and no later than `closes`, and whoever comes early waits. A tour leaves the base when that opens
    and is back when it closes, at the latest. `travel[a][b]` is the way from a to b.
    """

    travel: tuple[tuple[int, ...], ...]
    service: tuple[int, ...]
    score: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    def __post_init__(self) -> None:
        columns = (self.service, self.score, self.opens, self.closes, *self.travel)
        if not self.score or {len(column) for column in (self.travel, *columns)} != {len(self.score)}:
            raise ProblemUnusable(
                "Every place needs its row of travel times, service, score, opening and closing."
            )
        if min(chain(self.service, self.score, *self.travel)) < 0:
            raise ProblemUnusable("Travel, service and score are never below nothing.")
        if max(map(abs, chain(self.service, self.opens, self.closes, *self.travel))) > LONGEST_TIME:
            raise ProblemUnusable(f"Times are at most {LONGEST_TIME}; count them in a coarser unit.")


@dataclass(frozen=True)
class Tours:
    """One tour a day, the base left out; no place twice. Fewer than asked where a day gains nothing."""

    tours: tuple[tuple[int, ...], ...]
    score: int


def is_feasible(problem: Problem, tour: tuple[int, ...]) -> bool:
    """Whether each visit of a tour begins in time and the base is reached before it closes."""
    at, here = problem.opens[0], 0
    for there in (*tour, 0):
        at += problem.travel[here][there]
        if at > problem.closes[there]:
            return False
        if there:
            at = max(at, problem.opens[there]) + problem.service[there]
        here = there
    return True
