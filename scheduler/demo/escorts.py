"""Who goes along in the demo: some have accepted, some are still asked, a bus waits a whole day."""

from contextlib import suppress
from datetime import datetime, time, timedelta

from sqlalchemy import select

from scheduler.actions.assignments import answer_duty, assign, assign_day
from scheduler.actions.bookings import VisitRefused
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.demo.desk import Desk
from scheduler.demo.sites import ZONE
from scheduler.records.database import db
from scheduler.records.resources import Resource
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

# Whose visit of which tour, who goes along, and whether they have said yes.
TO_VISITS = (
    ("african_ministers", "CITYHALL-TOUR", "City Hall guide for English", True),
    ("african_ministers", "CGC-M-EXHIBITION", "Stream guide for English", False),
    ("tokyo", "CITYHALL-TOUR", "City Hall guide for Japanese", False),
    ("surakarta", "TOPIS-CONTROL", "Interpreter for English 1", True),
    ("hanoi", "HANGANG-BOAT", "Interpreter for Vietnamese 1", False),
    ("transport_authorities", "TOPIS-CONTROL", "Midibus 1", True),
)
# Who stays with whom, on which day of their week.
ALL_DAY = (
    ("african_ministers", 1, "Liaison officer 1"),
    ("african_ministers", 1, "Midibus 1"),
    ("surakarta", 3, "Bus 1"),
    ("riyadh", 2, "Liaison officer 2"),
)
FROM, UNTIL = time(8, 30), time(18, 30)


def send_along(desk: Desk) -> None:
    """Ask for guides, interpreters and vehicles as the officer would. Whoever cannot come on the days that
    the loading hit upon is not asked."""
    staff = {row.name: row.id for row in db.session.scalars(select(Resource))}
    for who, tour, name, says_yes in TO_VISITS:
        for visit in _visits(desk, who, tour):
            with suppress(VisitRefused):
                asked = assign(visit.id, staff[name], by=desk.office.officer, at=desk.ago(2))
                if says_yes:
                    answer_duty(asked.id, True, answered_by=name, at=desk.ago(1))
    for who, day, name in ALL_DAY:
        with suppress(VisitRefused):
            _stay(desk, who, day, staff[name])


def _visits(desk: Desk, who: str, tour: str) -> list[Visit]:
    """Their visits of a tour that are still to come."""
    rows = select(Visit).join(TourSession, TourSession.id == Visit.tour_session_id).join(Tour)
    rows = rows.where(Visit.delegation_id == desk.guests[who].delegation.id, Tour.code == tour)
    return list(db.session.scalars(rows.where(Visit.state.in_(AWAITED), Visit.starts_at > desk.at)))


def _stay(desk: Desk, who: str, day: int, resource_id: int) -> None:
    guest = desk.guests[who]
    on = guest.from_on + timedelta(days=day)
    span = Span(datetime.combine(on, FROM, ZONE), datetime.combine(on, UNTIL, ZONE))
    assign_day(guest.delegation.id, resource_id, span, by=desk.office.officer, at=desk.ago(2))
