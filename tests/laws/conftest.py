"""The law of last resort, tried with SQL typed by hand. A database serves many tests, emptied after each."""

from collections.abc import Iterator

import pytest

from scheduler import create_app
from scheduler.records.database import db
from tests.engines import ENGINES
from tests.laws.by_hand import Hand

TABLES = (
    *("assignment", "visit", "engagement", "other_booking", "letter", "tour_session", "tour"),
    *("resource_leave", "resource", "part", "delegation", "site", "place", "journal"),
)


@pytest.fixture(scope="module", params=ENGINES)
def hand_of_engine(request: pytest.FixtureRequest) -> Iterator[Hand]:
    """A plain connection to each engine in turn, beside an app in whose context the builders work."""
    engine = request.getfixturevalue(
        {"sqlite": "sqlite_engine", "postgresql": "postgresql_server"}[request.param]
    )
    with engine.database() as url:
        app = create_app({"TESTING": True, "SECRET_KEY": "only-for-tests", "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            hand = Hand(url)
            yield hand
            hand.connection.close()
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def hand(hand_of_engine: Hand) -> Iterator[Hand]:
    yield hand_of_engine
    db.session.rollback()
    db.session.expunge_all()
    for table in TABLES:
        hand_of_engine.write(f"DELETE FROM {table}")


@pytest.fixture
def other_hand(hand: Hand) -> Iterator[Hand]:
    """Somebody else, at a plain connection of their own."""
    somebody_else = Hand(hand.url.render_as_string(hide_password=False))
    yield somebody_else
    somebody_else.connection.close()
