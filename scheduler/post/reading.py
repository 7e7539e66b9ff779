"""A mail from outside, read: who writes, what, in answer to what, and which calendar objects came with it.

Nothing in a mail is believed here. Whatever the bytes, reading ends soon and uses little more memory than
they do: see the bounds here and in `fields`, `parts`, `reports` and `authentication`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scheduler.calendars import foreign, wording
from scheduler.calendars.charsets import decoded
from scheduler.calendars.entry import FIRST_YEAR, LAST_YEAR
from scheduler.post.authentication import Results, authentication_results
from scheduler.post.automatic import is_automatic
from scheduler.post.encoded import words
from scheduler.post.fields import Fields, read_fields
from scheduler.post.parts import Part, Walk, leaves
from scheduler.post.plain import plain_text
from scheduler.post.reports import Report, read_report
from scheduler.post.structured import identifiers, mailbox

MOST_BYTES = 16 * 1024 * 1024
MOST_CALENDARS = 10
MOST_TEXTS = 3
MOST_TEXT_BYTES = 128 * 1024
LONGEST_TEXT = 4_000
LONGEST_DATE = 100

_CALENDAR_KINDS = frozenset({"text/calendar", "application/ics", "text/ics", "application/calendar"})
# Programs that do not know the file they attach call it one of these.
_ANY_KINDS = frozenset({"application/octet-stream", "text/plain", "application/x-any", "application/unknown"})


class MailUnreadable(ValueError):
    """There is nothing in it, or more than MOST_BYTES."""


@dataclass(frozen=True, kw_only=True)
class CalendarPart:
    """A calendar object in a mail: its bytes as they came, and what the mail's header says of them.

    Of one that is too large for `calendars.answer.read_answer` there is just enough to be told so.
    """

    data: bytes
    method_hint: str = ""
    charset: str = ""
    is_attachment: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceivedMail:
    """What was read in a mail.

    Message-IDs are in angle brackets; `message_id` is empty when it has none that can be kept. `sender` is
    lower case, empty when From is unreadable or names several. `written_at` is aware, in UTC, as the
    sender's clock has it. `text` and `subject` are cleaned of controls. A mail with a `report` has no
    calendars: what it returns is our own. `is_whole` tells whether everything was within the bounds.
    """

    message_id: str
    sender: str
    sender_name: str
    subject: str
    written_at: datetime | None
    text: str
    is_automatic: bool
    report: Report | None
    in_reply_to: tuple[str, ...]
    authentication: tuple[Results, ...]
    calendars: tuple[CalendarPart, ...]
    is_whole: bool


def read_mail(raw: bytes) -> ReceivedMail:
    """The mail in the bytes `raw` (RFC 5322, MIME), line ends CRLF or LF. Raises `MailUnreadable` alone."""
    raw = raw.lstrip(b"\r\n")
    if not raw or raw.isspace() or len(raw) > MOST_BYTES:
        raise MailUnreadable(f"a mail of {len(raw)} bytes; 1 to {MOST_BYTES} are read")
    fields, _, _ = read_fields(raw, 0, len(raw))
    walk = Walk()
    parts = list(leaves(raw, walk))
    report = read_report(raw, parts, fields)
    sender, sender_name = _sender(fields)
    calendars = () if report else _calendars(raw, parts)
    return ReceivedMail(
        message_id=next(iter(identifiers(fields.first("message-id"))), ""),
        sender=sender,
        sender_name=sender_name,
        subject=words(fields.first("subject")),
        written_at=_written_at(fields.first("date")),
        text=_text(raw, parts),
        is_automatic=is_automatic(fields) or report is not None,
        report=report,
        in_reply_to=identifiers(" ".join(fields.every("in-reply-to") + fields.every("references"))),
        authentication=authentication_results(fields),
        calendars=calendars[:MOST_CALENDARS],
        is_whole=walk.is_whole and len(calendars) <= MOST_CALENDARS,
    )


def _sender(fields: Fields) -> tuple[str, str]:
    """Several From fields are nobody's: which of them was authenticated cannot be told."""
    given = fields.every("from")
    return mailbox(given[0]) if len(given) == 1 else ("", "")


def _written_at(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:LONGEST_DATE])
        at = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _calendars(raw: bytes, parts: Sequence[Part]) -> tuple[CalendarPart, ...]:
    """One more than MOST_CALENDARS at most."""
    found = [part for part in parts if _is_calendar(part)][: MOST_CALENDARS + 1]
    return tuple(
        CalendarPart(
            data=part.content(raw, most=foreign.MOST_BYTES + 1),
            method_hint=part.parameters.get("method", "").strip().upper(),
            charset=part.parameters.get("charset", ""),
            is_attachment=part.is_attachment or part.kind != "text/calendar",
        )
        for part in found
    )


def _is_calendar(part: Part) -> bool:
    if part.kind in _CALENDAR_KINDS:
        return True
    return part.kind in _ANY_KINDS and any(name.lower().endswith(".ics") for name in part.names)


def _text(raw: bytes, parts: Sequence[Part]) -> str:
    """The first plain text that says anything, else such HTML; of each MOST_TEXTS are looked at."""
    shown = [part for part in parts if not part.is_attachment and not part.names and not _is_calendar(part)]
    for kind in ("text/plain", "text/html"):
        for part in [part for part in shown if part.kind == kind][:MOST_TEXTS]:
            text = decoded(
                part.content(raw, most=MOST_TEXT_BYTES), charset=part.parameters.get("charset", "")
            )
            text = plain_text(text) if kind == "text/html" else text
            if cleaned := wording.paragraphs(text[: 4 * LONGEST_TEXT], most=LONGEST_TEXT):
                return cleaned
    return ""
