"""What the planner answers: proposals with their figures, what they leave out and why, or what cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.core.slack import Spare
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, Refusal
from scheduler.core.wishes import BreakKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """One visit to be booked: a delegation, or a share of it, in one session. `share` counts the shares of a
    split party from 1 (None: nobody is split off). `assign` are those who go along (resource ids)."""

    starts_at: datetime
    ends_at: datetime
    headcount: int
    tour_session_id: int | None = None
    share: int | None = None
    assign: tuple[int, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStop:
    """One stop of a proposal: the wish it fulfils, and the visits, several where the party is split."""

    wish_id: int
    site_code: str
    tour_code: str
    visits: tuple[PlannedVisit, ...]
    is_pinned: bool = False
    is_fallback: bool = False

    @property
    def starts_at(self) -> datetime:
        return min(visit.starts_at for visit in self.visits)

    @property
    def ends_at(self) -> datetime:
        return max(visit.ends_at for visit in self.visits)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        return tuple(caution for visit in self.visits for caution in visit.cautions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLeg:
    """A way within a day, from base, stop or engagement to the next: place codes (None: nobody said where),
    from when to when there is time for it, minutes on the way and to spare (None: nobody knows)."""

    origin: str | None
    destination: str | None
    leaves_at: datetime
    arrives_by: datetime
    minutes: int | None
    slack_minutes: int | None
    spare: Spare


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBreak:
    """Where a meal or prayer finds its minutes."""

    kind: BreakKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A proposal in numbers, in their order of importance: musts kept (of so many), the sum of the priorities
    fulfilled (a fallback counts half) of all that was wished, cautions, minutes travelled and idle between
    the first and the last stop of each day, the difference between the fullest and the emptiest day in
    stops, minutes from each day's start to its last stop's end."""

    musts_kept: int
    musts: int
    priorities: float
    priorities_wished: int
    cautions: int
    travel_minutes: int
    idle_minutes: int
    imbalance: int
    finish_minutes: int


class ReasonCode(StrEnum):
    """Why a wish finds no place on a day, in the planner's own part; the rules' part are their refusals."""

    NO_SESSION = "no_session"
    REFUSED = "refused"
    CLASHES = "clashes"
    NO_TIME_FOR_BREAK = "no_time_for_break"
    OUT_OF_ORDER = "out_of_order"
    SEEN_ALREADY = "seen_already"
    DAY_FULL = "day_full"
    OUTSIDE_DAY = "outside_day"
    NOT_THAT_DAY = "not_that_day"
    BANNED = "banned"
    NOBODY_TO_SEND = "nobody_to_send"
    COSTS_MORE = "costs_more"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReason:
    """Why a wish is not on one local day: a code, its facts, and the sessions meant (their starts).

    `refusals` are the rules' own, one of each code; facts of CLASHES: `with` ("engagement", "visit", "stop"),
    its name or codes, `starts_at`, `ends_at`; of COSTS_MORE: the ids of the wishes it would push out."""

    on: date
    code: ReasonCode
    tour_code: str
    starts: tuple[datetime, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


class RemedyCode(StrEnum):
    """What would have to change for a wish to fit, each tried and found to work."""

    SPLIT_PARTY = "split_party"
    MOVE_ENGAGEMENT = "move_engagement"
    LEAVE_OUT = "leave_out"
    LONGER_DAY = "longer_day"
    MORE_A_DAY = "more_a_day"
    UNPIN = "unpin"
    LIFT_BAN = "lift_ban"
    SMALLER_PARTY = "smaller_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change and the session it would open (`starts_at` of `tour_code`); facts: what changes to what."""

    code: RemedyCode
    tour_code: str
    starts_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A wish that a proposal does not hold, why on each day, and what would help."""

    wish_id: int
    reasons: tuple[DayReason, ...] = ()
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One programme: its stops in order of hour, the ways between, figures, and what it leaves out. Booked
    at once, every visit of it is accepted. `is_proven`: no better one exists (among those that
    differ enough from the proposals before it)."""

    stops: tuple[PlannedStop, ...]
    legs: tuple[PlannedLeg, ...]
    breaks: tuple[PlannedBreak, ...]
    figures: Figures
    unmet: tuple[Unmet, ...] = ()
    is_proven: bool = True


class DemandKind(StrEnum):
    MUST = "must"
    PIN = "pin"
    ENGAGEMENT = "engagement"
    BOOKED_VISIT = "booked_visit"
    ORDER = "order"
    OTHER_DAYS = "other_days"
    BAN = "ban"
    BREAK = "break"
    MOST_A_DAY = "most_a_day"
    DAY_HOURS = "day_hours"
    STAY = "stay"
    HEADCOUNT = "headcount"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing demanded, as far as it takes part in a contradiction: `id` of the wish, engagement or visit,
    facts to name it by."""

    kind: DemandKind
    id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """The best proposals, the best first. `conflict` is the smallest set found of demands that cannot be met
    together (empty where all musts are kept), `is_smallest` whether that is proven; the proposals then keep
    as many musts as can be. `seconds` is how long it took, `first_seconds` until the first proposal."""

    proposals: tuple[Proposal, ...]
    conflict: tuple[Demand, ...] = ()
    is_smallest: bool = True
    seconds: float = 0.0
    first_seconds: float = 0.0
