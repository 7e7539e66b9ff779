"""What is one line of text, and what has the shape of an e-mail address: for forms, the API and lists."""

import re
import unicodedata

# Line and paragraph separators break a line as surely as a line feed does; half characters are none.
LOST_SIGN = "\ufffd"
CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^\W_]([\w-]*[^\W_])?\.)+[^\W_]([\w-]*[^\W_])?")
LONGEST_EMAIL = 254


def is_one_line(text: str) -> bool:
    """Whether a text has neither line breaks nor control characters, nor signs that were lost on the way."""
    return LOST_SIGN not in text and not any(unicodedata.category(sign) in CONTROL for sign in text)


def is_email(text: str) -> bool:
    """Whether a text has the shape of one e-mail address."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None
