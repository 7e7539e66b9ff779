"""Races: their figures are gathered while they run, and shown and kept at the end."""

import time
from collections.abc import Callable, Iterator

import pytest

from scheduler import create_app
from scheduler.access import Role
from scheduler.records.database import db
from tests import make
from tests.engines import ENGINES
from tests.races.crowd import Ask, Crowd, Reply
from tests.races.figures import ARTEFACT, Figures, machine, table
from tests.races.runners import Raced
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


@pytest.fixture
def run(crowd: Crowd, figures: Figures, race_rounds: int):
    """Run a race round after round: each makes its demands, then judges the replies."""

    def run(
        name: str, demands: Callable[[int], list[Ask]], judge: Callable[[int, list[Reply]], None]
    ) -> None:
        rounds, seconds = [], 0.0
        for number in range(race_rounds):
            asks = demands(number)
            started_at = time.monotonic()
            replies = crowd.ask_at_once(asks)
            seconds += time.monotonic() - started_at
            rounds.append([reply.outcome for reply in replies])
            assert [outcome for outcome in rounds[-1] if outcome.startswith("fault")] == []
            judge(number, replies)
        figures.add(f"over HTTP: {name}", Raced(rounds, seconds))

    return run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Only where the races ran in this process, as in `make race`: there all lines are together."""
    if not ROWS:
        return
    told = f"{machine()}\n\n{table(sorted(ROWS))}\n"
    ARTEFACT.parent.mkdir(exist_ok=True)
    ARTEFACT.write_text(told, encoding="utf-8")
    terminalreporter.section("races")
    terminalreporter.write_line(told)
