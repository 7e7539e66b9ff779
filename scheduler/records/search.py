"""A few of the rows that a search finds, and how many there are in all: one query for both."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func

from scheduler.records.database import db


@dataclass(frozen=True)
class Found:
    """Some of what was found, and how much there is."""

    rows: list[Any] = field(default_factory=list)
    number: int = 0


def some_of(rows: Select[Any], *, first: int, most: int) -> Found:
    """So many of the rows from the given one on."""
    told = rows.add_columns(func.count().over()).limit(most).offset(first)
    found = db.session.execute(told).all()
    return Found([row[0] for row in found], found[0][1] if found else 0)
