"""Programs with keys, and a small city for them to ask about. On SQLite; `both_engines.py` gives both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from apiflask import APIFlask

from scheduler.access import Role
from scheduler.core.facts import Dating
from scheduler.records.delegations import Delegation
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from tests import make
from tests.blueprints.api.programs import Program
from tests.blueprints.conftest import StandingClock
from tests.cast import seoul


@dataclass(frozen=True)
class City:
    """TOPIS with a tour of rounds (its owner must agree) and one of windows; a delegation of twelve."""

    site: Site
    rounds: Tour
    windows: Tour
    morning: TourSession
    afternoon: TourSession
    delegation: Delegation


@pytest.fixture
def city(app: APIFlask) -> City:
    site = make.site("TOPIS", languages={"en", "ko"}, name="TOPIS", address="Sejong-daero 1")
    rounds = make.tour(site, "TOPIS-T", needs_agreement=True, name="Control room")
    return City(
        site=site,
        rounds=rounds,
        windows=make.tour(site, "TOPIS-W", dating=Dating.WINDOWS),
        morning=make.tour_session(rounds, seoul(14, 10)),
        afternoon=make.tour_session(rounds, seoul(14, 14)),
        delegation=make.delegation(),
    )


@pytest.fixture
def the_day_comes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function: from then on it is ten on the day of the city's sessions."""
    return lambda: monkeypatch.setattr(StandingClock, "stands_at", seoul(14, 10))


@pytest.fixture
def as_stranger(app: APIFlask) -> Program:
    return Program(app)


@pytest.fixture
def as_officer(app: APIFlask) -> Program:
    return Program(app, make.token("officer@city.example", Role.OFFICER))


@pytest.fixture
def as_head(app: APIFlask) -> Program:
    return Program(app, make.token("head@city.example", Role.HEAD))


@pytest.fixture
def as_administrator(app: APIFlask) -> Program:
    return Program(app, make.token("admin@city.example", Role.ADMINISTRATOR))


@pytest.fixture
def as_manager(app: APIFlask, city: City) -> Program:
    """The manager of TOPIS."""
    return Program(app, make.token("topis@city.example", Role.MANAGER, site_ids=(city.site.id,)))


@pytest.fixture
def as_manager_elsewhere(app: APIFlask) -> Program:
    """The manager of another site."""
    elsewhere = make.site("SEONAM")
    return Program(app, make.token("seonam@city.example", Role.MANAGER, site_ids=(elsewhere.id,)))


@pytest.fixture
def booked(as_officer: Program, city: City) -> Callable[..., Any]:
    """A function that books a visit of the city's delegation, in the morning unless told otherwise."""

    def book(**told: Any) -> Any:
        asked = {"delegation_id": city.delegation.id, "tour_session_id": city.morning.id} | told
        return as_officer.post("/visits", asked)

    return book
