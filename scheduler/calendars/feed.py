"""A calendar to subscribe to: a site's visits or a delegation's, fetched again and again."""

from collections.abc import Iterable
from hashlib import sha256

from icalendar.prop import vUri

from scheduler.calendars import wording
from scheduler.calendars.document import add_entries, as_bytes, ask_again, document, name_calendar
from scheduler.calendars.entry import Entry
from scheduler.calendars.event import Text


def feed(
    entries: Iterable[Entry], *, name: str, zone: str, description: str = "", source_url: str = ""
) -> bytes:
    """`entries` by start and UID as a feed: no METHOD, no people, the same bytes for the same data.

    Cancelled entries stay, with STATUS:CANCELLED, for as long as the caller gives them, so that
    subscribers strike them out. `source_url` is where the feed can be fetched: leave it empty when
    that address is a secret the reader should not pass on. Sources: RFC 5545, RFC 7986.
    """
    made = document()
    name_calendar(made, name=name, zone_name=zone)
    if described := wording.paragraphs(description):
        made["X-WR-CALDESC"] = Text(described)
    ask_again(made)
    if source_url:
        # SOURCE has no default type: VALUE is compulsory (RFC 7986 5.8).
        made["SOURCE"] = vUri(wording.web_address(source_url), params={"VALUE": "URI"})
    add_entries(made, entries)
    return as_bytes(made)


def entity_tag(data: bytes) -> str:
    """A strong validator for exactly these bytes: 32 hexadecimal digits, without the quotes of the header."""
    return sha256(data).hexdigest()[:32]
