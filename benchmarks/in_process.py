"""What the floors below the doors take: a booking, what is free, a roster, in this process alone."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from benchmarks.city import SEOUL
from benchmarks.figures import Figure, counted, measure, measure_again
from benchmarks.seeded import HEADCOUNT, SeededCity
from scheduler.actions.visits import request_visit
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.records.availability import offers
from scheduler.records.database import db
from scheduler.records.rosters import roster_of
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from scheduler.records.weeks import week_of

BOOKINGS = 320


def figures_in_process(city: SeededCity) -> list[Figure]:
    return [*_reading(city), *_booking(city)]


def _booking(city: SeededCity) -> list[Figure]:
    def book(request: VisitRequest) -> Callable[[], None]:
        return lambda: _must_be_new(request_visit(request, by=city.officer, at=now()).is_new)

    acts = [book(request) for request in city.requests(turn=0)[:BOOKINGS]]
    found = measure("book, in process", acts[:-1], warm_up=20)
    with counted() as counter:
        acts[-1]()
    db.session.remove()
    return [*found, Figure("book, in process", "queries", counter.count, digits=0)]


def _reading(city: SeededCity) -> list[Figure]:
    first = datetime.combine(city.monday, time(0), SEOUL)
    site_ids = [place.site_id for place in city.places]
    anybody = VisitRequest(headcount=HEADCOUNT, language="en")
    somebody = VisitRequest(headcount=HEADCOUNT, delegation_id=_busiest_delegation(city))

    def what_is_free(request: VisitRequest) -> Callable[[], object]:
        return lambda: offers(site_ids, request, first, first + timedelta(days=7), at=city.at)

    def roster() -> None:
        roster_of(db.session.get_one(Site, site_ids[0]), city.monday)

    def week() -> None:
        week_of(db.session.scalars(select(Site).order_by(Site.id)).all(), city.monday, at=city.at)

    return [
        *measure_again("what is free: 17 sites, 7 days", what_is_free(anybody)),
        *measure_again("the same for a delegation with stops", what_is_free(somebody)),
        *measure_again("roster of a site's day", roster),
        *measure_again("week of 17 sites", week),
    ]


def _busiest_delegation(city: SeededCity) -> int:
    """Whoever has the most visits in the measured fortnight."""
    rows = select(Visit.delegation_id).where(Visit.starts_at >= datetime.combine(city.monday, time(0), SEOUL))
    most_visits = rows.group_by(Visit.delegation_id).order_by(func.count().desc(), Visit.delegation_id)
    return db.session.scalars(most_visits.limit(1)).one()


def _must_be_new(is_new: bool) -> None:
    if not is_new:
        raise AssertionError("every booking measured must be a new one")
