"""What a delegation wishes to see, and the frame of its days, as the planner is told."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

DAY_STARTS, DAY_ENDS = time(9), time(18)
MOST_A_DAY = 3
ANY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class WishFacts:
    """One wish. Any of `tours` (codes) fulfils it: the tour named, or every tour of a topic; `fallback` tours
    stand in for half of it. Of the wishes that share a name in `either`, one is enough and no more are
    booked; it is fulfilled after the visit for the wish `after` (an id). A must comes before every
    priority (5 is the dearest). `headcount` None is everybody."""

    id: int
    tours: tuple[str, ...]
    topic: str = ""
    priority: int = 3
    is_must: bool = False
    headcount: int | None = None
    either: str = ""
    after: int | None = None
    not_first_day: bool = False
    not_last_day: bool = False
    fallback: tuple[str, ...] = ()
    preferred_times: tuple[datetime, ...] = ()


class BreakKind(StrEnum):
    MEAL = "meal"
    PRAYER = "prayer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """So many minutes that stay free somewhere between two local times, on these weekdays (0 is Monday), the
    way between two stops not counted. Nobody's belief: the hour is the officer's to say."""

    kind: BreakKind
    earliest: time
    latest: time
    minutes: int
    weekdays: frozenset[int] = ANY_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFrame:
    """Between which local times the guests see something, how many visits a day they bear, where they sleep
    (`base`, a place's code; None where nobody said), and what stays free."""

    day_starts: time = DAY_STARTS
    day_ends: time = DAY_ENDS
    most_a_day: int = MOST_A_DAY
    base: str | None = None
    breaks: tuple[Break, ...] = ()
