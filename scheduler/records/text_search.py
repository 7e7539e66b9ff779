"""Texts searched as people read them, on both engines: without case, width or accents; and how well."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from scheduler.core import searching
from scheduler.core.spans import Span

FOLDED = "folded"


class Folded(FunctionElement[str]):
    """A text as `core.searching.folded` has it, said in SQL."""

    inherit_cache = True
    type = String()


@compiles(Folded)
def _on_postgresql(element: Folded, compiler: SQLCompiler, **more: Any) -> str:
    text = compiler.process(element.clauses, **more)
    plain = f"regexp_replace(lower(normalize({text}, NFKD)), '[{searching.MARKS}]', '', 'g')"
    return f"normalize({plain}, NFC)"


@compiles(Folded, "sqlite")
def _on_sqlite(element: Folded, compiler: SQLCompiler, **more: Any) -> str:
    return f"{FOLDED}({compiler.process(element.clauses, **more)})"


def teach_sqlite(connection: sqlite3.Connection) -> None:
    """SQLite folds no letter beyond ASCII by itself: it asks us."""
    connection.create_function(FOLDED, 1, _folded, deterministic=True)


def texts(*columns: Any) -> Folded:
    """Several columns as one text to search."""
    whole: ColumnElement[str] = literal("")
    for column in columns:
        whole = whole + "\n" + func.coalesce(column, "")
    return Folded(whole)


def says(text: Folded, word: str) -> ColumnElement[bool]:
    """Whether a folded word stands in a text. What SQL takes for a wildcard is a sign like any other."""
    return text.contains(word, autoescape=True)


def closeness(sought: str, *columns: Any) -> ColumnElement[int]:
    """How close the best of the columns is: the very text 0, its beginning 1, that of a word 2, else 3."""
    found = [Folded(func.coalesce(column, "")) for column in columns]
    return case(
        (or_(*(text == sought for text in found)), 0),
        (or_(*(text.startswith(sought, autoescape=True) for text in found)), 1),
        (or_(*(text.contains(f" {sought}", autoescape=True) for text in found)), 2),
        else_=3,
    )


def touching(days: Iterable[Span], starts_at: Any, ends_at: Any) -> ColumnElement[bool]:
    """Whether what lasts from one column to another has an instant within one of the days."""
    return or_(*(and_(starts_at < day.ends_at, ends_at > day.starts_at) for day in days))


def _folded(text: object) -> str | None:
    return None if text is None else searching.folded(str(text))
