"""Races: their figures are gathered while they run, and shown and kept at the end."""

from collections.abc import Iterator

import pytest

from scheduler import create_app
from scheduler.access import Role
from scheduler.records.database import db
from tests import make
from tests.engines import ENGINES
from tests.races.crowd import Crowd
from tests.races.figures import ARTEFACT, Figures, machine, table
from tests.served import served_city

ROWS: list[tuple[str, ...]] = []


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Where a race on one engine writes its line."""
    gathered = Figures("PostgreSQL" if "postgresql" in request.node.name else "SQLite")
    yield gathered
    ROWS.extend(gathered.rows)


@pytest.fixture(scope="module", params=ENGINES)
def crowd(request: pytest.FixtureRequest) -> Iterator[Crowd]:
    """Clients of a city behind four web processes, one city on each engine for all the races of a file.
    An app of its own stands open beside it, for the builders."""
    fixture = {"sqlite": "sqlite_engine", "postgresql": "postgresql_server"}[request.param]
    with request.getfixturevalue(fixture).database() as url:
        settings = {"SECRET_KEY": "only-for-tests", "SQLALCHEMY_DATABASE_URI": url}
        with served_city(settings, workers=4) as served, create_app(settings).app_context():
            yield Crowd(served.url, make.token("officer@tests.example", Role.OFFICER))
            db.session.remove()
            db.engine.dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Only where the races ran in this process, as in `make race`: there all lines are together."""
    if not ROWS:
        return
    told = f"{machine()}\n\n{table(sorted(ROWS))}\n"
    ARTEFACT.parent.mkdir(exist_ok=True)
    ARTEFACT.write_text(told, encoding="utf-8")
    terminalreporter.section("races")
    terminalreporter.write_line(told)
