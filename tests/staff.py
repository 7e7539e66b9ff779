"""Builders of guides, interpreters, vehicles, liaison officers, and of duties, written past the office."""

from datetime import date, datetime, time, timedelta
from typing import Any

from scheduler.actions.resources import add_resource
from scheduler.core.duties import DutyState, ResourceKind, WorkingHours
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.places import Place
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from tests.cast import AT, OFFICER, seoul


def guide(of: Site, *languages: str, name: str = "Guide 1", **facts: Any) -> Resource:
    """A guide of one site; English unless said otherwise."""
    told = {"name": name, "languages": frozenset(languages or ("en",)), "sites": frozenset({of.code})}
    return add_resource(ResourceKind.GUIDE, told | facts, by=OFFICER, at=AT)


def interpreter(*pairs: str, name: str = "Interpreter for Arabic 1", **facts: Any) -> Resource:
    """An interpreter; between Arabic and Korean unless said otherwise."""
    told = {"name": name, "languages": frozenset(pairs or ("ar-ko",))}
    return add_resource(ResourceKind.INTERPRETER, told | facts, by=OFFICER, at=AT)


def vehicle(seats: int = 45, name: str = "Bus 1", **facts: Any) -> Resource:
    """A bus."""
    return add_resource(ResourceKind.VEHICLE, {"name": name, "seats": seats} | facts, by=OFFICER, at=AT)


def liaison_officer(*languages: str, name: str = "Liaison officer 1", **facts: Any) -> Resource:
    """Somebody who stays with a delegation all day."""
    told = {"name": name, "languages": frozenset(languages or ("en",))}
    return add_resource(ResourceKind.LIAISON_OFFICER, told | facts, by=OFFICER, at=AT)


def place(code: str = "MOTORPOOL", **facts: Any) -> Place:
    """Somewhere to be that is no site."""
    made = Place(code=code, **({"name": f"Place {code}"} | facts))
    db.session.add(made)
    db.session.commit()
    return made


def duty(of: Resource, visit: Visit, state: DutyState = DutyState.ASKED, **facts: Any) -> Assignment:
    """A duty for a visit, for as long as the visit lasts."""
    span = {"starts_at": visit.starts_at, "ends_at": visit.ends_at}
    return _duty(of, visit.delegation_id, state, {"visit_id": visit.id} | span | facts)


def day_duty(of: Resource, who: Delegation, starts_at: datetime, **facts: Any) -> Assignment:
    """A duty of eight hours with a delegation, of no visit."""
    span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=8)}
    return _duty(of, who.id, facts.pop("state", DutyState.ASKED), span | facts)


def days(first: int, last: int, hour: int = 9) -> Span:
    """From one day of December to another, both at nine o'clock unless said otherwise."""
    return Span(seoul(first, hour), seoul(last, hour))


def hours(
    weekday: int, starts: int, ends: int, valid_from: date | None = None, valid_to: date | None = None
) -> WorkingHours:
    """At work on a weekday between two whole hours."""
    return WorkingHours(
        weekday=weekday, starts=time(starts), ends=time(ends), valid_from=valid_from, valid_to=valid_to
    )


def _duty(of: Resource, delegation_id: int, state: DutyState, facts: dict[str, Any]) -> Assignment:
    number = db.session.query(Assignment).count() + 1
    made = Assignment(
        uid=f"duty-{number}@tests.example",
        resource_id=of.id,
        delegation_id=delegation_id,
        state=state,
        asked_at=AT,
        stamped_at=AT,
        **facts,
    )
    db.session.add(made)
    db.session.commit()
    return made
