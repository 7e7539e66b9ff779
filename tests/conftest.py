"""The test ground: engines, the app, a served city, a browser. People and places are in cast.py, make.py."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from apiflask import APIFlask
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from scheduler import create_app
from scheduler.records.database import db
from tests.engines import ENGINES, PostgresqlEngine, SqliteEngine, postgresql_engine
from tests.kept_routes import keep_compiled_routes
from tests.served import ServedCity, served_city

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# A database in each example takes its time, and fixtures are shared by examples on purpose.
PATIENT = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "short", deadline=None, suppress_health_check=PATIENT, print_blob=True, max_examples=60
)
settings.register_profile(
    "long", deadline=None, suppress_health_check=PATIENT, print_blob=True, max_examples=1000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))
keep_compiled_routes()


@pytest.fixture(scope="session")
def race_rounds() -> int:
    """How often a race is run: a few times in `make test`, many in `make race`."""
    return int(os.environ.get("RACE_ROUNDS", "5"))


# Engines ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> SqliteEngine:
    return SqliteEngine(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlEngine]:
    with postgresql_engine() as engine:
        yield engine


@pytest.fixture
def sqlite_url(sqlite_engine: SqliteEngine) -> Iterator[str]:
    with sqlite_engine.database() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlEngine) -> Iterator[str]:
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """A fresh database on each engine in turn. `on_sqlite` and `on_postgresql` choose one of them."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """On each engine in turn, a database that no migration has seen."""
    fixture = {"sqlite": "sqlite_engine", "postgresql": "postgresql_server"}[request.param]
    with request.getfixturevalue(fixture).empty_database() as url:
        yield url


# The app ----------------------------------------------------------------------------------------------------


def app_settings(url: str) -> dict[str, object]:
    """What a test changes of `config.py`, and nothing else: commits commit, rules rule, forms check."""
    # Planners are started by the tests that are about them.
    return {
        "TESTING": True,
        "SECRET_KEY": "only-for-tests",
        "SQLALCHEMY_DATABASE_URI": url,
        "PLAN_PROCESSES": 0,
    }


def app_on(url: str) -> Iterator[APIFlask]:
    app = create_app(app_settings(url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(engine_url: str) -> Iterator[APIFlask]:
    """The app on each engine, with its context open, so that actions and records can be called."""
    yield from app_on(engine_url)


@pytest.fixture
def sqlite_app(sqlite_url: str) -> Iterator[APIFlask]:
    """The app on SQLite alone."""
    yield from app_on(sqlite_url)


# Clients of the app, one per person at the doors (`as_officer` …): ------------------------------------------


# A served city and a browser --------------------------------------------------------------------------------


@pytest.fixture
def serve_city(engine_url: str) -> Iterator[Callable[..., ServedCity]]:
    """A function that serves the test's database by gunicorn: `serve_city(workers=4, SOME_SETTING=…).url`."""
    with ExitStack() as until_the_end:

        def serve(workers: int = 4, **settings: object) -> ServedCity:
            wanted = {**app_settings(engine_url), "TESTING": False, **settings}
            return until_the_end.enter_context(served_city(wanted, workers=workers))

        yield serve


@pytest.fixture
def served(serve_city: Callable[..., ServedCity]) -> ServedCity:
    """The test's database behind four web processes, as a user would meet it."""
    return serve_city(workers=4)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "A browser is missing: apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor. Script errors, refused scripts and styles and foreign addresses fail."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Seoul")
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if _is_policy_breach(line.text) else None)
    page.on("request", lambda sent: None if _is_at_home(sent.url) else complaints.append(f"left: {sent.url}"))
    yield page
    context.close()
    assert complaints == []


def _is_policy_breach(line: str) -> bool:
    return "Content Security Policy" in line


def _is_at_home(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))
