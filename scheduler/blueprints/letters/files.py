"""Letters as their readers get them, without the secret addresses, taken from the very bytes of the mail."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Response

from scheduler.post_room import bytes_of
from scheduler.records.absence import NotFound
from scheduler.records.account_lookup import is_demo_city
from scheduler.records.letters import Letter

# The page of a letter may wear its own style, and nothing else: no script, picture, font, form or frame.
# Without `allow-scripts` a sandbox heeds no refresh either (HTML, "sandboxed automatic features").
SEALED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


class NoMail(ValueError):
    """No mail can be made of this letter: the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A mail as it is read: its headers, its plain text and its HTML."""

    sender: str
    recipient: str
    subject: str
    date: str
    text: str
    html: str


def reading_of(letter: Letter) -> Reading:
    """What its reader sees, but for secret addresses. Raises NoMail."""
    message = message_from_bytes(_masked(letter), _class=EmailMessage, policy=default)
    return Reading(
        sender=str(message["From"]),
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def as_page(letter: Letter) -> Response:
    """The HTML of a letter as an answer that can do nothing. Raises NotFound where no mail can be made."""
    try:
        html = reading_of(letter).html
    except NoMail:
        raise NotFound("letter", letter.id) from None
    answer = Response(html, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def as_mail_file(letter: Letter) -> Response:
    """The mail as a file (RFC 5322). Raises NotFound where no mail can be made."""
    try:
        data = _masked(letter)
    except NoMail:
        raise NotFound("letter", letter.id) from None
    answer = Response(data, content_type="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="letter-{letter.id}.eml"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _masked(letter: Letter) -> bytes:
    """In the demo nobody is written to, so a newcomer may follow the letters' own addresses."""
    try:
        return bytes_of(letter, tells_secrets=is_demo_city())
    except ValueError as fault:
        raise NoMail(str(fault)) from fault


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
