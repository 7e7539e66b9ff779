"""One link and many answers at one instant: one of them counts, whole; the others are told so."""

from collections import Counter

import pytest

from scheduler.actions.links import make_site_link
from scheduler.records.database import db
from scheduler.records.links import Link
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.races.figures import Figures
from tests.races.link_runs import AnswerTask, answer_at_once
from tests.races.runners import race

pytestmark = pytest.mark.race
RUNNERS = 8


def visits(number):
    """Two visits of one site that wait for its owner."""
    tour = make.tour(make.site(f"L{number}"), needs_agreement=True)
    return [
        make.visit(make.delegation(f"{number}-{hour}"), make.tour_session(tour, seoul(14, hour)))
        for hour in (10, 11)
    ]


def link_to(wanted):
    return make_site_link(wanted[0].site_id, [visit.id for visit in wanted], by=OFFICER, at=AT)


def shown(wanted):
    return tuple((visit.id, visit.version) for visit in wanted)


def url():
    db.session.rollback()
    return db.engine.url.render_as_string(hide_password=False)


def counts(raced):
    return [Counter(outcomes) for outcomes in raced.rounds]


def states_of(wanted):
    return {db.session.get_one(Visit, visit.id, populate_existing=True).state.value for visit in wanted}


def test_of_many_answers_to_one_link_exactly_one_counts(app, race_rounds: int, figures: Figures):
    asked = [visits(number) for number in range(race_rounds)]
    links = [link_to(wanted) for wanted in asked]
    rounds = [
        [AnswerTask(secret, shown(wanted), str(runner)) for runner in range(RUNNERS)]
        for wanted, (_link, secret) in zip(asked, links, strict=True)
    ]
    raced = race(answer_at_once, url(), rounds)
    figures.add("one link answered by eight", raced)
    assert counts(raced) == [{"accepted": 1, "used": RUNNERS - 1}] * race_rounds
    for wanted, (link, _secret) in zip(asked, links, strict=True):
        winner = db.session.get_one(Link, link.id, populate_existing=True).answered_by
        assert states_of(wanted) == ({"confirmed"} if winner < "4" else {"declined"})


def test_two_links_to_the_same_visits_in_opposite_order_let_one_answer_in(
    app, race_rounds: int, figures: Figures
):
    rounds = []
    for number in range(race_rounds):
        wanted = visits(number)
        one, other = link_to(wanted)[1], link_to(wanted[::-1])[1]
        rounds.append(
            [
                AnswerTask(*((one, shown(wanted)) if n % 2 else (other, shown(wanted[::-1]))), str(n))
                for n in range(RUNNERS)
            ]
        )
    raced = race(answer_at_once, url(), rounds)
    figures.add("two links to the same visits", raced)
    half = RUNNERS // 2
    assert counts(raced) == [{"accepted": 1, "used": half - 1, "changed": half}] * race_rounds


def test_an_answer_and_the_office_taking_the_link_back_do_not_both_succeed(
    app, race_rounds: int, figures: Figures
):
    rounds = []
    for number in range(race_rounds):
        wanted = visits(number)
        link, secret = link_to(wanted)
        rounds.append(
            [AnswerTask(secret, shown(wanted), str(n), link.id if n % 2 else None) for n in range(RUNNERS)]
        )
    raced = race(answer_at_once, url(), rounds)
    figures.add("answering and revoking", raced)
    half = RUNNERS // 2
    either = ({"accepted": 1, "used": RUNNERS - 1}, {"taken back": half, "revoked": half})
    assert [outcomes for outcomes in counts(raced) if outcomes not in either] == []
