"""A site with rounds and one with windows, and a delegation in town from 10 to 20 December 2026."""

import pytest
from apiflask import APIFlask

from scheduler.core.facts import Dating
from scheduler.records.delegations import Delegation
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from tests import make
from tests.blueprints.conftest import StandingClock
from tests.cast import seoul


@pytest.fixture
def who(app: APIFlask) -> Delegation:
    return make.delegation()


@pytest.fixture
def museum(app: APIFlask) -> Site:
    return make.site("MUSEUM", name="The museum")


@pytest.fixture
def round_tour(museum: Site) -> Tour:
    return make.tour(museum, "ROUND", name="A round", needs_agreement=True)


@pytest.fixture
def monday_at_ten(round_tour: Tour) -> TourSession:
    return make.tour_session(round_tour, seoul(14, 10))


@pytest.fixture
def window_tour(app: APIFlask) -> Tour:
    return make.tour(make.site("TOPIS"), "WINDOW", name="A window", dating=Dating.WINDOWS)


class ThatMonday(StandingClock):
    """Monday 14 December 2026, nine in the morning in Seoul."""

    stands_at = seoul(14, 9)


@pytest.fixture
def that_monday(monkeypatch: pytest.MonkeyPatch, it_is_always_at: None) -> None:
    """The day of the visit has come."""
    monkeypatch.setattr("scheduler.clock.datetime", ThatMonday)
