"""The text of an HTML mail, for people to read: no more than its words and its lines."""

import re
from html import unescape

# Numbers this long make Python's own decoder fail, and are no characters anyway.
_ENDLESS_NUMBER = re.compile(r"&#[0-9a-fA-FxX]{9,}")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_TAG_NAME = re.compile("/?[a-z0-9]+")
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_NEW_LINES = frozenset({"br", "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre"})


def plain_text(html: str) -> str:
    """The words of `html`, a line for each paragraph, row and item; takes time in proportion to it."""
    pieces: list[str] = []
    at = 0
    while (begin := html.find("<", at)) >= 0:
        pieces.append(_BLANKS.sub(" ", html[at:begin]))
        tag, at = _tag(html, begin)
        if tag is None:
            pieces.append("<")
        elif tag in _UNSEEN:
            at = _after_unseen(html, at, tag)
        elif tag.strip("/") in _NEW_LINES:
            pieces.append("\n")
    pieces.append(_BLANKS.sub(" ", html[at:]))
    text = unescape(_ENDLESS_NUMBER.sub("\ufffd", "".join(pieces))).replace("\xa0", " ")
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _tag(html: str, begin: int) -> tuple[str | None, int]:
    """The name of the tag that begins here, empty for a comment, None for a sign; and where it ends."""
    if html.startswith("<!--", begin):
        end = html.find("-->", begin + 4)
        return "", len(html) if end < 0 else end + 3
    name = _TAG_NAME.match(html[begin + 1 : begin + 20].lower())
    if not name and html[begin + 1 : begin + 2] not in ("!", "?"):
        return None, begin + 1
    end = html.find(">", begin)
    return name[0] if name else "", len(html) if end < 0 else end + 1


def _after_unseen(html: str, at: int, tag: str) -> int:
    """After the end of an element that nobody sees."""
    found = re.compile(f"</{tag}", re.IGNORECASE).search(html, at)
    end = html.find(">", found.end()) if found else -1
    return len(html) if end < 0 else end + 1
