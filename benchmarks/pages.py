"""How many queries each page asks: the same number whatever the rows."""

from collections.abc import Iterator, Sequence
from contextvars import Context
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


def figures_of_pages(cities: Sequence[SeededCity]) -> Iterator[Figure]:
    """Every page asked once to warm up, then counted."""
    paths = [_pages(city) for city in cities]
    for name in paths[0]:
        queries = [_queries(city.app, of_city[name]) for city, of_city in zip(cities, paths, strict=True)]
        yield Figure(f"page: {name}", "queries", queries, digits=0)


def cookie_of(app: Flask) -> dict[str, str]:
    """The header that the signed-in officer's browser sends."""
    cookie = _signed_in(app).get_cookie("session")
    assert cookie is not None
    return {"Cookie": f"session={cookie.value}"}


def _pages(city: SeededCity) -> dict[str, str]:
    """The pages of an officer's day; two of them also on a day when nobody comes."""
    to_come = db.select(Visit.id, Visit.delegation_id, Visit.tour_session_id).where(Visit.starts_at > city.at)
    with city.app.app_context():
        visit_id, delegation_id, session_id = db.session.execute(to_come.order_by(Visit.id).limit(1)).one()
    quiet = city.monday + timedelta(days=70)
    return {
        "today": "/",
        "delegations": "/delegations",
        "one delegation": f"/delegations/{delegation_id}",
        "book": f"/book?delegation={delegation_id}&site=WINDOWS-1&on={city.monday}",
        "one visit": f"/visits/{visit_id}",
        "one session": f"/sessions/{session_id}",
        "roster": f"/roster/WINDOWS-1/{city.monday}",
        "roster, nobody there": f"/roster/WINDOWS-1/{quiet}",
        "week": f"/week?from={city.monday}",
        "week, nobody there": f"/week?from={quiet}",
        "board of a week": f"/board/data?view=week&on={city.monday}",
        "board of four weeks": f"/board/data?view=weeks&on={city.monday - timedelta(days=14)}",
        "programme": f"/delegations/{delegation_id}/programme",
        "people of one visit": f"/visits/{visit_id}/people",
        "sites": "/sites",
        "one site": "/sites/WINDOWS-1",
    }


def _queries(app: Flask, path: str) -> int:
    client = _signed_in(app)
    Context().run(client.get, path)
    with counted(app) as counter:
        answer = Context().run(client.get, path)
    if answer.status_code != 200:
        raise AssertionError(f"{path} answered {answer.status}")
    return counter.count


def _signed_in(app: Flask) -> FlaskClient:
    with app.app_context():
        known = known_by_id(officer_id())
    assert known is not None
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = Person(known).get_id(), True
    return client
