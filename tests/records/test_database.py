"""Instants, sets of codes, and how each engine is really set up."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import NaiveTime
from scheduler.records.database import BUSY_SECONDS, CodeSet, db
from scheduler.records.delegations import Delegation
from scheduler.records.sites import SiteClosure
from tests import make
from tests.cast import seoul
from tests.engines import on_postgresql, on_sqlite

pytestmark = pytest.mark.usefixtures("app")


# Instants ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["arrives_at", "departs_at"])
def test_a_naive_instant_is_refused(column):
    with pytest.raises(StatementError) as caught:
        make.delegation(**{column: datetime(2026, 12, 14, 10)})  # noqa: DTZ001  naive on purpose
    assert isinstance(caught.value.orig, NaiveTime)


def test_a_naive_instant_is_refused_in_a_question_too():
    with pytest.raises(StatementError) as caught:
        db.session.scalars(select(Delegation).where(Delegation.arrives_at > datetime(2026, 1, 1))).all()  # noqa: DTZ001
    assert isinstance(caught.value.orig, NaiveTime)


@pytest.mark.parametrize("minutes", [0, 540, -600, 345])
def test_an_instant_comes_back_the_same_in_utc_to_the_second(minutes):
    zone = timezone(timedelta(minutes=minutes))
    told = datetime(2026, 12, 14, 10, 0, 0, 999_999, tzinfo=UTC).astimezone(zone)
    delegation = make.delegation(arrives_at=told)
    db.session.expire_all()
    kept = db.session.get_one(Delegation, delegation.id).arrives_at
    assert (kept, kept.tzinfo) == (datetime(2026, 12, 14, 10, tzinfo=UTC), UTC)


def test_instants_are_compared_as_instants_whatever_their_zone():
    make.delegation(arrives_at=seoul(10))
    ten_in_seoul_told_in_utc = datetime(2026, 12, 9, 15, tzinfo=UTC)
    found = select(Delegation.id).where(Delegation.arrives_at == ten_in_seoul_told_in_utc)
    assert len(db.session.scalars(found).all()) == 1


# Sets and states --------------------------------------------------------------------------------------------


def test_a_set_of_codes_comes_back_as_a_set():
    delegation = make.delegation(languages={"th", "en"}, needs=set())
    db.session.expire_all()
    assert (delegation.languages, delegation.needs) == (frozenset({"en", "th"}), frozenset())
    assert db.session.scalar(text("SELECT languages FROM delegation")) == "en th"


@pytest.mark.parametrize("code", ["", "two words"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="no code"):
        CodeSet().process_bind_param({code}, None)


def test_a_state_nobody_knows_is_refused_by_the_database_itself():
    make.visit(make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10)))
    with pytest.raises(IntegrityError, match="visit_state"), db.engine.begin() as connection:
        connection.execute(text("UPDATE visit SET state = 'perhaps'"))
    assert all(len(state.value) <= 32 for state in VisitState)


# Engines ----------------------------------------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("busy_timeout", BUSY_SECONDS * 1000),
        ("recursive_triggers", 1),
    ],
)
def test_sqlite_is_set_up_on_every_connection(pragma, value):
    with db.engine.connect() as first, db.engine.connect() as second:
        for connection in (first, second):
            assert connection.scalar(text(f"PRAGMA {pragma}")) == value


@on_postgresql
def test_postgresql_is_spoken_to_by_psycopg_3():
    assert (db.engine.dialect.name, db.engine.driver) == ("postgresql", "psycopg")


def test_a_reference_to_nothing_is_refused():
    told = {"starts_at": seoul(1), "ends_at": seoul(2), "created_at": seoul(1)}
    db.session.add(SiteClosure(site_id=999, reason="Drill", **told))
    with pytest.raises(DBAPIError):
        db.session.commit()
