"""What a start needs before anything is served: the secret key, the schema, and a city to show."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import URL, ColumnElement, make_url, select, true
from sqlalchemy.exc import ArgumentError, DBAPIError

from scheduler.clock import now
from scheduler.demo.load import CityNotEmpty, load_demo_city
from scheduler.records.account_lookup import is_demo_city
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.upgrade import SchemaIsNewer, alone_with_database, bring_to_head

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
OPEN_AN_ACCOUNT = (
    "Open its first account with: .venv/bin/flask --app wsgi accounts create EMAIL --role administrator"
)


class CannotServe(click.ClickException):
    """The city cannot be served as asked; the sentence says why and what to do."""


def check_database_url(address: str) -> None:
    """Refuse an address that no engine could be made from, before one is made."""
    try:
        url = make_url(address)
    except ArgumentError:
        url = URL.create("")
    if url.drivername not in DRIVERS:
        raise CannotServe(
            "DATABASE_URL is not an address the scheduler can use. It should read "
            "postgresql://user:password@host/name or sqlite:////full/path/of/the/file"
        )
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise CannotServe(
            "DATABASE_URL keeps the archive in memory, where the processes of a server cannot share it. "
            "Name a file: sqlite:////full/path/of/the/file"
        )


def prepare(app: Flask, *, is_local: bool) -> None:
    """Bring key, schema and data into order; `is_local` says whether only this machine will be served."""
    keep_secret_key(app)
    try:
        bring_to_head(app)
    except SchemaIsNewer as error:
        raise CannotServe(str(error)) from error
    except (DBAPIError, OSError) as error:
        raise CannotServe(_unusable(app, error)) from error
    with app.app_context():
        if not is_local and (is_demo_city() or is_empty()):
            raise CannotServe(
                "The demo city has known passwords and is served on a loopback address only. Leave HOST at "
                f"127.0.0.1, or name a database of your own with DATABASE_URL. {OPEN_AN_ACCOUNT}"
            )
        load_demo_if_empty()
        if is_demo_city():
            app.config["TRUSTED_HOSTS"] = list(LOOPBACK_NAMES)


def keep_secret_key(app: Flask) -> None:
    """Give `app` the key in `instance/`, made at the first start; of two first starts, one key wins."""
    instance = Path(app.instance_path)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(PermissionError):
        instance.chmod(0o700)
    if app.secret_key:
        return
    kept = instance / "secret_key"
    draft = instance / f"secret_key.{os.getpid()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        # A link appears whole or not at all, and never replaces the key another start has made.
        kept.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    app.secret_key = kept.read_text().strip()


def load_demo_if_empty() -> None:
    """Load the demo city into a database without a single account; of two starts, one loads it."""
    if not is_empty():
        return
    with alone_with_database(db.engine.url):
        if is_empty():
            click.echo("Loading the demo city …")
            try:
                click.echo(load_demo_city(now()))
            except CityNotEmpty:
                click.echo(f"There is a city already, but nobody may sign in. {OPEN_AN_ACCOUNT}")


def is_empty() -> bool:
    return not _has_account(true())


def _has_account(condition: ColumnElement[bool]) -> bool:
    # A connection of its own, so that each question sees what others have committed meanwhile.
    with db.engine.connect() as connection:
        return connection.scalar(select(Account.id).where(condition).limit(1)) is not None


def _unusable(app: Flask, error: DBAPIError | OSError) -> str:
    with app.app_context():
        address = db.engine.url.render_as_string(hide_password=True)
    reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"The database {address} cannot be used: {reason}. DATABASE_URL names the one to use."
