"""Days around the instant at which the tests happen, and what happens on them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import event

from scheduler.actions.lifecycle import act_upon
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, SEOUL, manager_of


def today() -> date:
    """The day it is in Seoul."""
    return AT.astimezone(SEOUL).date()


def soon(days: int = 7, hour: int = 10, minute: int = 0) -> datetime:
    """An hour on Seoul's clock, so many days from today."""
    return datetime.combine(today() + timedelta(days=days), time(hour, minute), SEOUL)


def typed(instant: datetime) -> str:
    """An instant as a form's field has it."""
    return f"{instant.astimezone(SEOUL):%Y-%m-%dT%H:%M}"


def site(code: str = "TOPIS", **facts: Any) -> Site:
    """A site that is open on every day, from midnight to the last quarter hour."""
    return make.site(code, **({"weekdays": range(7), "opens": time(0), "closes": time(23, 59)} | facts))


def session_today(of: Tour, minute: int = 0) -> TourSession:
    """A session that began just after midnight and lasts until eleven in the evening."""
    starts_at = soon(0, 0, minute)
    return make.tour_session(of, starts_at, ends_at=starts_at + timedelta(hours=23))


def delegation(name: str = "Hanoi planning office", **facts: Any) -> Delegation:
    """Thirty people in town from last week until next month."""
    given = {"headcount": 30, "arrives_at": soon(-7), "departs_at": soon(35)}
    return make.delegation(name, **(given | facts))


def visit(
    where: TourSession, headcount: int = 10, *, who: Delegation | None = None, is_confirmed: bool = False
) -> Visit:
    """A visit booked now, or an hour before it began; confirmed by the site if wanted."""
    at = min(AT, where.starts_at.astimezone(UTC) - timedelta(hours=1))
    asked = VisitRequest(
        delegation_id=(who or delegation()).id,
        tour_session_id=where.id,
        headcount=headcount,
        acknowledge=("all",),
    )
    made = request_visit(asked, by=OFFICER, at=at).visit
    if is_confirmed and made.state == "requested":
        act_upon(made.id, Act.CONFIRM, by=manager_of(made.site_id), at=at)
    return made


def as_it_is(visit: Visit) -> Visit:
    """A visit as the archive has it now."""
    return db.session.get_one(Visit, visit.id, populate_existing=True)


class Queries:
    """Counts the statements sent to the database while the block runs."""

    def __enter__(self) -> "Queries":
        self.number = 0
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_why: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._count)

    def _count(self, *_told: object) -> None:
        self.number += 1
