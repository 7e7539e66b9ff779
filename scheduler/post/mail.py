"""One mail to one person and its bytes: texts for people, and the same calendar twice for their programs."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import MIMEPart
from email.utils import format_datetime
from hashlib import sha256

from scheduler.calendars import wording
from scheduler.calendars.entry import Person
from scheduler.post.headers import POLICY, Folded, identifiers, mailbox, one_line

# Ask Exchange for no absence notes and no receipts (MS-OXCMAIL). Its word for everything would stop
# reports of failed delivery too, and whatever else it counts as automatic: answers must still come.
UNWANTED_ANSWERS = "DR, RN, NRN, OOF"

_MOST_REFERENCES = 20
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,120}@[A-Za-z0-9.-]{1,120}>")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,5}")
_METHOD = re.compile(r"[A-Z]+")


class NotAMessageId(ValueError):
    """This text cannot be the Message-ID of a letter."""


class MethodDiffers(ValueError):
    """The mail and its calendar do not name the same method (RFC 6047 2.4)."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A letter as it is to be posted, to one person.

    `message_id` stands in angle brackets and is made by `message_id`. `written_at` is aware; whole
    seconds of it are told. `sender` is the organizer, since answers go there. Subject, names and
    texts may hold anything and are cleaned when written. `language` is a BCP 47 tag and is not told
    when it is none. `calendar` is the bytes of an iTIP message of `method` (RFC 5546), or nothing;
    `paper` those of a PDF that goes along as `paper_name`, or nothing.
    `in_reply_to` and `references` are ids of earlier mails; those that cannot stand in a header are
    left out. Raises `NotAMessageId`, `MethodDiffers` and, for a naive `written_at`, ValueError.
    """

    message_id: str
    written_at: datetime
    sender: Person
    recipient: Person
    subject: str
    text: str
    html: str = ""
    language: str = ""
    calendar: bytes | None = None
    method: str = ""
    paper: bytes | None = None
    paper_name: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise NotAMessageId(
                f"{self.message_id[:80]!r} is no Message-ID; write it like <token@city.example>"
            )
        if self.written_at.utcoffset() is None:
            raise ValueError(f"written_at {self.written_at} has no zone: give an aware datetime")
        if self.calendar is not None and not _names_method(self.calendar, self.method):
            raise MethodDiffers(f"the calendar of {self.message_id} is not of METHOD:{self.method}")


def message_id(token: str, domain: str) -> str:
    """The Message-ID `<token@domain>`, of 1 to 120 plain ASCII characters each. Raises `NotAMessageId`."""
    made = f"<{token}@{domain}>"
    if not _MESSAGE_ID.fullmatch(made):
        raise NotAMessageId(
            f"{made[:80]!r} is no Message-ID; give a token and a domain of letters and digits"
        )
    return made


def as_bytes(mail: Mail) -> bytes:
    """The mail as it goes over the wire: lines end with CRLF, all octets below 128, the same ones every time.

    With a calendar it is multipart/mixed of multipart/alternative (plain, HTML, calendar) and the
    calendar again as an attachment, both in base64; without, the alternatives alone. Source: RFC 6047
    and RFC 5322.
    """
    message = MIMEPart(policy=POLICY)
    for name, value in _headers(mail).items():
        if value:
            message[name] = Folded(value)
    _add_texts(message, mail)
    if mail.calendar is not None:
        _add_calendar(message, mail.calendar, mail.method)
    if mail.paper is not None:
        message.add_attachment(
            mail.paper,
            maintype="application",
            subtype="pdf",
            cte="base64",
            filename=one_line(mail.paper_name),
        )
    if _LANGUAGE.fullmatch(mail.language):
        message["Content-Language"] = Folded(mail.language)
    _name_boundaries(message, mail.message_id)
    return message.as_bytes()


def _headers(mail: Mail) -> dict[str, str]:
    """The headers of the mail itself, folded; the empty ones are not to be written."""
    earlier = mail.references or (mail.in_reply_to,)
    return {
        "From": mailbox(mail.sender),
        "To": mailbox(mail.recipient),
        "Subject": one_line(mail.subject),
        "Date": format_datetime(mail.written_at.astimezone(UTC).replace(microsecond=0)),
        "Message-ID": mail.message_id,
        "In-Reply-To": identifiers([mail.in_reply_to]),
        "References": identifiers(earlier[-_MOST_REFERENCES:]),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": UNWANTED_ANSWERS,
        "MIME-Version": "1.0",
    }


def _add_texts(message: MIMEPart, mail: Mail) -> None:
    text = _cleaned(mail.text)
    message.set_content(text, cte=_encoding_for(text))
    if mail.html:
        html = _cleaned(mail.html)
        message.add_alternative(html, subtype="html", cte=_encoding_for(html))
    else:
        message.make_alternative()


def _add_calendar(message: MIMEPart, calendar: bytes, method: str) -> None:
    """Bytes, not text: given text, the library turns CRLF into LF even under base64."""
    message.add_alternative(calendar, maintype="text", subtype="calendar", cte="base64")
    *_, alternative = message.iter_parts()
    alternative.replace_header("Content-Type", Folded(f"text/calendar; method={method}; charset=UTF-8"))
    name = "cancel.ics" if method == "CANCEL" else "invite.ics"
    message.add_attachment(
        calendar, maintype="application", subtype="ics", cte="base64", filename=name, params={"name": name}
    )


def _name_boundaries(message: MIMEPart, identity: str) -> None:
    """Name the boundaries after the mail. No body holds one: base64 and quoted-printable know no `=_`."""
    digest = sha256(identity.encode()).hexdigest()[:32]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest}_{number}")


def _cleaned(text: str) -> str:
    return wording.paragraphs(text, most=len(text))


def _encoding_for(text: str) -> str:
    """Quoted-printable where most is ASCII, so that it can be read by eye; else base64, which is shorter."""
    return "quoted-printable" if len(text.encode()) < len(text) * 1.2 else "base64"


def _names_method(calendar: bytes, method: str) -> bool:
    return bool(_METHOD.fullmatch(method)) and b"\r\nMETHOD:%b\r\n" % method.encode() in calendar
