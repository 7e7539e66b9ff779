"""A delegation, two sites with rounds, and an officer who uploads files."""

from io import BytesIO

import pytest

from tests import make
from tests.cast import seoul


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office", country="VN", headcount=12)


@pytest.fixture
def rounds(app):
    tours = [make.tour(make.site(code, name=f"Site {code}"), code + "-T") for code in ("MUSEUM", "PLANT")]
    return [make.tour_session(tour, seoul(14, hour)) for tour in tours for hour in (10, 14)]


@pytest.fixture
def upload(as_officer):
    """A function that uploads a file from the page at a path."""

    def send(path, data, status=200, name="list.xlsx"):
        as_officer.get(path)
        return as_officer.post(path, {"file": (BytesIO(data), name)}, status=status)

    return send
