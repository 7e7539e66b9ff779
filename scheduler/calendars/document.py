"""A whole calendar object: what stands around its events, and its bytes."""

from collections.abc import Iterable
from typing import Any

from icalendar import Calendar, Event
from icalendar.prop import vInline

from scheduler.calendars import wording, zone
from scheduler.calendars.entry import Entry
from scheduler.calendars.event import Text, event_with_status
from scheduler.calendars.folding import folded

PRODUCT = "-//Delegation Scheduler//Calendar files//EN"

# How often a subscriber should ask again, an ISO 8601 duration.
FETCHED_AGAIN_AFTER = "PT1H"


def document(*, method: str = "") -> Calendar:
    """An empty VCALENDAR, with METHOD when it is to be a message (RFC 5546) and not a plain file."""
    made = Calendar()
    made["VERSION"] = vInline("2.0")
    made["PRODID"] = vInline(PRODUCT)
    made["CALSCALE"] = vInline("GREGORIAN")
    if method:
        made["METHOD"] = vInline(method)
    return made


def message(entry: Entry, body: Event, *, method: str) -> bytes:
    """The bytes of a message about `entry` alone: `body` is its VEVENT."""
    made = document(method=method)
    if zone.is_in_home_zone(entry):
        made.add_component(zone.home_timezone())
    made.add_component(body)
    return as_bytes(made)


def name_calendar(made: Calendar, *, name: str, zone_name: str = "") -> None:
    """Give the calendar its name, for programs from before and after RFC 7986, and its zone if it has one."""
    if cleaned := wording.line(name):
        made["NAME"] = Text(cleaned)
        made["X-WR-CALNAME"] = Text(cleaned)
    if zone_name:
        made["X-WR-TIMEZONE"] = Text(wording.line(zone_name))


def ask_again(made: Calendar) -> None:
    """Say how often a subscriber should fetch the calendar: as RFC 7986 has it, and as Outlook reads it."""
    # REFRESH-INTERVAL has no default type: VALUE is compulsory (RFC 7986 5.7).
    made["REFRESH-INTERVAL"] = vInline(FETCHED_AGAIN_AFTER, params={"VALUE": "DURATION"})
    made["X-PUBLISHED-TTL"] = vInline(FETCHED_AGAIN_AFTER)


def add_entries(made: Calendar, entries: Iterable[Entry]) -> None:
    """Add `entries` by start and UID, stamped with their last change, and the VTIMEZONE they need.

    Without entries the VTIMEZONE stands alone, for an object needs a component (RFC 5545 3.6).
    """
    ordered = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    if not ordered or any(zone.is_in_home_zone(entry) for entry in ordered):
        made.add_component(zone.home_timezone())
    for entry in ordered:
        made.add_component(event_with_status(entry, stamped_at=entry.changed_at))


def as_bytes(made: Calendar) -> bytes:
    """The file: UTF-8, every line ended by CRLF and folded at 75 octets, properties in the order given."""
    return b"".join([folded(_line(made, name, value)) for name, value in made.property_items(sorted=False)])


def _line(made: Calendar, name: str, value: Any) -> str:
    """One content line, unfolded; the library takes its time over parameters even where there are none."""
    if getattr(value, "params", None):
        return str(made.content_line(name, value, sorted=False))
    written = value if isinstance(value, bytes) else value.to_ical()
    return f"{name}:{written if isinstance(written, str) else written.decode()}"
