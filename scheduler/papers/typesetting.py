"""Papers set by Typst: a template and plain values become a PDF, or its pages as pictures.

Values reach a template as JSON, never as its source: whatever somebody types is printed as it stands. Only
the fonts that travel with the house are used, so that a paper is the same on every machine.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

ROOM = Path(__file__).parent
TEMPLATES, FONTS = ROOM / "typst", ROOM / "fonts"
# The family of a language, for drawings, whose words a template cannot reach; others help out sign by sign.
FAMILIES = {
    "ko": "Noto Sans KR",
    "en": "Noto Sans",
    "zh": "Noto Sans SC",
    "ja": "Noto Sans JP",
    "ar": "Noto Sans",
}
# Printed in place of a sign that no font has: it says that something stood there.
NO_SIGN = "□"
# Marks of joining have no shape, and need none; those of direction could turn around what stands beside them.
JOINERS, DIRECTIONS = (
    "\u200c\u200d",
    re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"),
)


def typeset(template: str, paper: Any, *, made_at: datetime) -> bytes:
    """A PDF of a paper (a dataclass or a mapping of plain values) by the template of that name. `made_at` is
    the moment it tells of: the same paper of the same moment has the same bytes. It is PDF/UA-1: tagged, with
    title and language, for readers who listen."""
    pdf = _compiler().compile(
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        sys_inputs=_told(paper),
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def pictures(template: str, paper: Any, *, dots_per_inch: float) -> list[bytes]:
    """The same pages as PNG pictures."""
    name = str(TEMPLATES / f"{template}.typ")
    pages = _compiler().compile(name, format="png", ppi=dots_per_inch, sys_inputs=_told(paper))
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def unprintable(text: str) -> list[str]:
    """The signs of a text that none of the fonts has, each once."""
    return [sign for sign in dict.fromkeys(text) if not _can_print(sign)]


def _told(paper: Any) -> dict[str, str]:
    values = asdict(paper) if is_dataclass(paper) and not isinstance(paper, type) else paper
    return {"paper": json.dumps(_printable(values), ensure_ascii=False)}


def _printable(value: Any) -> Any:
    """The same values in signs that the fonts have, the words in drawings, too."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        plain = DIRECTIONS.sub("", unicodedata.normalize("NFC", value))
        return "".join(sign if _can_print(sign) else NO_SIGN for sign in plain)
    if isinstance(value, Mapping):
        return {name: _printable(told) for name, told in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


def _can_print(sign: str) -> bool:
    firsts, lasts = _coverage()
    place = bisect_right(firsts, ord(sign)) - 1
    return sign in JOINERS or sign in "\n\t" or (place >= 0 and ord(sign) <= lasts[place])


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """The first and the last code point of every stretch that the fonts can show."""
    lines = (FONTS / "COVERAGE").read_text(encoding="ascii").split()
    pairs = [line.partition("-") for line in lines]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _compiler() -> typst.Compiler:
    """One for each paper, since each remembers its inputs; the fonts are read once. Nothing is fetched."""
    nowhere = ROOM / "no-packages"
    return typst.Compiler(
        root=str(TEMPLATES),
        font_paths=_fonts(),
        package_path=str(nowhere),
        package_cache_path=str(nowhere),
    )
