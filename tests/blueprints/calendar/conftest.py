"""Feeds as calendar programs fetch them, on each engine in turn, and what is asked of the database for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from apiflask import APIFlask
from sqlalchemy import event
from werkzeug.test import TestResponse

from scheduler.actions.feeds import make_busy_feed, make_feed
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind
from tests.cast import AT, OFFICER
from tests.conftest import app_on

# What begins and ends a transaction, or sets a connection up, asks nothing.
NO_QUESTIONS = ("BEGIN", "ROLLBACK", "COMMIT", "PRAGMA")


@pytest.fixture
def app(engine_url: str) -> Iterator[APIFlask]:
    """The app on each engine in turn."""
    yield from app_on(engine_url)


@pytest.fixture
def fetch(app: APIFlask) -> Callable[..., TestResponse]:
    """A function: `fetch(path, "HEAD", If_None_Match=…)`."""
    client = app.test_client(use_cookies=False)

    def fetch(path: str, method: str = "GET", **headers: str) -> TestResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.open(path, method=method, headers=told)
        db.session.rollback()
        return answer

    return fetch


@pytest.fixture
def asked(app: APIFlask) -> Callable[[], AbstractContextManager[list[str]]]:
    """A function: `with asked() as questions:` collects what is asked of the database meanwhile."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        questions: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith(NO_QUESTIONS):
                questions.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield questions
        event.remove(db.engine, "before_cursor_execute", note)

    return collect


@pytest.fixture
def address(app: APIFlask) -> Callable[..., str]:
    """A function: the path of a new feed of a subject, made by an officer unless said otherwise."""

    def address(kind: FeedKind, subject: object = None, *, by: object = OFFICER, busy: bool = False) -> str:
        act = make_busy_feed if busy else make_feed
        number = None if subject is None else subject.id
        _feed, secret = act(kind, number, by=by, at=AT)
        return f"/calendar/{secret}.ics"

    return address
