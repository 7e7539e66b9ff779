"""What the runners of a race do: book as the naive do, and book as the office does."""

import random
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import psycopg

from scheduler import create_app
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from scheduler.words.law_words import law_in
from tests.cast import AT, OFFICER
from tests.laws.by_hand import Hand, Refused

ACCEPTED = "accepted"
Tell = Callable[[str], None]


class NaiveTask(NamedTuple):
    """A question, the highest answer at which there is still room, and the statement then written."""

    question: str
    most: int
    statement: str


def book_naively(url: str, tasks: Sequence[NaiveTask], barrier: Any, tell: Tell) -> None:
    """Check first, insert later, as many do. Here everybody has checked before anybody inserts."""
    with Hand(url) as hand:
        if not hand.is_sqlite:
            hand.write("SET deadlock_timeout = '20ms'")
        for task in tasks:
            barrier.wait()
            [(taken,)] = hand.rows(task.question)
            barrier.wait()
            tell(_inserted(hand, task.statement) if taken <= task.most else "no room")


def book_properly(url: str, tasks: Sequence[VisitRequest], barrier: Any, tell: Tell) -> None:
    """Ask the office, as the doors do."""
    app = create_app({"SECRET_KEY": "only-for-tests", "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        db.session.connection()
        for request in tasks:
            barrier.wait()
            tell(_booked(request))
        db.session.remove()
        db.engine.dispose()


def _inserted(hand: Hand, statement: str) -> str:
    """Two who wait for one another are told so by PostgreSQL; one of them tries again a moment later."""
    try:
        hand.write(statement)
    except psycopg.errors.DeadlockDetected:
        time.sleep(random.uniform(0, 0.2))
        return _inserted(hand, statement)
    except Refused as refused:
        return law_in(str(refused)) or f"fault: {refused}"
    return ACCEPTED


def _booked(request: VisitRequest) -> str:
    try:
        request_visit(request, by=OFFICER, at=AT)
    except VisitRefused as refused:
        return " ".join(sorted(reason.code.value for reason in refused.verdict.refusals))
    return ACCEPTED
