"""One question laid out: its candidates, what each wish is worth, and every day it could have."""

from dataclasses import dataclass
from functools import cached_property

from scheduler.core.travel import Travel
from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate
from scheduler.planner.days import FOREVER, Column, Day, days_of
from scheduler.planner.daytime import Ways
from scheduler.planner.room import MOST_DAYS, Candidates, candidates_of
from scheduler.planner.worth import Wishes


@dataclass(frozen=True, eq=False)
class Room:
    """Everything that a plan, its reasons and its contradictions are worked out from."""

    asked: PlanAsked
    candidates: Candidates
    wishes: Wishes
    days: tuple[Day, ...]

    @property
    def columns(self) -> list[list[Column]]:
        return [day.columns for day in self.days]

    @cached_property
    def travel(self) -> Travel:
        """The ways between all places concerned."""
        return Ways(self.asked).travel

    @property
    def is_complete(self) -> bool:
        """Whether every day that could be is known, so that the best of them is the best there is."""
        is_whole_stay = len(self.days) < MOST_DAYS
        return is_whole_stay and self.candidates.is_complete and all(day.is_complete for day in self.days)


def room_of(asked: PlanAsked, until: float = FOREVER) -> Room:
    """Lay a question out, as far as there is time (until a monotonic second)."""
    wishes, candidates = Wishes(asked), candidates_of(asked, until)
    return Room(asked, candidates, wishes, tuple(days_of(candidates, wishes, until)))


def visits_of(columns: tuple[Column, ...]) -> list[Candidate]:
    """The visits of a programme in order of hour."""
    return sorted((c for column in columns for c in column.chain), key=lambda c: c.starts_at)
