"""How many queries each page asks: the same number whatever the rows."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.city import officer_id
from benchmarks.figures import Figure, counted
from benchmarks.seeded import SeededCity
from scheduler.identity import Person
from scheduler.records.account_lookup import known_by_id
from scheduler.records.database import db
from scheduler.records.visits import Visit


def figures_of_pages(app: Flask, city: SeededCity) -> list[Figure]:
    """Every page asked once to warm up, then counted."""
    found = []
    for name, path in _pages(city):
        client = _signed_in(app)
        client.get(path)
        with counted() as counter:
            answer = client.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        found.append(Figure(f"page: {name}", "queries", counter.count, digits=0))
    return found


def cookie_of(app: Flask) -> str:
    """The cookie of the signed-in officer."""
    client = _signed_in(app)
    cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


def _pages(city: SeededCity) -> Iterator[tuple[str, str]]:
    visit_id, delegation_id = db.session.execute(
        db.select(Visit.id, Visit.delegation_id).where(Visit.starts_at > city.at).order_by(Visit.id).limit(1)
    ).one()
    session_id = db.session.get_one(Visit, visit_id).tour_session_id
    quiet = city.monday + timedelta(days=70)
    yield "today", "/"
    yield "delegations", "/delegations"
    yield "one delegation", f"/delegations/{delegation_id}"
    yield "book", f"/book?delegation={delegation_id}&site=WINDOWS-1&on={city.monday}"
    yield "one visit", f"/visits/{visit_id}"
    yield "one session", f"/sessions/{session_id}"
    yield "roster", f"/roster/WINDOWS-1/{city.monday}"
    yield "roster, nobody there", f"/roster/WINDOWS-1/{quiet}"
    yield "week", f"/week?from={city.monday}"
    yield "week, nobody there", f"/week?from={quiet}"
    yield "sites", "/sites"
    yield "one site", "/sites/WINDOWS-1"


def _signed_in(app: Flask) -> FlaskClient:
    known = known_by_id(officer_id())
    assert known is not None
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = Person(known).get_id(), True
    return client
