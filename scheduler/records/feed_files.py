"""The copies of the answers that feeds gave: looked at in one question, kept without ever waiting.

A copy is no archive, only a shortcut (decision 19): it is written beside the acts, not by one, and whoever
cannot write it at once goes without.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, String, and_, bindparam, case, func, not_, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from scheduler.records.database import BUSY_SECONDS, UtcDateTime, ask, db, looking
from scheduler.records.feed_lookup import COLUMNS, OPENED, Feed, feed_of
from scheduler.records.feed_revisions import NUMBERS, numbers_of_site
from scheduler.records.feed_stops import Stretch
from scheduler.records.feeds import FeedFile, FeedKind, FeedLink

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# Of the tags that an asker names so many are heeded; nobody keeps more versions of a calendar.
MOST_TAGS = 20
FIELDS = ("feed_link_id", "tag", "changed_at", "data")
LINK, COPY = FeedLink.__table__, FeedFile.__table__


class Copy(NamedTuple):
    """The last answer: its tag, since when it holds, how many bytes; the bytes themselves where wanted."""

    tag: str
    changed_at: datetime
    length: int
    data: bytes | None


class _Sent(FunctionElement[Any]):
    """A calendar's bytes on their way here. PostgreSQL would write each as two digits; as text they are sent
    as they are, for a calendar is text (UTF-8, and never a zero byte)."""

    inherit_cache = True
    type = NullType()


@compiles(_Sent, "sqlite")
def _as_bytes(element: _Sent, compiler: SQLCompiler, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(_Sent, "postgresql")
def _as_text(element: _Sent, compiler: SQLCompiler, **more: Any) -> str:
    return f"convert_from({compiler.process(element.clauses, **more)}, 'UTF8')"


@dataclass(frozen=True)
class Held:
    """What the asker has already: files of these tags, or of this moment. Their bytes are not read."""

    tags: Collection[str] = ()
    changed_at: datetime = LONG_AGO


def feed_and_copy(digest: str, stretch: Stretch, held: Held) -> tuple[Feed, str, Copy | None]:
    """The feed of a secret; a text that differs whenever anything in it does; the copy that was kept of it,
    with its bytes unless the asker holds them. Raises NotFound. One query for a site, two for the others."""
    known = ",".join(list(held.tags)[:MOST_TAGS])
    with looking() as look:
        row = look(_ASKED, digest=digest, known=known, held_at=held.changed_at)
        feed = feed_of(row)
        assert row is not None
        of_site, *copy = row[COLUMNS:]
        numbers = of_site if feed.site_id else _answered(look(NUMBERS[feed.shows], **_told(feed, stretch)))
    return feed, numbers, _copy(*copy) if copy[0] is not None else None


def feed_now(digest: str, stretch: Stretch) -> tuple[Feed, str]:
    """What `feed_and_copy` tells but the copy, as the present transaction sees it. Raises NotFound. Two
    queries."""
    feed = feed_of(ask(OPENED, digest=digest).first())
    return feed, _answered(ask(NUMBERS[feed.shows], **_told(feed, stretch)).first())


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that the session reads within the block is as it was at one moment."""
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":  # There a transaction is one moment anyhow.
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        db.session.rollback()


def keep_copy(feed_id: int, tag: str, data: bytes, *, at: datetime) -> datetime | None:
    """Keep an answer, whole or not at all, and say since when it holds: later than any other of this feed.

    None where the database is busy, read-only, or the feed was taken away: the answer then goes unkept.
    """
    with suppress(DBAPIError), db.engine.connect() as connection, _without_waiting(connection):
        told = {"feed_link_id": feed_id, "tag": tag, "changed_at": at, "data": data}
        kept = connection.execute(_KEEPING[connection.dialect.name], told).scalar_one()
        connection.commit()
        return UtcDateTime().process_result_value(kept, connection.dialect)
    return None


@contextmanager
def _without_waiting(connection: Connection) -> Iterator[None]:
    """Whoever holds a lock that is needed within the block is not waited for."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _copy(tag: str, changed_at: datetime, length: int, data: str | bytes | None) -> Copy:
    return Copy(tag, changed_at, length, data.encode() if isinstance(data, str) else data)


def _told(feed: Feed, stretch: Stretch) -> dict[str, Any]:
    is_of_somebody = {} if feed.subject is None else {"subject": feed.subject}
    return is_of_somebody if feed.shows is FeedKind.SITE else is_of_somebody | stretch.told


def _answered(row: Row[Any] | None) -> str:
    assert row is not None  # One row whatever there is.
    return str(row[0])


def _asked() -> Select[Any]:
    """The tags that the asker holds come as one text: a list would cost more on every asking."""
    held_at = bindparam("held_at", type_=UtcDateTime)
    is_wanted = and_(not_(bindparam("known", type_=String).contains(COPY.c.tag)), COPY.c.changed_at > held_at)
    copy = COPY.c.tag, COPY.c.changed_at, func.length(COPY.c.data)
    data = case((is_wanted, _Sent(COPY.c.data)))
    rows = OPENED.add_columns(numbers_of_site(LINK.c.site_id), *copy, data)
    return rows.outerjoin(COPY, COPY.c.feed_link_id == LINK.c.id)


def _keeping(dialect: Any, a_second_later: str) -> Any:
    """Two processes may keep at once: the last one's answer stays, as changed later than the other's. The
    same answer again changes nothing."""
    row = dialect.insert(COPY).values({name: bindparam(name) for name in FIELDS})
    new = row.excluded
    is_same = COPY.c.tag == new.tag
    later = text(a_second_later)
    newest = case((new.changed_at > COPY.c.changed_at, new.changed_at), else_=later)
    return row.on_conflict_do_update(
        index_elements=[COPY.c.feed_link_id],
        set_={
            "tag": new.tag,
            "data": new.data,
            "changed_at": case((is_same, COPY.c.changed_at), else_=newest),
        },
    ).returning(COPY.c.changed_at)


_ASKED = _asked()
_KEEPING = {
    "sqlite": _keeping(sqlite, "datetime(feed_file.changed_at, '+1 second')"),
    "postgresql": _keeping(postgresql, "feed_file.changed_at + interval '1 second'"),
}
