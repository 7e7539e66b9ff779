"""One app for many tests: its doors and compiled questions are made once, its database is each test's own.

The engine connects where the present test says. What asks the engine for its address needs `app_on` instead.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache

import psycopg
from apiflask import APIFlask
from sqlalchemy import URL, make_url

from scheduler import create_app
from scheduler.records.database import db
from tests.conftest import app_settings

_present: dict[str, URL] = {}


def lasting_app_on(url: str) -> Iterator[APIFlask]:
    """The app of this engine, its context open, on the database of this test."""
    engine = make_url(url).get_backend_name()
    _present[engine] = make_url(url)
    with _app_for(engine).app_context():
        yield _app_for(engine)
        db.session.remove()
        db.engine.dispose()


@cache
def _app_for(engine: str) -> APIFlask:
    connect = {"sqlite": _sqlite, "postgresql": _postgresql}[engine]
    settings = app_settings(str(_present[engine])) | {"SQLALCHEMY_ENGINE_OPTIONS": {"creator": connect}}
    return create_app(settings)


def _sqlite() -> sqlite3.Connection:
    return sqlite3.connect(str(_present["sqlite"].database), check_same_thread=False)


def _postgresql() -> psycopg.Connection:
    url = _present["postgresql"]
    return psycopg.connect(host=str(url.query["host"]), user=url.username, dbname=url.database)
