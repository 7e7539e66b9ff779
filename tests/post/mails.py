"""Mails that came in: those kept in `corpus/`, and others put together from their pieces."""

from base64 import b64encode
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.eml"))

UID = "visit-7f3a@city.example"
BAT = "bat@ulaanbaatar.example"


def mail_named(name: str) -> bytes:
    """A mail of the corpus, its lines ended as mail servers end them."""
    return (CORPUS / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")


def a_mail(*fields: str, body: bytes = b"") -> bytes:
    """A mail with these header fields before `body`."""
    return b"".join(f"{field}\r\n".encode() for field in fields) + b"\r\n" + body


def a_reply(*, attendee: str = BAT, partstat: str = "ACCEPTED", more: str = "") -> bytes:
    """The calendar object of a plain REPLY; `more` are further lines of its VEVENT."""
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{UID}\r\nATTENDEE;PARTSTAT={partstat}:mailto:{attendee}\r\n"
        f"DTSTAMP:20261102T050000Z\r\nSEQUENCE:2\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def of_parts(*parts: bytes, subtype: str = "mixed") -> bytes:
    """A multipart mail of parts that bring their own header fields."""
    return a_mail(
        f"From: {BAT}",
        "Message-ID: <of-parts@ulaanbaatar.example>",
        f'Content-Type: multipart/{subtype}; boundary="=-="',
        body=b"".join(b"--=-=\r\n" + part + b"\r\n" for part in parts) + b"--=-=--\r\n",
    )


def encoded_word(text: str, charset: str) -> str:
    """`text` as header fields carry it (RFC 2047)."""
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="
