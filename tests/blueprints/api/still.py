"""For modules of refusals, which write nothing: one city for all their tests."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from scheduler.access import Role
from tests import make
from tests.blueprints.api.programs import Program
from tests.conftest import app_on
from tests.engines import SqliteEngine


@pytest.fixture(scope="module")
def app(sqlite_engine: SqliteEngine) -> Iterator[APIFlask]:
    with sqlite_engine.database() as url:
        yield from app_on(url)


@pytest.fixture(scope="module")
def as_officer(app: APIFlask) -> Program:
    return Program(app, make.token("officer@city.example", Role.OFFICER))
