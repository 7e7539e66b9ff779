"""Mails the tests of the post share, and how a stranger's program reads them."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from scheduler.calendars.cancellation import cancellation
from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.invitation import invitation
from scheduler.post.mail import Mail, as_bytes
from tests.calendars.samples import DESK, GUEST, an_entry

WRITTEN_AT = datetime(2026, 11, 22, 9, 30, 15, 250_000, tzinfo=UTC)


def a_calendar(**changes) -> bytes:
    return invitation(an_entry(**changes), organizer=DESK, attendees=[GUEST])


def a_cancellation() -> bytes:
    entry = an_entry(status=EntryStatus.CANCELLED, sequence=3)
    return cancellation(entry, organizer=DESK, attendees=[GUEST])


def a_mail(**changes) -> Mail:
    """An invitation to one guest, with `changes`."""
    facts = {
        "message_id": "<visit-7f3a.2@city.example>",
        "written_at": WRITTEN_AT,
        "sender": DESK,
        "recipient": GUEST,
        "subject": "Invitation: Visit to TOPIS",
        "text": "Dear guest,\n\nwe look forward to seeing you.\n",
        "html": "<p>Dear guest,</p>\n<p>we look forward to seeing you.</p>\n",
        "language": "en",
        "calendar": a_calendar(),
        "method": "REQUEST",
    }
    return Mail(**facts | changes)


def read(mail: Mail) -> EmailMessage:
    """The mail as Python's own parser reads it from its bytes."""
    message = message_from_bytes(as_bytes(mail), policy=default)
    assert isinstance(message, EmailMessage)
    return message
