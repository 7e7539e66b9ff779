"""Guides, interpreters, vehicles and liaison officers as the rules see them, and the duties they have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.spans import Span


class ResourceKind(StrEnum):
    GUIDE = "guide"
    INTERPRETER = "interpreter"
    VEHICLE = "vehicle"
    LIAISON_OFFICER = "liaison_officer"


class DutyState(StrEnum):
    """The life of an assignment. Asked and accepted ones occupy the resource."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RELEASED = "released"

    @property
    def occupies(self) -> bool:
        return self in OCCUPYING_DUTIES


OCCUPYING_DUTIES = frozenset({DutyState.ASKED, DutyState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """At work on this weekday (0 is Monday) between two local times, from one day to another (both in)."""

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One assignment that occupies a resource. A duty for a whole day has no visit and no site."""

    assignment_id: int
    span: Span
    delegation_id: int
    visit_id: int | None = None
    site_code: str | None = None
    state: DutyState = DutyState.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResourceFacts:
    """A resource as the rules see it. No hours at all means: whenever it is wanted. `languages` are codes
    ("en"), of an interpreter pairs ("ar-ko"). Its duties are those of other visits, in order of hour."""

    id: int
    kind: ResourceKind
    name: str
    zone: ZoneInfo
    languages: frozenset[str] = frozenset()
    site_codes: frozenset[str] = frozenset()
    hours: tuple[WorkingHours, ...] = ()
    leave: tuple[Span, ...] = ()
    base_code: str | None = None
    seats: int | None = None
    most_a_day: int | None = None
    setup_minutes: int = 0
    wrap_up_minutes: int = 0
    active_from: date | None = None
    active_to: date | None = None
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Staff:
    """Everybody whom the office could send, by id, and who already goes with the visit that asks (their
    duty for it is in no one's `duties`). `driven` are the stretches over which vehicles are with the
    delegation already, and how many ride in each."""

    resources: Mapping[int, ResourceFacts] = field(default_factory=dict)
    assigned: Mapping[int, DutyState] = field(default_factory=dict)
    driven: tuple[tuple[Span, int], ...] = ()
