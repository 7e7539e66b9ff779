"""What every reader of calendar files answers with, whatever program it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


class ToolMissing(AssertionError):
    """A program the tests need is not installed; the message is the command that installs it."""


@dataclass(frozen=True, kw_only=True)
class ReadEvent:
    """What a reader found in one VEVENT: moments in UTC, addresses without mailto:, "" for absent texts."""

    uid: str
    sequence: int
    dtstamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str
    status: str
    organizer: str
    organizer_name: str
    attendees: tuple[str, ...]
    attendee_names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadBusy:
    """What a reader found in a VFREEBUSY: its window, and each period with its FBTYPE in file order."""

    uid: str
    dtstamp: datetime
    starts_at: datetime
    ends_at: datetime
    organizer: str
    organizer_name: str
    periods: tuple[tuple[str, datetime, datetime], ...]


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """What a reader found in one file: its METHOD ("" when absent), events and busy times in file order."""

    method: str
    events: tuple[ReadEvent, ...]
    busy: tuple[ReadBusy, ...] = ()


Reader = Callable[[bytes], ReadFile]


def without_mailto(text: str) -> str:
    """The bare address of an ORGANIZER or ATTENDEE."""
    return text[7:] if text[:7].lower() == "mailto:" else text
