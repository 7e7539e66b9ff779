"""A city with its existing visits, ready to be measured, and who asks for the next ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from flask import Flask
from sqlalchemy import select

from benchmarks.city import OFFICER_EMAIL, SEOUL, Place, build_city, measured_monday, officer_id
from benchmarks.crowd import seed_visits
from benchmarks.engines import fresh_database, opened
from scheduler.access import Actor, Role
from scheduler.clock import now
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.spans import day_span
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit

HEADCOUNT = 5
TICKED = {"acknowledge": ("all",), "acknowledge_reason": "measured"}


@dataclass(frozen=True)
class SeededCity:
    """A city, the app and the database that keep it. The measured fortnight is the same at every load."""

    app: Flask
    url: str
    places: list[Place]
    monday: date
    at: datetime
    officer: Actor

    def requests(self, turn: int) -> list[VisitRequest]:
        """Bookings that will be accepted, no two alike in any of three turns: half for windows that nobody
        has booked, half for rounds; each by a delegation that has visits, but none that day."""
        days = [self.monday + timedelta(days=n) for n in range(14)]
        guests = {day: self._free_guests(day) for day in days}
        asked = []
        for day, place in product(days, self.places):
            for start in self._starts(place, day, turn):
                asked.append(self._request(place, start, guests[day].pop()))
        return asked[::2] + asked[1::2]

    def _starts(self, place: Place, day: date, turn: int) -> Iterator[datetime]:
        """Every fourth quarter hour was left free by the crowd; rounds have places left."""
        starts = place.starts_on(day)
        if starts:
            numbers = (4 * turn + 3, 4 * turn + 15) if place.dating is Dating.WINDOWS else (turn, turn + 1)
            yield from (starts[number % len(starts)] for number in numbers)

    def _request(self, place: Place, starts_at: datetime, delegation_id: int) -> VisitRequest:
        asking = {"headcount": HEADCOUNT, "delegation_id": delegation_id, "language": "en", **TICKED}
        if place.dating is Dating.WINDOWS:
            return VisitRequest(tour_code=place.tour_code, starts_at=starts_at, **asking)
        dated = (TourSession.tour_id == place.tour_id) & (TourSession.starts_at == starts_at)
        found = db.session.scalars(select(TourSession.id).where(dated)).one()
        return VisitRequest(tour_session_id=found, **asking)

    def _free_guests(self, day: date) -> list[int]:
        span = day_span(day, SEOUL)
        busy = select(Visit.delegation_id).where(Visit.starts_at.between(span.starts_at, span.ends_at))
        here = (Delegation.arrives_at <= span.starts_at + timedelta(hours=7)) & (
            Delegation.departs_at >= span.ends_at
        )
        return list(db.session.scalars(select(Delegation.id).where(here, Delegation.id.not_in(busy))))


@contextmanager
def seeded_city(engine: str, load: int) -> Iterator[SeededCity]:
    """A fresh database with so many visits, gone after the block."""
    with fresh_database(engine) as url, opened(url) as app:
        with app.app_context():
            at = now()
            monday = measured_monday(at.date())
            places = build_city(at)
            seed_visits(places, load, monday=monday, at=at)
            roles = frozenset({Role.OFFICER})
            officer = Actor(account_id=officer_id(), email=OFFICER_EMAIL, name="Officer", roles=roles)
        yield SeededCity(app, url, places, monday, at, officer)
