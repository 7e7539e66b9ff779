"""The headers of a mail, encoded and folded by us: versions of the library differ, and a mail must not.

Some versions of it lose the blanks between encoded words, or the quotes around a long name.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from email.policy import EmailPolicy
from textwrap import wrap
from typing import Any

from scheduler.calendars import wording
from scheduler.calendars.entry import Person

FOLD = "\r\n "

# With `Subject: ` before it, a line stays within the 76 characters of RFC 2047 2.
_PLAIN_LENGTH = 66
# 39 octets are 52 in base64, 64 as an encoded word.
_WORD_OCTETS = 39
# What foreign programs put into a Message-ID is theirs to choose, as long as it is one word of ASCII.
_IDENTIFIER = re.compile(r"<[!-;=?-~]{1,500}>")


class Folded(str):
    """A header's value just as it is to be written: ASCII, each further line beginning with a blank.

    Raises ValueError for any other text.
    """

    __slots__ = ()

    def __init__(self, value: str) -> None:
        if not self.isascii() or any(
            not line[:1] == " " or not line.isprintable() for line in f" {value}".split("\r\n")
        ):
            raise ValueError(f"{value[:80]!r} is not fit to be a header")


class _AsFolded(EmailPolicy):
    """The policy SMTP, but it leaves alone what is already written as it should be."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return (name, value) if isinstance(value, Folded) else super().header_store_parse(name, value)

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return value if isinstance(value, Folded) else super().header_fetch_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, Folded):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _AsFolded(linesep="\r\n", cte_type="7bit")


def one_line(text: str) -> str:
    """`text` cleaned, as the value of a header such as Subject: in ASCII, folded, for any text at all.

    Long or foreign text becomes encoded words in UTF-8 (RFC 2047), each holding whole characters.
    """
    cleaned = wording.line(text)
    if cleaned.isascii() and "=?" not in cleaned:
        pieces = wrap(cleaned, _PLAIN_LENGTH, break_long_words=False, break_on_hyphens=False)
        if " ".join(pieces) == cleaned and all(len(piece) <= _PLAIN_LENGTH for piece in pieces):
            return FOLD.join(pieces)
    return _encoded(cleaned)


def mailbox(person: Person) -> str:
    """Name and address of `person` as From and To hold them, or the address alone (RFC 5322 3.4)."""
    name = wording.name(person.name)
    if not name:
        return person.email
    if name.isascii() and "=?" not in name and len(name) < _PLAIN_LENGTH:
        return f'"{name}"{FOLD if len(name) + len(person.email) > _PLAIN_LENGTH else " "}<{person.email}>'
    return f"{_encoded(name)}{FOLD}<{person.email}>"


def identifiers(ids: Iterable[str]) -> str:
    """The Message-IDs among `ids`, one on each line; empty when there is none (RFC 5322 3.6.4)."""
    return FOLD.join(identifier for identifier in ids if _IDENTIFIER.fullmatch(identifier))


def _encoded(text: str) -> str:
    return FOLD.join(f"=?utf-8?b?{b64encode(octets).decode()}?=" for octets in _words(text))


def _words(text: str) -> Iterator[bytes]:
    """The octets of `text` in pieces short enough for an encoded word, never cut inside a character."""
    piece = b""
    for character in text:
        octets = character.encode()
        if len(piece) + len(octets) > _WORD_OCTETS:
            yield piece
            piece = b""
        piece += octets
    if piece:
        yield piece
