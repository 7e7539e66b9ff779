"""The people at the doors, each with an account of their own and signed in; and a clock that stands at AT."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, tzinfo

import pytest
from apiflask import APIFlask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from scheduler.access import Role
from scheduler.records.database import db
from scheduler.records.sites import Site
from tests import make
from tests.cast import AT
from tests.clients import Client
from tests.lasting import lasting_app_on


class StandingClock:
    """The computer's clock, as `scheduler.clock` asks it: always the instant of the tests."""

    stands_at = AT

    @classmethod
    def now(cls, zone: tzinfo) -> datetime:
        return cls.stands_at.astimezone(zone)


@pytest.fixture(autouse=True)
def it_is_always_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors ask the clock themselves; here it is the tests' own Sunday noon in Seoul."""
    monkeypatch.setattr("scheduler.clock.datetime", StandingClock)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(sqlite_url: str, compiled_templates: FileSystemBytecodeCache) -> Iterator[APIFlask]:
    """Pages are tested on SQLite; the floors below them are tested on both engines. One app serves them all;
    what a test sets of its configuration is undone after it."""
    for app in lasting_app_on(sqlite_url):
        app.jinja_env.bytecode_cache = compiled_templates
        config = dict(app.config)
        yield app
        app.config.clear()
        app.config.update(config)


@pytest.fixture
def as_stranger(app: APIFlask) -> Client:
    return Client(app)


@pytest.fixture
def as_officer(app: APIFlask) -> Client:
    make.account("officer@city.example", Role.OFFICER)
    return Client(app).sign_in("officer@city.example")


@pytest.fixture
def as_head(app: APIFlask) -> Client:
    make.account("head@city.example", Role.HEAD)
    return Client(app).sign_in("head@city.example")


@pytest.fixture
def as_administrator(app: APIFlask) -> Client:
    make.account("administrator@city.example", Role.ADMINISTRATOR)
    return Client(app).sign_in("administrator@city.example")


@pytest.fixture
def as_manager(app: APIFlask) -> Callable[..., Client]:
    """A function: `as_manager(site, …)` is the manager of these sites, signed in."""

    def manager(*sites: Site) -> Client:
        email = f"{'-'.join(site.code for site in sites).lower()}@city.example"
        make.account(email, Role.MANAGER, site_ids=tuple(site.id for site in sites))
        return Client(app).sign_in(email)

    return manager


@pytest.fixture
def counted(app: APIFlask) -> Callable[[], AbstractContextManager[list[str]]]:
    """A function: `with counted() as queries:` collects what is asked of the database meanwhile."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        queries: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            queries.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield queries
        event.remove(db.engine, "before_cursor_execute", note)

    return collect
