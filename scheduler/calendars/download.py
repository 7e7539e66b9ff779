"""A file to save and open: one visit, or a delegation's whole programme."""

from collections.abc import Iterable

from scheduler.calendars.document import add_entries, as_bytes, document, name_calendar
from scheduler.calendars.entry import Entry


def download(entries: Iterable[Entry], *, name: str = "", zone: str = "Asia/Seoul") -> bytes:
    """`entries` by start and UID as a plain file: no METHOD, no people, the same bytes for the same data.

    With a `name` some programs open the file as a calendar of its own, which suits a programme; leave
    it empty for a single visit. `zone` is what a reader may assume for the calendar as a whole.
    """
    made = document()
    name_calendar(made, name=name, zone_name=zone)
    add_entries(made, entries)
    return as_bytes(made)
