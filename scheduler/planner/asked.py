"""What the planner is asked: a stay, its wishes, what stands already, and every session that could serve."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.core.facts import DelegationFacts, Option
from scheduler.core.spans import Span
from scheduler.core.wishes import StayFrame, WishFacts

ALTERNATIVES, SECONDS = 3, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A stop that pleases and stays: this wish at this session. It never moves."""

    wish_id: int
    tour_code: str
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """What is not to be proposed again: one session of a tour, the tour on one local day, or ever."""

    tour_code: str
    starts_at: datetime | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanAsked:
    """One delegation's question, at an instant `at` (aware), in the zone whose days and hours count.

    `delegation` carries all that is fixed (engagements, visits booked already) as its stops, the ways it may
    take between all places concerned, and whom the office could send. `options` are the tours that
    any wish names, each with every session from arrival to departure and the load of its site. Wishes that a
    booked visit fulfils already are not among `wishes`; `fulfilled` says from when to when those visits are,
    by wish, for the wishes that come after them. `seconds` bounds the whole answer.
    """

    at: datetime
    zone: ZoneInfo
    delegation: DelegationFacts
    wishes: tuple[WishFacts, ...]
    options: tuple[Option, ...]
    frame: StayFrame = field(default_factory=StayFrame)
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    alternatives: int = ALTERNATIVES
    seconds: float = SECONDS
    seed: int = 1
    fulfilled: Mapping[int, Span] = field(default_factory=dict)
