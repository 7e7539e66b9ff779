"""What the floors below the doors take: what is free, a roster, a week, a booking, in this process alone."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from benchmarks.city import SEOUL
from benchmarks.figures import Act, Figure, measure
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

BOOKINGS, READINGS = 321, 121


def figures_in_process(cities: Sequence[SeededCity]) -> Iterator[Figure]:
    """Reading first: booking fills the days a little."""
    apps = [city.app for city in cities]

    def measured(subject: str, acts_of: Callable[[SeededCity], list[Act]]) -> list[Figure]:
        return measure(subject, apps, [acts_of(city) for city in cities])

    yield from measured("what is free: 17 sites, 7 days", _asking_for_anybody)
    yield from measured("the same for a delegation with stops", _asking_for_somebody)
    yield from measured("roster of a site's day", _rosters)
    yield from measured("week of 17 sites", _weeks)
    yield from measured("book, in process", _bookings)


def _asking_for_anybody(city: SeededCity) -> list[Act]:
    return _asking(city, VisitRequest(headcount=HEADCOUNT, language="en"))


def _asking_for_somebody(city: SeededCity) -> list[Act]:
    """Whoever has the most visits in the measured fortnight."""
    rows = select(Visit.delegation_id).where(Visit.starts_at >= datetime.combine(city.monday, time(0), SEOUL))
    most_visits = rows.group_by(Visit.delegation_id).order_by(func.count().desc(), Visit.delegation_id)
    with city.app.app_context():
        delegation_id = db.session.scalars(most_visits.limit(1)).one()
    return _asking(city, VisitRequest(headcount=HEADCOUNT, delegation_id=delegation_id))


def _asking(city: SeededCity, request: VisitRequest) -> list[Act]:
    first = datetime.combine(city.monday, time(0), SEOUL)
    site_ids = [place.site_id for place in city.places]
    return [lambda: offers(site_ids, request, first, first + timedelta(days=7), at=city.at)] * READINGS


def _rosters(city: SeededCity) -> list[Act]:
    site_id = city.places[0].site_id
    return [lambda: roster_of(db.session.get_one(Site, site_id), city.monday)] * READINGS


def _weeks(city: SeededCity) -> list[Act]:
    every_site = select(Site).order_by(Site.id)
    return [lambda: week_of(db.session.scalars(every_site).all(), city.monday, at=city.at)] * READINGS


def _bookings(city: SeededCity) -> list[Act]:
    def book(request: VisitRequest) -> Act:
        def act() -> None:
            if not request_visit(request, by=city.officer, at=now()).is_new:
                raise AssertionError("every booking measured must be a new one")

        return act

    with city.app.app_context():
        return [book(request) for request in city.requests(turn=0)[:BOOKINGS]]
