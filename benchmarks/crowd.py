"""The existing visits: as many as wanted, evenly dense, the measured fortnight first, then back in time."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, text

from benchmarks.city import SEOUL, Place, is_holiday
from scheduler.core.facts import Dating
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import Journal
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visits import Visit

FORTNIGHT = timedelta(days=14)
DELEGATIONS = 256
WINDOW_VISITS, ROUND_VISITS = 6, 5
PAST = ["closed"] * 82 + ["cancelled"] * 12 + ["no_show"] * 6
TO_COME = ["confirmed"] * 65 + ["requested"] * 25 + ["held"] * 5 + ["cancelled"] * 5
COUNTRIES = ("VN", "ID", "UZ", "MN", "TH", "KZ", "PH", None)
TABLES = (TourSession, OtherBooking, Delegation, Visit, Journal)


def seed_visits(places: list[Place], number: int, *, monday: date, at: datetime) -> None:
    """Write so many visits, with their delegations, journal lines and letters; the triggers stay in place."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET synchronous_commit = off"))
    crowd = Crowd(places, at)
    left = number
    for first in itertools.count(0, -1):
        crowd.fill_fortnight(monday + first * FORTNIGHT, at_most=left)
        left -= len(crowd.rows[Visit])
        crowd.write()
        if left <= 0:
            break
    settle()


@dataclass
class Crowd:
    """Rows of one fortnight after another, numbered by us, since no answer is then awaited for each."""

    places: list[Place]
    at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(20260501))
    ids: dict[type, Iterator[int]] = field(default_factory=lambda: {t: itertools.count(1001) for t in TABLES})
    rows: dict[type, list[dict[str, Any]]] = field(default_factory=lambda: {t: [] for t in TABLES})

    def fill_fortnight(self, monday: date, *, at_most: int) -> None:
        guests = [self._delegation(monday) for _ in range(DELEGATIONS)]
        for day in (monday + timedelta(days=n) for n in range(14)):
            if is_holiday(day):
                continue
            of_the_day = iter(self.chance.sample(guests, len(guests)))
            for place in self.places:
                for session in self._sessions(place, day):
                    if len(self.rows[Visit]) < at_most:
                        self._visit(next(of_the_day), session)

    def write(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                db.session.execute(insert(table.__table__), rows)
        db.session.commit()
        self.rows = {table: [] for table in TABLES}

    def _sessions(self, place: Place, day: date) -> list[dict[str, Any]]:
        """The sessions of a day, each as often as it has visits."""
        starts = place.starts_on(day)
        if place.dating is Dating.ROUNDS:
            made = [self._session(place, start) for start in starts]
            if made and self.chance.random() < 0.3:
                self._put(
                    OtherBooking,
                    tour_session_id=made[0]["id"],
                    name="School",
                    headcount=25,
                    booked_at=self.at,
                )
            return [made[n % len(made)] for n in range(ROUND_VISITS)] if made else []
        chosen = [4 * n + self.chance.randrange(3) for n in range(WINDOW_VISITS)] if starts else []
        return [self._session(place, starts[n]) for n in chosen]

    def _session(self, place: Place, starts_at: datetime) -> dict[str, Any]:
        ends_at = starts_at + timedelta(minutes=place.minutes)
        return self._put(
            TourSession,
            tour_id=place.tour_id,
            site_id=place.site_id,
            starts_at=starts_at,
            ends_at=ends_at,
            clear_at=ends_at + timedelta(minutes=place.turnaround_minutes),
            places=place.places,
        )

    def _delegation(self, monday: date) -> int:
        arrives_at = datetime.combine(monday, time(6), SEOUL)
        row = self._put(
            Delegation,
            name=f"Delegation {self.chance.randrange(10**6)}",
            country=self.chance.choice(COUNTRIES),
            kind="inspection",
            headcount=self.chance.randint(10, 28),
            languages={"en"},
            arrives_at=arrives_at,
            departs_at=arrives_at + FORTNIGHT,
            contact_email="contact@guests.example",
            registered_at=self.at,
            changed_at=self.at,
        )
        return row["id"]

    def _visit(self, delegation_id: int, session: dict[str, Any]) -> None:
        asked_at = min(self.at, session["starts_at"]) - timedelta(days=20)
        state = self.chance.choice(TO_COME if session["starts_at"] > self.at else PAST)
        visit = self._put(
            Visit,
            uid=str(random.Random(self.chance.random()).getrandbits(128)),
            delegation_id=delegation_id,
            tour_session_id=session["id"],
            site_id=session["site_id"],
            starts_at=session["starts_at"],
            ends_at=session["ends_at"],
            headcount=self.chance.randint(6, 10),
            language="en",
            state=state,
            hold_until=self.at + timedelta(days=7) if state == "held" else None,
            stamped_at=asked_at,
            asked_at=asked_at,
            created_at=asked_at,
            changed_at=asked_at,
        )
        self._tell(visit)

    def _tell(self, visit: dict[str, Any]) -> None:
        told = {"subject": "visit", "subject_id": visit["id"], "act": "book", "actor": "officer"}
        self._put(Journal, at=visit["asked_at"], after={"headcount": visit["headcount"]}, **told)

    def _put(self, table: type, **row: Any) -> dict[str, Any]:
        row["id"] = next(self.ids[table])
        self.rows[table].append(row)
        return row


def settle() -> None:
    """What PostgreSQL does by itself within minutes: count on from our numbers, sweep, take statistics."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in TABLES:
        name = table.__tablename__
        db.session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
        )
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
