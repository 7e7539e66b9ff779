"""Bringing the database to the newest schema, and the lock under which a first start prepares it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import URL, NullPool, create_engine, text

from scheduler.records.database import db

MIGRATIONS = Path(__file__).parent.parent / "migrations"
# Any number will do as long as every launcher of this program takes the same one.
PREPARATION_LOCK = 20_260_501


class SchemaIsNewer(Exception):
    """The database was brought to a schema that this version of the program does not know."""


def bring_to_head(app: Flask) -> bool:
    """Bring the database of `app` to the newest schema. True when there was something to do.

    Any number of processes may call this at once: one upgrades, the others wait and find it done.
    Raises SchemaIsNewer, and SQLAlchemy's own errors when the database cannot be reached.
    """
    with app.app_context():
        make_private_file(db.engine.url)
        if _is_at_head():
            return False
        with alone_with_database(db.engine.url):
            if _is_at_head():
                return False
            config: Config = app.extensions["migrate"].migrate.get_config(str(MIGRATIONS))
            command.upgrade(config, "head")
            return True


@contextmanager
def alone_with_database(url: URL) -> Iterator[None]:
    """Keep every other process out of the same preparation, on this machine or another."""
    if url.get_backend_name() == "sqlite":
        with _locked_file(Path(f"{url.database}.lock")):
            yield
        return
    # An engine of its own: the lock belongs to a connection, and must outlive what is done meanwhile.
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": PREPARATION_LOCK})
        yield


def make_private_file(url: URL) -> None:
    """Make the SQLite file, if there is none yet, so that its owner alone can read it."""
    if url.get_backend_name() == "sqlite" and url.database:
        os.close(os.open(url.database, os.O_RDONLY | os.O_CREAT, 0o600))


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_at_head() -> bool:
    """Whether the database carries the newest revision; told apart from one we have never heard of."""
    script = ScriptDirectory(str(MIGRATIONS))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in script.walk_revisions()}
    if unknown := set(current) - known:
        raise SchemaIsNewer(
            f"The database is at revision {', '.join(unknown)}, which this version of the program does not "
            "know. Run the newer version, or restore the backup made before it."
        )
    return set(current) == set(script.get_heads())
