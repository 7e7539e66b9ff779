"""Cells that no spreadsheet program takes for a formula: what people typed stays text wherever it is opened.

A cell that begins with one of the marks below is worked out instead of shown (CWE-1236, "CSV injection"),
also after spaces, and by some programs in the full-width forms that East Asian keyboards give. Decision 24.
"""

import re
import unicodedata

MARKS = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212"
# What a program skips before it looks for a mark: spaces of any width and signs without any.
_SKIPPED = r"[\s'\u200b-\u200f\u2060\ufeff]*"
_BEGINS_FORMULA = re.compile(rf"{_SKIPPED}[{MARKS}]")
# Where a program of another country splits a cell of ours in two, and the second half would begin so.
_WITHIN = re.compile(rf"([;|]{_SKIPPED})(?=[{MARKS}])")
# Controls of C0 and C1, half signs, and those that turn the direction of what follows.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|#%]+')
LONGEST_CELL = 32_000
LONGEST_NAME = 80
# A workbook holds no longer name of a sheet, and none of these signs in it.
LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']+")


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take a text for something to work out."""
    return _BEGINS_FORMULA.match(text) is not None


def one_line(text: str) -> str:
    """A text without line breaks, tabs and signs that nobody sees, none longer than a cell may be."""
    return " ".join(_HIDDEN.sub(" ", text).split())[:LONGEST_CELL]


def harmless(text: str) -> str:
    """A text as a cell of a text file: with an apostrophe before whatever would begin a formula."""
    plain = _WITHIN.sub(r"\1'", one_line(text))
    return f"'{plain}" if is_like_formula(plain) else plain


def file_name(words: str, kind: str) -> str:
    """What a file of some words is called: in any script, without what file systems stumble over."""
    plain = one_line(_NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", words)))
    plain = re.sub(rf"^(?:[{MARKS}.'~\s])+", "", plain)
    return f"{plain[:LONGEST_NAME].strip(' .') or 'list'}.{kind}"


def ascii_name(name: str, instead: str) -> str:
    """The same name for programs that know ASCII alone: what is left of it there, without blanks at its ends.
    Where no letter is left, `instead` is said before it."""
    whole = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, kind = whole.rpartition(".") if re.search(r"\.[A-Za-z0-9]+\Z", whole) else (whole, "", "")
    plain = one_line(_NOT_IN_NAMES.sub(" ", stem)).strip(" .,;-_()'")
    if not re.search("[A-Za-z]", plain):
        plain = "-".join(filter(None, (instead, plain)))
    return f"{plain}{dot}{kind}"


def sheet_name(words: str) -> str:
    """What a sheet of some words is called."""
    plain = one_line(_NOT_IN_SHEET_NAMES.sub(" ", words))
    plain = re.sub(rf"^(?:[{MARKS}\s])+", "", plain)
    return plain[:LONGEST_SHEET_NAME].strip() or "1"
