"""What a place is called whose code alone is known, in the reader's language."""

from flask import g
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.words.own_names import in_order


def place_called(code: str) -> str:
    """Its name; a code that nobody knows any more stands for itself. Asks once for all, whatever is told."""
    if "place_names" not in g:
        rows = db.session.execute(select(Place.code, Place.name, Place.name_native))
        g.place_names = {row.code: (row.name, row.name_native) for row in rows}
    names = g.place_names.get(code)
    return in_order(*names)[0] if names else code
