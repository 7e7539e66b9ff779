"""The city the crowd meets: fresh sites and delegations for every round, some weeks from the real today."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from scheduler.actions.visits import request_visit
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import OCCUPYING
from scheduler.records.database import db
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visits import Visit
from tests import make
from tests.cast import OFFICER, SEOUL

NUMBERS = itertools.count(1)


def monday(hour: int = 0, minute: int = 0) -> datetime:
    """An hour of a Monday at least three weeks ahead: the city served has a clock of its own."""
    today = now().astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=28 - today.weekday(), hours=hour, minutes=minute)


def tour(**facts: Any) -> Any:
    """A tour at a site of its own, on a topic of its own; `site` tells the facts of the site."""
    number = next(NUMBERS)
    site = make.site(f"R{number}", **facts.pop("site", {}))
    return make.tour(site, **({"topics": {f"topic-{number}"}} | facts))


def delegations(number: int, headcount: int = 10) -> list[Any]:
    """So many delegations, in the city for that week."""
    stay = {"arrives_at": monday() - timedelta(days=3), "departs_at": monday() + timedelta(days=10)}
    return [make.delegation(f"Delegation {n}", headcount=headcount, **stay) for n in range(number)]


def visit(who: Any, where: Any, **asked: Any) -> Any:
    """A visit of ten, booked through the office now."""
    request = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=10, **asked)
    return request_visit(request, by=OFFICER, at=now()).visit


def loads(*sessions: Any) -> list[tuple[int, int]]:
    """The people in each session, as the database counts them and as its bookings add up."""
    db.session.rollback()
    return [(_counted(tour_session.id), _added(tour_session.id)) for tour_session in sessions]


def visits_at(site_id: int) -> list[Any]:
    """Every visit of a site that occupies places, as it is now."""
    db.session.rollback()
    rows = select(Visit).where(Visit.site_id == site_id, Visit.state.in_(OCCUPYING)).order_by(Visit.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _counted(tour_session_id: int) -> int:
    rows = select(TourSession.places_taken).where(TourSession.id == tour_session_id)
    return int(db.session.scalar(rows) or 0)


def _added(tour_session_id: int) -> int:
    present = Visit.state.in_(OCCUPYING) & (Visit.tour_session_id == tour_session_id)
    visits = db.session.scalar(select(func.sum(Visit.headcount)).where(present)) or 0
    others = select(func.sum(OtherBooking.headcount)).where(OtherBooking.tour_session_id == tour_session_id)
    return int(visits + (db.session.scalar(others) or 0))
