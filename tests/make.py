"""Builders with sensible defaults: each makes one thing in the archive and gives it back, committed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from argon2 import PasswordHasher

from scheduler.access import SYSTEM, Actor, Role
from scheduler.actions.accounts import create_account
from scheduler.actions.tokens import create_token
from scheduler.actions.visits import request_visit
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationKind
from scheduler.records.sites import Site, SiteHours
from scheduler.records.tours import OtherBooking, Tour, TourSession
from scheduler.records.visits import Visit
from tests.cast import AT, OFFICER, PASSWORD, seoul

QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def site(code: str = "TOPIS", **facts: Any) -> Site:
    """A site open Monday to Friday 10 to 17, without notice, limits or turnaround unless given.

    `opens` and `closes` are times of day, `weekdays` those it is open."""
    opens, closes = facts.pop("opens", time(10)), facts.pop("closes", time(17))
    weekdays = facts.pop("weekdays", range(5))
    made = Site(code=code, **({"name": f"Site {code}", "languages": {"en"}, "zone": "Asia/Seoul"} | facts))
    made.hours = [SiteHours(weekday=day, opens=opens, closes=closes) for day in weekdays]
    return _kept(made)


def tour(of: Site, code: str | None = None, **facts: Any) -> Tour:
    """An hour's tour of fixed rounds for 1 to 30 people, 30 places, without the owner's agreement."""
    given = {
        "name": f"Tour of {of.code}",
        "topics": {"transport"},
        "minutes": 60,
        "smallest_group": 1,
        "largest_group": 30,
        "places": 30,
        "dating": Dating.ROUNDS,
        "needs_agreement": False,
    }
    return _kept(Tour(site_id=of.id, code=code or f"{of.code}-T", **(given | facts)))


def tour_session(of: Tour, starts_at: datetime, **facts: Any) -> TourSession:
    """One dated running, as long and with as many places as its tour says."""
    ends_at = facts.pop("ends_at", starts_at + timedelta(minutes=of.minutes))
    clear_at = ends_at + timedelta(minutes=db.session.get_one(Site, of.site_id).turnaround_minutes)
    given = {"places": of.places, "clear_at": clear_at}
    return _kept(
        TourSession(
            tour_id=of.id, site_id=of.site_id, starts_at=starts_at, ends_at=ends_at, **(given | facts)
        )
    )


def delegation(name: str = "Hanoi planning office", **facts: Any) -> Delegation:
    """Twelve English-speaking people in Seoul from 10 to 20 December 2026."""
    given = {
        "kind": DelegationKind.INSPECTION,
        "headcount": 12,
        "languages": {"en"},
        "arrives_at": seoul(10),
        "departs_at": seoul(20),
        "contact_email": "contact@guests.example",
        "registered_at": AT,
        "changed_at": AT,
    }
    return _kept(Delegation(name=name, **(given | facts)))


def visit(
    who: Delegation, where: TourSession, headcount: int = 10, *, by: Actor = OFFICER, **asked: Any
) -> Visit:
    """A visit booked through the office, as an officer would."""
    request = VisitRequest(
        delegation_id=who.id,
        tour_session_id=where.id,
        headcount=headcount,
        acknowledge=("all",),
        **({"acknowledge_reason": "known"} | asked),
    )
    return request_visit(request, by=by, at=AT).visit


def visit_written_past_the_office(who: Delegation, where: TourSession, headcount: int = 2) -> Visit:
    """A confirmed visit on a day that no rule would allow now, such as one long past."""
    return _kept(
        Visit(
            uid=f"visit-{where.id}@tests.example",
            delegation_id=who.id,
            tour_session_id=where.id,
            site_id=where.site_id,
            starts_at=where.starts_at,
            ends_at=where.ends_at,
            headcount=headcount,
            state=VisitState.CONFIRMED,
            stamped_at=AT,
            created_at=AT,
            asked_at=AT,
            changed_at=AT,
        )
    )


def other_booking(where: TourSession, headcount: int = 10, name: str = "School class") -> OtherBooking:
    """Places taken by somebody who is no delegation, written past the office."""
    return _kept(OtherBooking(tour_session_id=where.id, name=name, headcount=headcount, booked_at=AT))


def account(email: str, *roles: Role, site_ids: tuple[int, ...] = (), password: str | None = PASSWORD) -> Any:
    """Somebody who knows the way and signs in with the tests' password, whose hash costs little to check."""
    given = roles or (Role.OFFICER,)
    made = create_account(email, email, roles=given, site_ids=site_ids, by=SYSTEM, at=AT)
    made.is_guided = False
    made.password_hash = QUICK_HASHER.hash(password) if password else None
    return _kept(made)


def token(email: str, *roles: Role, site_ids: tuple[int, ...] = ()) -> str:
    """A key to the API for a new account without a password."""
    account(email, *roles, site_ids=site_ids, password=None)
    return create_token(email, "tests", by=SYSTEM, at=AT)


def days(first: date, number: int) -> list[date]:
    """So many days in a row."""
    return [first + timedelta(days=n) for n in range(number)]


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    return row
