"""One app for all tests of letters, within the worker's context of the public address."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from scheduler.post_room import in_post_room
from tests.lasting import lasting_app_on


@pytest.fixture
def app(engine_url: str) -> Iterator[APIFlask]:
    for app in lasting_app_on(engine_url):
        app.config["LETTERS_WAIT_SECONDS"] = 0
        with in_post_room(app):
            yield app
