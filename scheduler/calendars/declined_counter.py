"""The refusal of a time that somebody proposed instead: METHOD:DECLINECOUNTER."""

from dataclasses import replace

from scheduler.calendars.document import message
from scheduler.calendars.entry import Entry, EntryStatus, Person
from scheduler.calendars.event import attendee_addresses, event_with_status, organizer_address
from scheduler.calendars.invitation import EntryIsCancelled


def decline_counter(entry: Entry, *, organizer: Person, attendee: Person, sequence: int) -> bytes:
    """The DECLINECOUNTER that tells `attendee` that `entry` stays as it is.

    `sequence` is the one their COUNTER carried: it is echoed and does not rise. `entry.stamped_at` is the
    moment of this message. Once the entry is called off a cancellation says all: raises `EntryIsCancelled`.
    Raises ValueError for a sequence below 0. Sources: RFC 5546 2.1.4, 3.2.8.
    """
    if entry.status == EntryStatus.CANCELLED:
        raise EntryIsCancelled(f"{entry.uid} is cancelled; send a cancellation instead")
    body = event_with_status(replace(entry, sequence=sequence), stamped_at=entry.stamped_at)
    body["ORGANIZER"] = organizer_address(organizer)
    body["ATTENDEE"] = attendee_addresses((attendee,), asks_for_reply=False)
    return message(entry, body, method="DECLINECOUNTER")
