"""A whole calendar object: what stands around its events, and its bytes."""

from collections.abc import Iterable

from icalendar import Calendar, Event
from icalendar.parser import Contentline
from icalendar.prop import vInline

from scheduler.calendars import wording, zone
from scheduler.calendars.entry import Entry
from scheduler.calendars.event import Text, event_with_status

PRODUCT = "-//Delegation Scheduler//Calendar files//EN"

_FOLDED_FROM = 75


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


def name_calendar(made: Calendar, *, name: str, zone_name: str) -> None:
    """Give the calendar its name, both as programs of before and after RFC 7986 read it, and its zone."""
    if cleaned := wording.line(name):
        made["NAME"] = Text(cleaned)
        made["X-WR-CALNAME"] = Text(cleaned)
    made["X-WR-TIMEZONE"] = Text(wording.line(zone_name))


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
    """The file: UTF-8, every line ended by CRLF and folded below 75 octets, properties in the order given."""
    return b"".join([_folded(line) for line in made.content_lines(sorted=False) if line])


def _folded(line: Contentline) -> bytes:
    """One line with its CRLF; the library's folding looks at every character, so short lines pass it by."""
    plain = line.encode()
    folded: bytes = plain if len(plain) < _FOLDED_FROM else line.to_ical()  # type: ignore[no-untyped-call]
    return folded + b"\r\n"
