"""A museum with rounds and a control room with windows, guests from 10 to 20 December 2026, an open board."""

from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask

from scheduler.core.facts import Dating
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from tests import make
from tests.blueprints.board.script import Script
from tests.cast import seoul
from tests.clients import Client


@pytest.fixture
def who(app: APIFlask) -> Delegation:
    return make.delegation()


@pytest.fixture
def museum(app: APIFlask) -> Site:
    return make.site("MUSEUM", name="The museum", owner_unit="Museum division")


@pytest.fixture
def round_tour(museum: Site) -> Tour:
    return make.tour(museum, "ROUND", name="A round", needs_agreement=True)


@pytest.fixture
def monday_at_ten(round_tour: Tour) -> TourSession:
    return make.tour_session(round_tour, seoul(14, 10))


@pytest.fixture
def tuesday_at_two(round_tour: Tour) -> TourSession:
    return make.tour_session(round_tour, seoul(15, 14))


@pytest.fixture
def window_tour(app: APIFlask) -> Tour:
    return make.tour(make.site("TOPIS"), "WINDOW", name="A window", dating=Dating.WINDOWS)


@pytest.fixture
def wish_for(app: APIFlask) -> Callable[..., Wish]:
    """A function: what a delegation wants to see."""

    def wish(who: Delegation, tour: Tour | None = None, **facts: Any) -> Wish:
        made = Wish(delegation_id=who.id, tour_id=tour.id if tour else None, **facts)
        db.session.add(made)
        db.session.commit()
        return made

    return wish


@pytest.fixture
def officer(as_officer: Client) -> Script:
    return Script(as_officer)


@pytest.fixture
def board(officer: Script) -> Script:
    """The page is open: its script has the token that a sender needs."""
    officer.person.get("/board")
    return officer
