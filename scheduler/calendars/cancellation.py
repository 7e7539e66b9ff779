"""A cancellation for everybody, or the withdrawal of one person's invitation: METHOD:CANCEL."""

from collections.abc import Sequence

from scheduler.calendars.document import message
from scheduler.calendars.entry import Entry, EntryStatus, Person
from scheduler.calendars.event import attendee_addresses, event, event_with_status, organizer_address


class EntryIsNotCancelled(ValueError):
    """Only an entry whose status is cancelled, at a higher sequence, can be called off."""


def cancellation(entry: Entry, *, organizer: Person, attendees: Sequence[Person]) -> bytes:
    """The CANCEL that takes `entry` out of the calendars of `attendees`.

    `entry` must be the cancelled revision, its sequence above that of the last invitation. Raises
    `EntryIsNotCancelled`. Source: RFC 5546 3.2.5.
    """
    if entry.status != EntryStatus.CANCELLED:
        raise EntryIsNotCancelled(f"{entry.uid} is {entry.status}; cancel it first, with a higher sequence")
    body = event_with_status(entry, stamped_at=entry.stamped_at)
    body["ORGANIZER"] = organizer_address(organizer)
    body["ATTENDEE"] = attendee_addresses(tuple(attendees), asks_for_reply=False)
    return message(entry, body, method="CANCEL")


def withdrawal(entry: Entry, *, organizer: Person, attendee: Person) -> bytes:
    """The CANCEL for one removed person alone, while `entry` goes on: hence without STATUS.

    `entry` must be a revision whose sequence is above that of the last invitation; the others get the
    same revision as an invitation. Source: RFC 5546 3.2.5.
    """
    body = event(entry, stamped_at=entry.stamped_at)
    body["ORGANIZER"] = organizer_address(organizer)
    body["ATTENDEE"] = attendee_addresses((attendee,), asks_for_reply=False)
    return message(entry, body, method="CANCEL")
