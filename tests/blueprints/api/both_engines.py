"""For modules that have something to learn from the second engine: `from … import app`."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from tests.conftest import app_on


@pytest.fixture
def app(engine_url: str) -> Iterator[APIFlask]:
    """The app on each engine in turn."""
    yield from app_on(engine_url)
