"""The rows of a list, handed to the page that mends them and taken back: signed with the app's key, packed,
so that no upload is kept and no second one is needed."""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from scheduler.identity import actor
from scheduler.papers.list_rows import ListRow, ReadList
from scheduler.papers.sheet import CellKind, SheetUnreadable

SECONDS = 24 * 60 * 60
# What one field of a form may hold (Flask's MAX_FORM_MEMORY_SIZE is 500,000 bytes).
MOST_BYTES = 390_000


class PackLost(Exception):
    """It is not what we handed out, not for this page or this person, or older than a day."""


def packed(read: ReadList, about: str) -> str:
    """A list as one field of a form. `about` says which page it is for. Raises SheetUnreadable
    (`too_much_text`)."""
    rows = [[row.number, dict(row.texts), dict(row.kinds), sorted(row.merged)] for row in read.rows]
    told = {
        "about": [about, actor().email],
        "rows": rows,
        "headings": dict(read.headings),
        "letters": dict(read.letters),
        "ignored": list(read.ignored),
        "unnamed": list(read.unnamed),
        "encoding": read.encoding,
        "serials": read.serials,
        "sheet": read.sheet,
        "other_sheets": list(read.other_sheets),
    }
    text = _serializer().dumps(told)
    text = text if isinstance(text, str) else text.decode()
    if len(text) > MOST_BYTES:
        raise SheetUnreadable("too_much_text")
    return text


def unpacked(text: str, about: str) -> ReadList:
    """The list again. Raises PackLost."""
    try:
        told: dict[str, Any] = _serializer().loads(text, max_age=SECONDS)
    except BadData as error:
        raise PackLost from error
    if told.pop("about") != [about, actor().email]:
        raise PackLost
    rows = [
        ListRow(number, texts, {cell: CellKind(kind) for cell, kind in kinds.items()}, frozenset(merged))
        for number, texts, kinds, merged in told.pop("rows")
    ]
    return ReadList(rows=rows, **told)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="a list that is being mended")
