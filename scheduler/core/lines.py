"""What is one line of text, and what has the shape of an e-mail address: for forms, the API and lists."""

import re
import unicodedata

# Line and paragraph separators break a line as surely as a line feed does; half characters are none.
LOST_SIGN = "\ufffd"
CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})
# What every mail and calendar program understands unquoted, and what means nothing else in a mailto: address
# (RFC 5322 3.2.3 without the signs that RFC 6068 would have encoded). Plain ASCII: addresses of other scripts
# (RFC 6531) are refused by too many servers to invite anybody by one.
ADDRESS = re.compile(
    r"[A-Za-z0-9!$&'*+/=_~-]+(?:\.[A-Za-z0-9!$&'*+/=_~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
# RFC 5321 4.5.3.1 and RFC 1035 2.3.4.
LONGEST_LOCAL_PART, LONGEST_LABEL = 64, 63
LONGEST_EMAIL = 254


def is_one_line(text: str) -> bool:
    """Whether a text has neither line breaks nor control characters, nor signs that were lost on the way."""
    return LOST_SIGN not in text and not any(unicodedata.category(sign) in CONTROL for sign in text)


def is_address(text: str) -> bool:
    """Whether mail and calendar programs take a text for one address, be it of a host without a domain."""
    return len(text) <= LONGEST_EMAIL and ADDRESS.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address that can be written to from anywhere."""
    local, _at, domain = text.partition("@")
    labels = domain.split(".")
    return (
        is_address(text)
        and len(local) <= LONGEST_LOCAL_PART
        and len(labels) > 1
        and all(len(label) <= LONGEST_LABEL for label in labels)
    )
