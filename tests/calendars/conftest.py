"""The readers of calendar files, started once for each module that asks for them."""

import pytest

from tests.calendars.parsers import all_parsers


@pytest.fixture(scope="module")
def parsers():
    with all_parsers() as found:
        yield found
