"""What a repair proposes: each visit concerned before and after, why, and how few had to move."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.core.verdicts import Alternative, Caution, Refusal
from scheduler.planner.answers import DayReason, Remedy


class Fate(StrEnum):
    """What becomes of a visit. One that stays keeps place and hour: only who goes along, or how many come,
    changes. A stand-in is another tour, booked only where somebody chooses it."""

    STAYS = "stays"
    MOVES = "moves"
    STANDS_IN = "stands_in"
    WITHOUT_PLACE = "without_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a visit is or would be: its session (the id is None for a window nobody has booked), how many
    come, and who goes along (resource ids)."""

    site_code: str
    tour_code: str
    tour_session_id: int | None
    starts_at: datetime
    ends_at: datetime
    headcount: int
    going: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedVisit:
    """One visit before and after. `because` is what stands against it as it is (empty where it only makes
    room for another, `is_touched` false, or only its headcount follows). Without a place: `reasons` of each
    day of the stay and, of the first few, the nearest `alternatives` (other tours among them) and `remedies`
    that were tried."""

    visit_id: int
    version: int
    delegation_id: int
    fate: Fate
    before: Spot
    after: Spot | None = None
    part_id: int | None = None
    is_touched: bool = True
    because: tuple[Refusal, ...] = ()
    cautions: tuple[Caution, ...] = ()
    reasons: tuple[DayReason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether guests are at another place or hour than before."""
        return self.fate is Fate.MOVES

    @property
    def new_escort(self) -> tuple[int, ...]:
        """Who would go along and did not."""
        there = set(self.before.going)
        return () if self.after is None else tuple(each for each in self.after.going if each not in there)

    @property
    def let_go(self) -> tuple[int, ...]:
        """Who went along and would no more."""
        staying = set(self.before.going if self.after is None else self.after.going)
        return tuple(each for each in self.before.going if each not in staying)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAnswer:
    """The plan for all visits together, those touched first by hour. Booked at once, all that keep a place
    are accepted. `kept` of the `touched` keep a place of their own tour; `moved` visits change hour or
    place, `bound` is the fewest that could (proven; equal to `moved` where `is_proven`, which also says that
    no more could be kept); `reassigned` visits have somebody else along."""

    visits: tuple[RepairedVisit, ...] = ()
    touched: int = 0
    kept: int = 0
    moved: int = 0
    bound: int = 0
    reassigned: int = 0
    delegations: int = 0
    is_proven: bool = True
    seconds: float = 0.0
    solving_seconds: float = 0.0
    verifying_seconds: float = 0.0
