"""What a calendar file is made from: an entry and the people it names."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from math import isfinite

from scheduler.calendars import wording
from scheduler.core.participation import Participation

FIRST_YEAR, LAST_YEAR = 1900, 9998


class EntryStatus(StrEnum):
    """How certain an entry is; the values are those of STATUS in lower case."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What is asked of a person: to come, to come if they like, or only to know."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    INFORMATION = "information"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a mailbox: the organizer or one who is asked.

    `name` may hold any text and is cleaned when it is written; `email` must be a plain ASCII
    address. Raises `wording.NotAnAddress`, a ValueError.
    """

    email: str
    name: str = ""
    role: Role = Role.REQUIRED
    partstat: Participation = Participation.NEEDS_ACTION

    def __post_init__(self) -> None:
        wording.address(self.email)
        Role(self.role)
        Participation(self.partstat)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One happening in a calendar at one revision: a visit, or an engagement of a programme.

    All times are aware; seconds count, smaller parts are dropped. `uid` never changes, `sequence`
    never falls (see `correspondence.plan`), `stamped_at` rises with every message sent (see
    `revision.next_stamp`). `changed_at` is when the data behind the entry last changed, `created_at`
    when it was first known, if anybody kept that. `zone` is where it happens. Texts may hold anything
    and are cleaned when written. Raises ValueError when a fact cannot be true.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    created_at: datetime | None = None
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    status: EntryStatus
    summary: str
    description: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    zone: str = "Asia/Seoul"

    def __post_init__(self) -> None:
        wording.identifier(self.uid)
        EntryStatus(self.status)
        for field in ("stamped_at", "created_at", "changed_at", "starts_at", "ends_at"):
            if getattr(self, field) is not None:
                _check_moment(field, getattr(self, field))
        if not _is_later(self.ends_at, self.starts_at):
            raise ValueError(
                f"ends_at {self.ends_at} must be at least a second after starts_at {self.starts_at}"
            )
        if self.sequence < 0:
            raise ValueError(f"sequence {self.sequence} must not be below 0")
        _check_coordinates(self.latitude, self.longitude)


def whole_second(at: datetime) -> datetime:
    """The aware moment `at` in UTC without parts of a second, as calendar files write it."""
    return at.astimezone(UTC).replace(microsecond=0)


def _check_moment(field: str, at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError(f"{field} {at} has no zone: give an aware datetime")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"{field} {at} is not between the years {FIRST_YEAR} and {LAST_YEAR}")


def _is_later(at: datetime, other: datetime) -> bool:
    return whole_second(at) > whole_second(other)


def _check_coordinates(latitude: float | None, longitude: float | None) -> None:
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise ValueError("latitude and longitude come together or not at all")
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        raise ValueError(f"{latitude}, {longitude} is no place on earth")
