"""One question laid out: its candidates, what each wish is worth, and every day it could have."""

from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from scheduler.core.travel import Travel
from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate
from scheduler.planner.days import FOREVER, Column, Day, days_of
from scheduler.planner.daytime import Ways
from scheduler.planner.room import MOST_DAYS, Candidates, candidates_of
from scheduler.planner.worth import Wishes

# Of the time there is for laying a question out, what may go into weighing its sessions.
WEIGHING = 0.6
# Among more columns nothing is proven in good time: each day then keeps those worth most.
MOST_COLUMNS = 15_000


@dataclass(frozen=True, eq=False)
class Room:
    """Everything that a plan, its reasons and its contradictions are worked out from."""

    asked: PlanAsked
    candidates: Candidates
    wishes: Wishes
    days: tuple[Day, ...]

    @property
    def columns(self) -> list[list[Column]]:
        """What each day may be chosen from."""
        return [_worthiest(day.columns, self._most) for day in self.days]

    @property
    def _most(self) -> int:
        return MOST_COLUMNS // max(1, len(self.days))

    @cached_property
    def travel(self) -> Travel:
        """The ways between all places concerned."""
        return Ways(self.asked).travel

    @property
    def is_complete(self) -> bool:
        """Whether every day that could be is known, so that the best of them is the best there is."""
        is_whole_stay = len(self.days) < MOST_DAYS and self.candidates.is_complete
        return is_whole_stay and all(d.is_complete and len(d.columns) <= self._most for d in self.days)


def room_of(asked: PlanAsked, until: float = FOREVER) -> Room:
    """Lay a question out, as far as there is time (until a monotonic second)."""
    now = monotonic()
    wishes, candidates = Wishes(asked), candidates_of(asked, now + (until - now) * WEIGHING)
    return Room(asked, candidates, wishes, tuple(days_of(candidates, wishes, until)))


def _worthiest(columns: list[Column], most: int) -> list[Column]:
    """All columns, or so many: the shortest, and of the others those worth most, then the cheapest."""
    if len(columns) <= most:
        return columns
    ranked = sorted(columns, key=lambda c: (len(c.items) > 1, -c.worth.rank, c.cost))
    return ranked[:most]


def visits_of(columns: tuple[Column, ...]) -> list[Candidate]:
    """The visits of a programme in order of hour."""
    return sorted((c for column in columns for c in column.chain), key=lambda c: c.starts_at)
