"""The database itself: one registry of tables, UTC instants, sets of codes, and how each engine is set up."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Enum,
    Executable,
    MetaData,
    Result,
    Row,
    Text,
    event,
    literal_column,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from scheduler.core.spans import NaiveTime
from scheduler.records.text_search import teach_sqlite

BUSY_SECONDS = 30
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base  # what type checkers can follow
else:
    Model = db.Model


def ask(question: Executable, **values: Any) -> Result[*tuple[Any, ...]]:
    """Ask a question that was put together once, when its file was read, with the values of this time.

    Its answer is plain rows. What the act has changed so far is written first, as for any other question.
    """
    session = db.session()
    session.flush()
    return session.execute(question, values)


def glance(question: Executable, **values: Any) -> Row[*tuple[Any, ...]] | None:
    """The first row of an answer, asked apart from the session and outside any transaction: on PostgreSQL
    that is one way to the server and back, not three."""
    with looking() as look:
        return look(question, **values)


@contextmanager
def looking() -> Iterator[Callable[..., Row[*tuple[Any, ...]] | None]]:
    """Several glances in a row: `with looking() as look: look(question, …)`."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execution_options(**{"glancing": True} if is_sqlite else {"isolation_level": "AUTOCOMMIT"})
        yield lambda question, **values: connection.execute(question, values).first()


def written(code: StrEnum) -> ColumnElement[Any]:
    """A code that stands in the SQL itself: only so can an engine see that an index over some rows serves."""
    return literal_column(f"'{code.value}'")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC to the second. Refuses a naive datetime; gives back an aware one."""

    impl = SqlDateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            whole_seconds = sqlite.DATETIME(truncate_microseconds=True)  # type: ignore[no-untyped-call]
            return dialect.type_descriptor(whole_seconds)
        return dialect.type_descriptor(SqlDateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveTime(f"{value} has no zone; say which instant is meant")
        instant = value.astimezone(UTC).replace(microsecond=0)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CodeSet(TypeDecorator[frozenset[str]]):
    """A set of short codes (languages, needs, topics), kept as one sorted text: "ar en"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        codes = sorted(set(value or ()))
        if any(not code or " " in code for code in codes):
            raise ValueError(f"{codes} holds something that is no code")
        return " ".join(codes)

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:
        return frozenset((value or "").split())


def code_column(codes: type[StrEnum], name: str) -> Enum:
    """The column type of a state or kind: its value as text, checked by a named constraint."""
    return Enum(
        codes,
        name=name,
        native_enum=False,
        length=32,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def set_up_engine(engine: Engine) -> None:
    """Teach an engine the house's ways."""
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine)
    else:
        _set_up_postgresql(engine)


def _set_up_sqlite(engine: Engine) -> None:
    """SQLite begins when we say so: the driver's own idea of transactions would let reads go first."""

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        teach_sqlite(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("glancing", False):
            return  # Each question is a transaction of its own, as far as SQLite is concerned.
        is_writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _set_up_postgresql(engine: Engine) -> None:
    """What is read after a lock must be what was written before it, whatever the server's own default is."""

    @event.listens_for(engine, "connect")
    def set_up(connection: psycopg.Connection, _record: object) -> None:
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
