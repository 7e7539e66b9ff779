"""Those who get in each other's way take turns, and none of them sees it."""

import threading
from collections import Counter

import pytest

from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from tests import make
from tests.cast import seoul
from tests.engines import on_postgresql
from tests.laws.by_hand import Hand
from tests.races.runners import race
from tests.races.runs import ACCEPTED, book_properly

pytestmark = pytest.mark.race


@on_postgresql
def test_a_deadlock_is_tried_again_and_nobody_sees_it(app):
    """Somebody at a plain connection takes the delegation first and the site second: the wrong way round."""
    who, where = make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10))
    with Hand(_url()) as hand:
        hand.write("SET deadlock_timeout = '60s'")
        hand.write("BEGIN")
        hand.write(f"SELECT 1 FROM delegation WHERE id = {who.id} FOR UPDATE")
        booked: list[list[list[str]]] = []
        office = threading.Thread(target=lambda: booked.append(_booked(who, where)))
        office.start()
        _wait_until_somebody_waits(hand)
        hand.write(f"UPDATE site SET version = version WHERE id = {where.site_id}")
        hand.write("COMMIT")
        office.join()
        deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        assert (booked, hand.rows(deadlocks)) == ([[[ACCEPTED]]], [(1,)])


@on_postgresql
@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_the_servers_own_isolation_level_changes_nothing(app, level: str):
    where = make.tour_session(make.tour(make.site()), seoul(14, 10))
    requests = [
        VisitRequest(delegation_id=make.delegation().id, tour_session_id=where.id, headcount=10)
        for _ in range(8)
    ]
    with Hand(_url()) as hand:
        hand.write(f"ALTER DATABASE {hand.url.database} SET default_transaction_isolation = '{level}'")
        [outcomes] = race(book_properly, _url(), [requests]).rounds
        assert Counter(outcomes) == {ACCEPTED: 3, "no_places_left": 5}


def _booked(who, where) -> list[list[str]]:
    request = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=10)
    return race(book_properly, _url(), [[request]]).rounds


def _wait_until_somebody_waits(hand: Hand) -> None:
    """Until the office has the site and wants the delegation."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while hand.rows(waiting) == [(0,)]:
        pass


def _url() -> str:
    return db.engine.url.render_as_string(hide_password=False)
