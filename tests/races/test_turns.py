"""Those who get in each other's way take turns, and none of them sees it."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from tests import make
from tests.cast import seoul
from tests.engines import on_postgresql
from tests.laws.by_hand import Hand
from tests.races.runners import PATIENCE_SECONDS, race
from tests.races.runs import ACCEPTED, book_properly

pytestmark = pytest.mark.race


@on_postgresql
def test_a_deadlock_is_tried_again_and_nobody_sees_it(app):
    """Somebody at a plain connection takes the delegation first and the site second: the wrong way round."""
    who, where = make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10))
    request = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=10)
    url = _url()
    with Hand(url) as hand, ThreadPoolExecutor(1) as office:
        deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ((before,),) = hand.rows(deadlocks)
        hand.write(f"ALTER DATABASE {hand.url.database} SET deadlock_timeout = '2s'")
        hand.write("SET deadlock_timeout = '60s'")
        hand.write("BEGIN")
        hand.write(f"SELECT 1 FROM delegation WHERE id = {who.id} FOR UPDATE")
        booking = office.submit(race, book_properly, url, [[request]])
        _wait_until_somebody_waits(hand)
        hand.write(f"UPDATE site SET version = version WHERE id = {where.site_id}")
        hand.write("COMMIT")
        raced = booking.result()
        assert (raced.rounds, hand.rows(deadlocks)) == ([[ACCEPTED]], [(before + 1,)])


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


def _wait_until_somebody_waits(hand: Hand) -> None:
    """Until the office has the site and wants the delegation."""
    here = "datname = current_database()"
    waiting = f"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND {here}"
    until = time.monotonic() + PATIENCE_SECONDS
    while hand.rows(waiting) == [(0,)]:
        assert time.monotonic() < until
        hand.rows("SELECT pg_stat_clear_snapshot()")
        time.sleep(0.05)


def _url() -> str:
    return db.engine.url.render_as_string(hide_password=False)
