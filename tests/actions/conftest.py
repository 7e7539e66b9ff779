"""These tests knock at no door: one app for all of them is enough."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from tests.lasting import lasting_app_on


@pytest.fixture
def app(engine_url: str) -> Iterator[APIFlask]:
    yield from lasting_app_on(engine_url)
