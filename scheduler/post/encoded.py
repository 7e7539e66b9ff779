"""What mails do to bytes and words on their way (RFC 2045 6, RFC 2047), undone; nothing here ever raises."""

import re
from binascii import Error, a2b_base64, a2b_qp

from scheduler.calendars import wording
from scheduler.calendars.charsets import decoded

LONGEST_WORDS = 4_000

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN_ENCODED_WORDS = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?)")
_NOT_BASE64 = re.compile(b"[^A-Za-z0-9+/]+")


def from_transfer(data: bytes, encoding: str) -> bytes:
    """The bytes that a part of a mail stands for, by its Content-Transfer-Encoding.

    Broken base64 is read as far as it goes; an unknown encoding leaves `data` as it is.
    """
    plain = encoding.strip().lower()
    if plain == "base64":
        return _from_base64(data)
    return a2b_qp(data) if plain == "quoted-printable" else data


def words(value: str) -> str:
    """Unstructured text such as a subject, at most LONGEST_WORDS of it, as one clean line.

    Encoded words that stand together in one charset are put together before they become text, for many
    programs cut them in the middle of a character.
    """
    value = _BETWEEN_ENCODED_WORDS.sub("", value[:LONGEST_WORDS])
    pieces: list[str] = []
    waiting, charset, at = b"", "", 0
    for found in _ENCODED_WORD.finditer(value):
        named = found[1].partition("*")[0].lower()
        if waiting and (found.start() > at or named != charset):
            pieces.append(decoded(waiting, charset=charset))
            waiting = b""
        pieces.append(value[at : found.start()])
        waiting += _from_word(found[2], found[3])
        charset, at = named, found.end()
    return wording.line("".join([*pieces, decoded(waiting, charset=charset), value[at:]]))


def _from_word(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    return _from_base64(data) if encoding in "bB" else a2b_qp(data, header=True)


def _from_base64(data: bytes) -> bytes:
    """Up to the first padding, past whatever does not belong there."""
    signs = _NOT_BASE64.sub(b"", data.partition(b"=")[0])
    signs = signs[: len(signs) - 1] if len(signs) % 4 == 1 else signs
    try:
        return a2b_base64(signs + b"=" * (-len(signs) % 4))
    except Error:  # Cannot be: the alphabet and the length are right.
        return b""
