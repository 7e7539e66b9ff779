"""Structured header fields taken apart: words and separators, mailboxes, Message-IDs, parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.calendars import wording
from scheduler.post.encoded import words

LONGEST_MAILBOX = 2_000
LONGEST_IDENTIFIER = 200
MOST_IDENTIFIERS = 50

_MOST_INSIDE = LONGEST_IDENTIFIER - 2
_IDENTIFIER = re.compile(rf"<([^<>\s\x00-\x1f]{{1,{_MOST_INSIDE}}})>")
_BARE_IDENTIFIER = re.compile(rf"[^<>\s\x00-\x1f]{{1,{_MOST_INSIDE}}}")


@dataclass(frozen=True)
class Token:
    """A piece of a structured field: a separator, or a word that was quoted or not. Comments are left out."""

    text: str
    is_quoted: bool = False
    is_separator: bool = False


def tokens(value: str, separators: str) -> Iterator[Token]:
    """The words of a structured field (RFC 5322 3.2): comments vanish, quotes are undone.

    Blanks part words, and each character of `separators` outside quotes and comments is a token by itself.
    A quote or comment that never ends goes to the end.
    """
    at, word = 0, ""
    while at < len(value):
        sign = value[at]
        if sign not in '"( \t\r\n' and sign not in separators:
            word += sign
            at += 1
            continue
        if word:
            yield Token(word)
            word = ""
        if sign == '"':
            text, at = _quoted(value, at + 1)
            yield Token(text, is_quoted=True)
        elif sign == "(":
            at = _after_comment(value, at + 1)
        else:
            at += 1
            if sign in separators:
                yield Token(sign, is_separator=True)
    if word:
        yield Token(word)


def _quoted(value: str, at: int) -> tuple[str, int]:
    """The text of a quoted string whose inside begins at `at`, and where it ends."""
    text: list[str] = []
    while at < len(value) and value[at] != '"':
        at += value[at] == "\\" and at + 1 < len(value)
        text.append(value[at])
        at += 1
    return "".join(text), at + 1


def _after_comment(value: str, at: int) -> int:
    depth = 1
    while at < len(value) and depth:
        if value[at] == "\\":
            at += 1
        elif value[at] in "()":
            depth += 1 if value[at] == "(" else -1
        at += 1
    return at


def mailbox(value: str) -> tuple[str, str]:
    """The address, lower case, and the name in a field that holds one mailbox; both empty when it does not.

    Strict on purpose: two readers of a twisted field must not find two different people in it. So there is
    `a@b` or `Name <a@b>` and nothing else, and an unquoted name holds no `@`, comma, colon or semicolon.
    """
    if len(value) > LONGEST_MAILBOX:
        return "", ""
    found = list(tokens(value, "<>,;:"))
    separators = "".join(token.text for token in found if token.is_separator)
    if separators == "<>" and found[-1].text == ">" and len(found) >= 3 and found[-3].text == "<":
        before, inner = found[:-3], found[-2]
        name = words(" ".join(token.text for token in before))
    elif separators == "" and len(found) == 1:
        before, inner, name = [], found[0], ""
    else:
        return "", ""
    if inner.is_quoted or any("@" in token.text and not token.is_quoted for token in before):
        return "", ""
    try:
        return wording.address(inner.text.lower()), wording.name(name)
    except wording.NotAnAddress:
        return "", ""


def identifiers(value: str) -> tuple[str, ...]:
    """The Message-IDs in a field, each once and in angle brackets; those beyond the bounds are left out."""
    found = _IDENTIFIER.findall(value)
    if not found and _BARE_IDENTIFIER.fullmatch(value.strip()):
        found = [value.strip()]
    return tuple(f"<{each}>" for each in list(dict.fromkeys(found))[:MOST_IDENTIFIERS])


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The value of a field such as Content-Type in lower case, and its parameters by lower-case name.

    Pieces of one parameter (RFC 2231 3) are put together in the order they come in.
    """
    first, _, rest = value.partition(";")
    kind = "".join(token.text for token in tokens(first, "")).lower()
    found: dict[str, str] = {}
    name, is_value = "", False
    for token in tokens(rest, ";="):
        if token.text == ";" and token.is_separator:
            name, is_value = "", False
        elif token.is_separator and not is_value:
            is_value = True
        elif is_value and name:
            found[name] = found.get(name, "") + token.text
        elif not is_value:
            name = token.text.lower().partition("*")[0]
    return kind, found
