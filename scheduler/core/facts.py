"""What the rules are told: a request and the diary of facts it is weighed against, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.core.spans import Span
from scheduler.core.stops import Neighbour, PartFacts, Stop

if TYPE_CHECKING:
    from scheduler.core.capacity import SiteLoad
    from scheduler.core.duties import Staff
    from scheduler.core.travel import Point, Travel


class Dating(StrEnum):
    """How a tour comes by its dates."""

    ROUNDS = "rounds"
    WINDOWS = "windows"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerAgreement:
    """The owner's word, as somebody heard it: who gave it, when, by which channel."""

    by: str
    on: datetime
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRequest:
    """The asking for a visit: this delegation, this tour at this instant, so many people.

    `tour_session_id` or (`tour_code` and `starts_at`) say which session. `visit_id` is the visit
    that asks when it moves or is asked for again; it never stands in its own way.
    `overrides` are refusal codes the asker wishes to pass and is entitled to. `part_id` is the part of the
    delegation that goes, None for all of it; `assign` names guides, interpreters and vehicles to take along.
    """

    headcount: int
    delegation_id: int | None = None
    tour_session_id: int | None = None
    tour_code: str | None = None
    starts_at: datetime | None = None
    language: str | None = None
    hold_until: datetime | None = None
    visit_id: int | None = None
    part_id: int | None = None
    assign: tuple[int, ...] = ()
    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""
    overrides: frozenset[str] = frozenset()
    override_reason: str = ""
    owner_agreement: OwnerAgreement | None = None

    @property
    def own_visits(self) -> frozenset[int]:
        """The visit that asks, which counts nowhere against itself."""
        return frozenset() if self.visit_id is None else frozenset({self.visit_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Open on this weekday (0 is Monday) between two local times, from one day to another (both included)."""

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A dated closure: from one instant to another, with its reason."""

    id: int | None
    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHoliday:
    """A public holiday as a fact. `is_main` marks 1 January, the day of Seollal and the day of Chuseok."""

    on: date
    name: str
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRules:
    """The rules by which a site closes, each a switch of its own."""

    weekdays: frozenset[int] = frozenset()
    on_public_holidays: bool = False
    on_main_holidays: bool = False
    moves_after_holiday: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SiteFacts:
    """A site as the rules see it. Limits of None do not bind. Tours are given in `languages`; whoever works
    there speaks `host_language`, for interpreters. Compared by identity: it is large."""

    id: int
    code: str
    zone: ZoneInfo
    hours: tuple[OpeningHours, ...]
    closure_rules: ClosureRules = ClosureRules()
    closures: tuple[Closure, ...] = ()
    holidays: Mapping[date, PublicHoliday] = field(default_factory=dict)
    notice_days: int = 0
    people_at_once: int | None = None
    groups_at_once: int | None = None
    turnaround_minutes: int = 0
    languages: frozenset[str] = frozenset()
    host_language: str = "ko"
    point: "Point | None" = None
    active_from: date | None = None
    active_to: date | None = None
    facts_checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TourFacts:
    """A tour as the rules see it. `people_at_once` binds over all its overlapping sessions."""

    id: int
    code: str
    site_code: str
    minutes: int
    smallest_group: int
    largest_group: int
    places: int
    dating: Dating
    needs_agreement: bool = True
    needs_guide: bool = False
    topics: frozenset[str] = frozenset()
    people_at_once: int | None = None
    groups_at_once: int | None = None
    active_from: date | None = None
    active_to: date | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """One dated running of a tour: `id` is None for a window nobody has booked. `clear_at` is the end plus
    turnaround: from then on the site counts these people no more. `places_taken` leaves the asker out."""

    id: int | None
    starts_at: datetime
    ends_at: datetime
    clear_at: datetime
    places: int
    places_taken: int = 0

    @property
    def places_left(self) -> int:
        return max(0, self.places - self.places_taken)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DelegationFacts:
    """A delegation as the rules see it: how many, which languages, from when to when, where else; the ways
    from there, and whom the office could send along (None where nobody is needed)."""

    id: int
    headcount: int
    languages: frozenset[str]
    has_interpreter: bool
    stay: Span
    stops: tuple[Stop, ...] = ()
    is_open: bool = True
    state: str = "registered"
    home_holidays: Mapping[date, str] = field(default_factory=dict)
    parts: Mapping[int, PartFacts] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    kept_apart: tuple[Neighbour, ...] = ()
    travel: "Travel | None" = None
    staff: "Staff | None" = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Option:
    """One tour of a site with the sessions that could serve instead, and the load of that site."""

    site: SiteFacts
    tour: TourFacts
    load: "SiteLoad"
    runnings: tuple[Running, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diary:
    """Every fact that one request is weighed against. `running` is None when the tour has no session at
    that instant; `wanted_at` then says which instant was asked for. `options` may be empty: then no
    alternatives are looked for."""

    site: SiteFacts
    tour: TourFacts
    running: Running | None
    load: "SiteLoad"
    wanted_at: datetime
    delegation: DelegationFacts | None = None
    options: tuple[Option, ...] = ()
