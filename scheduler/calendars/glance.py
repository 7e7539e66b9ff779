"""What one of our own messages says to a calendar program: the lines that decide (RFC 5546 section 3.2)."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Component


@dataclass(frozen=True, kw_only=True)
class Glance:
    """Method, revision and status of an entry, its hours (aware) and its title. What is not said is empty."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime | None
    ends_at: datetime | None
    status: str
    summary: str
    location: str


def glance(data: bytes) -> Glance:
    """What a message that we wrote says. For our own bytes alone: strangers' go to `foreign.take_apart`.

    Raises ValueError when there is no event in it.
    """
    calendar = Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    if not events:
        raise ValueError("there is no event in this calendar")
    event = events[0]
    return Glance(
        method=str(calendar.get("METHOD", "")),
        uid=str(event.get("UID", "")),
        sequence=int(event.get("SEQUENCE", 0)),
        starts_at=_instant(event, "DTSTART"),
        ends_at=_instant(event, "DTEND"),
        status=str(event.get("STATUS", "")),
        summary=str(event.get("SUMMARY", "")),
        location=str(event.get("LOCATION", "")),
    )


def _instant(event: Component, name: str) -> datetime | None:
    value = event.decoded(name, None)
    return value if isinstance(value, datetime) else None
