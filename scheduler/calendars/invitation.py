"""An invitation, or a change to one: METHOD:REQUEST."""

from collections.abc import Sequence

from icalendar.prop import vInline

from scheduler.calendars.document import message
from scheduler.calendars.entry import Entry, EntryStatus, Person, Role
from scheduler.calendars.event import attendee_addresses, event_with_status, organizer_address


class NobodyInvited(ValueError):
    """An invitation must name at least one attendee (RFC 5546 3.2.2)."""


class EntryIsCancelled(ValueError):
    """Nobody can be invited to an entry that is cancelled: send a cancellation."""


def invitation(entry: Entry, *, organizer: Person, attendees: Sequence[Person]) -> bytes:
    """The REQUEST that asks `attendees` to `entry`, or tells them of its newer revision.

    Every recipient sees every attendee named: to keep delegates apart, make one invitation for each.
    Who is only to know of it stays free at that time. `organizer` must be the sender of the mail, for
    replies go there. Raises `NobodyInvited` and `EntryIsCancelled`. Source: RFC 5546 3.2.2.
    """
    if not attendees:
        raise NobodyInvited(f"name at least one attendee for {entry.uid}")
    if entry.status == EntryStatus.CANCELLED:
        raise EntryIsCancelled(f"{entry.uid} is cancelled; send a cancellation instead")
    body = event_with_status(entry, stamped_at=entry.stamped_at)
    if all(person.role == Role.INFORMATION for person in attendees):
        body["TRANSP"] = vInline("TRANSPARENT")
    body["ORGANIZER"] = organizer_address(organizer)
    body["ATTENDEE"] = attendee_addresses(tuple(attendees), asks_for_reply=True)
    return message(entry, body, method="REQUEST")
