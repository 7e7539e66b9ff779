"""The race is real: it happens when lock and law are left out, and cannot with either of them alone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask

from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand
from tests.races.aside import lay_laws_aside
from tests.races.figures import Figures
from tests.races.runners import Raced, race
from tests.races.runs import ACCEPTED, NaiveTask, book_naively, book_properly

pytestmark = pytest.mark.race
RUNNERS = 8
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Scarce:
    """One scarce thing that eight want at once: who asks, where, how it is naively checked, how many fit."""

    name: str
    law: str
    refusal: str
    fitting: int
    wanted: Callable[[int], list[tuple[Any, Any]]]
    question: Callable[[Any, Any], str]
    most: int


def _one_session(number: int) -> list[tuple[Any, Any]]:
    """Thirty places, ten people each."""
    where = make.tour_session(make.tour(make.site(f"P{number}")), seoul(14, 10))
    return [(make.delegation(), where) for _ in range(RUNNERS)]


def _overlapping_sessions(number: int) -> list[tuple[Any, Any]]:
    """Eight sessions a quarter of an hour apart at a site that takes thirty people at once."""
    tour = make.tour(make.site(f"S{number}", people_at_once=30), minutes=120)
    return [(make.delegation(), make.tour_session(tour, seoul(14, 10) + n * QUARTER)) for n in range(RUNNERS)]


def _eight_sites(number: int) -> list[tuple[Any, Any]]:
    """One delegation, wanted at eight sites."""
    who = make.delegation()
    tours = [make.tour(make.site(f"D{number}-{n}")) for n in range(RUNNERS)]
    return [(who, make.tour_session(tour, seoul(14, 10, n))) for n, tour in enumerate(tours)]


SCARCE = [
    Scarce(
        "places of a session",
        "session_places",
        "no_places_left",
        3,
        _one_session,
        lambda _who, where: (
            f"SELECT coalesce(sum(headcount), 0) FROM visit WHERE tour_session_id = {where.id}"
        ),
        20,
    ),
    Scarce(
        "people at once at a site",
        "site_people_at_once",
        "too_many_people_at_once",
        3,
        _overlapping_sessions,
        lambda _who, where: f"SELECT coalesce(sum(headcount), 0) FROM visit WHERE site_id = {where.site_id}",
        20,
    ),
    Scarce(
        "a delegation's own hour",
        "visit_one_place_at_a_time",
        "already_elsewhere",
        1,
        _eight_sites,
        lambda who, _where: f"SELECT count(*) FROM visit WHERE delegation_id = {who.id}",
        0,
    ),
]
each_scarce_thing = pytest.mark.parametrize("scarce", SCARCE, ids=[scarce.name for scarce in SCARCE])


@each_scarce_thing
def test_without_lock_and_law_everybody_gets_in(
    app: APIFlask, scarce: Scarce, race_rounds: int, figures: Figures
):
    url = _url()
    with Hand(url) as hand:
        lay_laws_aside(hand)
    raced = _race_naively(url, scarce, race_rounds)
    figures.add(f"{scarce.name}: neither lock nor law", raced)
    assert [Counter(outcomes) for outcomes in raced.rounds] == [{ACCEPTED: RUNNERS}] * race_rounds


@each_scarce_thing
def test_the_law_alone_lets_in_as_many_as_fit(
    app: APIFlask, scarce: Scarce, race_rounds: int, figures: Figures
):
    raced = _race_naively(_url(), scarce, race_rounds)
    figures.add(f"{scarce.name}: law alone", raced)
    _as_many_as_fit(raced, scarce, refused=scarce.law)


@each_scarce_thing
def test_the_lock_alone_lets_in_as_many_as_fit(
    app: APIFlask, scarce: Scarce, race_rounds: int, figures: Figures
):
    url = _url()
    with Hand(url) as hand:
        lay_laws_aside(hand)
    rounds = [
        [
            VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=10)
            for who, where in scarce.wanted(number)
        ]
        for number in range(race_rounds)
    ]
    raced = race(book_properly, url, rounds)
    figures.add(f"{scarce.name}: lock alone", raced)
    _as_many_as_fit(raced, scarce, refused=scarce.refusal)


def _race_naively(url: str, scarce: Scarce, race_rounds: int) -> Raced:
    with Hand(url) as hand:
        rounds = [
            [
                NaiveTask(scarce.question(who, where), scarce.most, hand.visit(who, where, 10))
                for who, where in scarce.wanted(number)
            ]
            for number in range(race_rounds)
        ]
    return race(book_naively, url, rounds)


def _as_many_as_fit(raced: Raced, scarce: Scarce, *, refused: str) -> None:
    fitting = {ACCEPTED: scarce.fitting, refused: RUNNERS - scarce.fitting}
    assert [Counter(outcomes) for outcomes in raced.rounds] == [fitting] * len(raced.rounds)


def _url() -> str:
    db.session.rollback()
    return db.engine.url.render_as_string(hide_password=False)
