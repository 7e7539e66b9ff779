"""Text made fit for calendar files: what no reader, however simple, can mistake for structure."""

import re
import unicodedata
from urllib.parse import quote

from scheduler.core.lines import is_address

LINE_LENGTH = 500
NAME_LENGTH = 255
PARAGRAPHS_LENGTH = 10_000
FILE_NAME_LENGTH = 100

# Python clients split lines at all of these, not only at CR and LF.
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, surrogates, byte order marks and whatever turns the direction of the text after it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACE_AROUND_BREAK = re.compile(" *[\t\n][ \t\n]*")
# RFC 6868 escapes begin with a caret and are not decoded by every reader.
_UNSAFE_IN_NAME = re.compile(r'["\\^]')
_UNSAFE_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|%;]')
_IDENTIFIER = re.compile(r"[A-Za-z0-9@._~+=/-]{1,255}")
_WEB_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:[/?#].*)?")
_RESERVED_IN_URI = ":/?#[]@!$&'()*+,;=%~"
_JOINER = "\u200d"


class NotAnAddress(ValueError):
    """This text is no mail address that every calendar program understands."""


class NotAnIdentifier(ValueError):
    """This text cannot serve as the UID of an entry."""


class NotAWebAddress(ValueError):
    """This text is no absolute http or https address."""


def line(text: str, *, most: int = LINE_LENGTH) -> str:
    """`text` on one line: line breaks and tabs become a space, controls vanish, at most `most` characters."""
    if not text.isprintable():
        text = _SPACE_AROUND_BREAK.sub(" ", _without_controls(text))
    return _shortened(text.strip(), most)


def paragraphs(text: str, *, most: int = PARAGRAPHS_LENGTH) -> str:
    """`text` with its line breaks as \\n and without controls but TAB, at most `most` characters."""
    if not text.isprintable():
        text = _without_controls(text)
    return _shortened(text.strip(), most)


def name(text: str) -> str:
    """`text` fit to stand in a parameter: one line without double quotes, backslashes and carets."""
    return line(_UNSAFE_IN_NAME.sub("", text), most=NAME_LENGTH)


def address(text: str) -> str:
    """`text` itself when it is a plain ASCII mail address of at most 254 characters.

    Characters with a meaning in a mailto: URI (RFC 6068) are refused, not encoded, since clients
    compare addresses as text. Raises `NotAnAddress`.
    """
    if not is_address(text):
        raise NotAnAddress(f"{text[:80]!r} is no mail address; write it like desk@city.example")
    return text


def identifier(text: str) -> str:
    """`text` itself when it may be a UID: 1 to 255 ASCII characters that need no escape.

    Raises `NotAnIdentifier`.
    """
    if not _IDENTIFIER.fullmatch(text):
        raise NotAnIdentifier(f"{text[:80]!r} cannot be a UID; use letters, digits and @ . _ ~ + = / -")
    return text


def web_address(text: str) -> str:
    """`text` as an absolute http or https URI, percent-encoded where needed. Raises `NotAWebAddress`."""
    encoded = quote(text, safe=_RESERVED_IN_URI, errors="replace")
    if not _WEB_ADDRESS.fullmatch(encoded):
        raise NotAWebAddress(f"{text[:80]!r} is no web address; write it like https://city.example/visits/1")
    return encoded


def file_name(text: str, *, fallback: str = "calendar") -> str:
    """A name to save a calendar file under: no path, no quotes, at most 100 characters before `.ics`."""
    stem = line(_UNSAFE_IN_FILE_NAME.sub(" ", text), most=FILE_NAME_LENGTH).strip(" .")
    return f"{stem or fallback}.ics"


def _without_controls(text: str) -> str:
    return _UNWANTED.sub("", _LINE_BREAK.sub("\n", text))


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    end = most - 1
    while end and _continues_a_character(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _continues_a_character(text: str, position: int) -> bool:
    """Whether cutting before `position` would part an accent or half an emoji from its base."""
    return (
        unicodedata.category(text[position]) in {"Mn", "Me", "Mc", "Cf", "Sk"}
        or text[position - 1] == _JOINER
    )
