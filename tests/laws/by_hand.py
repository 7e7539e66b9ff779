"""SQL as somebody would type it, over a plain connection that knows nothing of our models."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import make_url

from scheduler.words.law_words import law_in
from tests.cast import AT, seoul

Refused = (sqlite3.IntegrityError, psycopg.IntegrityError)
SCARCE = (
    *("site", "tour", "tour_session", "visit", "other_booking", "delegation", "part", "engagement"),
    *("resource", "resource_leave", "assignment", "place"),
)
HOLD_UNTIL = seoul(1)


class NothingRefused(AssertionError):
    """The database took what it should have refused."""


class Hand:
    """One plain connection to the test's database; what it is told is committed, statement by statement."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.connection = self.connect()

    def connect(self, **options: Any) -> Any:
        """Another plain connection. On SQLite it keeps no foreign keys, as any shell would not."""
        if self.is_sqlite:
            return sqlite3.connect(self.url.database or "", isolation_level=None, **options)
        host = str(self.url.query["host"])
        return psycopg.connect(
            host=host, dbname=self.url.database, user=self.url.username, autocommit=True, **options
        )

    def __enter__(self) -> "Hand":
        return self

    def __exit__(self, *_raised: object) -> None:
        self.connection.close()

    def write(self, statement: str) -> int:
        """Run a statement; how many rows it wrote."""
        return int(self.connection.execute(statement).rowcount)

    def law_against(self, statement: str) -> str | None:
        """The law by which a statement is refused. Nothing may be written meanwhile."""
        before = self.all_that_is_scarce()
        try:
            self.connection.execute(statement)
        except Refused as refused:
            assert self.all_that_is_scarce() == before
            return law_in(str(refused))
        raise NothingRefused(statement)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(question)]

    def load_of(self, tour_session: Any) -> tuple[int, int]:
        """People and groups that the database counts in a session."""
        question = f"SELECT places_taken, groups_taken FROM tour_session WHERE id = {tour_session.id}"
        people, groups = self.rows(question)[0]
        return people, groups

    def all_that_is_scarce(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the scarce things, as text."""
        return {name: sorted(self.rows(f"SELECT * FROM {name}"), key=str) for name in SCARCE}

    def instant(self, at: datetime) -> str:
        """An instant as this engine keeps it."""
        told = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return f"'{told}'" if self.is_sqlite else f"'{told}+00'"

    def number_of(self, statement: str) -> int:
        """Write one row; its number."""
        return int(self.rows(f"{statement} RETURNING id")[0][0])

    def visit(
        self, who: Any, where: Any, headcount: int, state: str = "requested", part: int | str = "NULL"
    ) -> str:
        """The statement that writes one visit."""
        uid = f"typed-{who.id}-{where.id}-{headcount}"
        values = f"{self.of_visit(where, headcount, state)}, {who.id}, '{uid}', {part}"
        return f"INSERT INTO visit ({VISIT_COLUMNS}, delegation_id, uid, part_id) VALUES ({values})"

    def of_visit(self, where: Any, headcount: int | str, state: str = "requested") -> str:
        """The values of a visit but for whose it is and its name."""
        now = self.instant(AT)
        hold_until = self.instant(HOLD_UNTIL) if state == "held" else "NULL"
        times = f"{self.instant(where.starts_at)}, {self.instant(where.ends_at)}"
        return (
            f"{where.id}, {where.site_id}, {times}, {headcount}, '{state}', {hold_until}, "
            f"{now}, {now}, {now}, {now}, 0, 1, '[]', '[]', '[]', '', '', '', '', false"
        )

    def other(self, where: Any, headcount: int) -> str:
        """The statement that writes one other booking."""
        return (
            "INSERT INTO other_booking (tour_session_id, name, headcount, booked_at) "
            f"VALUES ({where.id}, 'School', {headcount}, {self.instant(AT)})"
        )

    def journal_line(self, subject: str, subject_id: int) -> int:
        """A new line of the journal about one row; its number."""
        self.write(
            "INSERT INTO journal (at, actor, act, subject, subject_id, reason) "
            f"VALUES ({self.instant(AT)}, 'somebody', 'change', '{subject}', {subject_id}, '')"
        )
        return int(self.rows("SELECT max(id) FROM journal")[0][0])


VISIT_COLUMNS = (
    "tour_session_id, site_id, starts_at, ends_at, headcount, state, hold_until, asked_at, stamped_at, "
    "changed_at, created_at, sequence, version, acknowledged, overridden, offered_times, acknowledge_reason, "
    "override_reason, ended_by, ended_reason, is_clashing"
)
