"""The register of guides, interpreters, vehicles and liaison officers: who there is, when they work."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.resource_facts import (
    must_be_hours,
    must_hold_together,
    must_seat_those_who_ride,
    place_coded,
    sites_coded,
)
from scheduler.actions.versions import must_be_current
from scheduler.core.duties import ResourceKind, WorkingHours
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.resource_lookup import duties_on_record, whole_resource
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave
from scheduler.records.writing import Parents, writing

LONGEST_LEAVE_DAYS = 3660
COLUMNS = (
    "name",
    "name_native",
    "languages",
    "seats",
    "most_a_day",
    "setup_minutes",
    "wrap_up_minutes",
    "email",
    "phone",
    "note",
    "active_from",
    "active_to",
)
EMPTY: Mapping[str, Any] = {
    "name_native": "",
    "languages": frozenset(),
    "seats": None,
    "most_a_day": None,
    "setup_minutes": 0,
    "wrap_up_minutes": 0,
    "email": "",
    "phone": "",
    "note": "",
    "active_from": None,
    "active_to": None,
    "sites": frozenset(),
    "base": None,
}
# Who a person is and how to reach them must be erasable: the journal does without.
PERSONAL = frozenset({"name", "name_native", "email", "phone", "note"})
HOURS = ("weekday", "starts", "ends", "valid_from", "valid_to")


class WasAssigned(Exception):
    """Somebody with duties on record cannot be removed; they can be given an end date."""

    def __init__(self, duties: int) -> None:
        super().__init__(f"{duties} duties on record")
        self.duties = duties


def add_resource(kind: ResourceKind, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Resource:
    """Enter somebody or something that serves visits. `facts`: COLUMNS, `sites` (codes), `base` (a place's
    code), `hours` (a collection of WorkingHours).

    Raises Invalid (what does not fit the kind, unknown codes), NotPermitted.
    """
    by.must(Permission.WRITE_RESOURCES)
    return _add(kind, facts, by=by, at=at)


def change_resource(
    resource_id: int, changes: Mapping[str, Any], *, seen: int | None = None, by: Actor, at: datetime
) -> Resource:
    """Change some of the same facts; the kind stays. Duties that are given are not touched.

    Raises Invalid (too few seats for those who ride, too), NotFound, NotPermitted, StaleVersion.
    """
    by.must(Permission.WRITE_RESOURCES)
    return _change(resource_id, changes, seen=seen, by=by, at=at)


def set_hours(
    resource_id: int,
    hours: Collection[WorkingHours],
    *,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Resource:
    """Give all working hours anew; none at all means whenever wanted. Times are local, both dates included.

    Raises Invalid (backwards, overlapping), NotFound, NotPermitted, StaleVersion.
    """
    by.must(Permission.WRITE_RESOURCES)
    return _set_hours(resource_id, hours, seen=seen, by=by, at=at)


def add_leave(resource_id: int, span: Span, reason: str = "", *, by: Actor, at: datetime) -> ResourceLeave:
    """Note when a resource is away. Duties within it stay until somebody releases them.

    Raises Invalid (absurdly long, or overlapping leave that is there), NotFound, NotPermitted.
    """
    by.must(Permission.WRITE_RESOURCES)
    if (span.ends_at - span.starts_at).days > LONGEST_LEAVE_DAYS:
        raise Invalid("ends_at", "too_long", most=LONGEST_LEAVE_DAYS)
    return _add_leave(resource_id, span, reason, by=by, at=at)


def remove_leave(resource_id: int, leave_id: int, *, by: Actor, at: datetime) -> None:
    """Take leave back. Raises NotFound, NotPermitted."""
    by.must(Permission.WRITE_RESOURCES)
    _remove_leave(resource_id, leave_id, by=by, at=at)


def remove_resource(resource_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Take a resource off the register. Raises WasAssigned, NotFound, NotPermitted, StaleVersion."""
    by.must(Permission.WRITE_RESOURCES)
    _remove(resource_id, seen=seen, by=by, at=at)


def _parents(resource_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(resources=frozenset({resource_id}))


@writing()
def _add(kind: ResourceKind, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Resource:
    told = {**EMPTY, **facts}
    must_hold_together(kind, told)
    resource = Resource(kind=kind, hours=[], leave=[])
    _write(resource, told)
    db.session.add(resource)
    db.session.flush()
    enter(resource, "add", by=by, at=at, after={"kind": kind.value} | _told(resource, told))
    return resource


@writing(_parents)
def _change(
    resource_id: int, changes: Mapping[str, Any], *, seen: int | None, by: Actor, at: datetime
) -> Resource:
    resource = whole_resource(resource_id)
    must_be_current(resource.version, seen)
    must_hold_together(resource.kind, facts_of(resource) | dict(changes))
    must_seat_those_who_ride(resource_id, changes.get("seats"))
    before = _told(resource, changes)
    _write(resource, changes)
    resource.version += 1
    enter(resource, "change", by=by, at=at, before=before, after=_told(resource, changes))
    return resource


@writing(_parents)
def _set_hours(
    resource_id: int, hours: Collection[WorkingHours], *, seen: int | None, by: Actor, at: datetime
) -> Resource:
    resource = whole_resource(resource_id)
    must_be_current(resource.version, seen)
    told = {"hours": hours}
    before = _told(resource, told)
    _write(resource, told)
    resource.version += 1
    enter(resource, "set_hours", by=by, at=at, before=before, after=_told(resource, told))
    return resource


@writing(_parents)
def _add_leave(resource_id: int, span: Span, reason: str, *, by: Actor, at: datetime) -> ResourceLeave:
    resource = whole_resource(resource_id)
    overlapping = ResourceLeave.starts_at < span.ends_at, ResourceLeave.ends_at > span.starts_at
    rows = select(ResourceLeave).where(ResourceLeave.resource_id == resource_id, *overlapping)
    other = db.session.scalars(rows.order_by(ResourceLeave.starts_at).limit(1)).first()
    if other is not None:
        raise Invalid("starts_at", "leave_overlaps", starts_at=other.starts_at, ends_at=other.ends_at)
    leave = ResourceLeave(
        resource_id=resource_id, starts_at=span.starts_at, ends_at=span.ends_at, reason=reason
    )
    resource.leave.append(leave)
    resource.version += 1
    db.session.flush()
    enter(resource, "add_leave", by=by, at=at, after=snapshot(leave, "starts_at", "ends_at"))
    return leave


@writing(_parents)
def _remove_leave(resource_id: int, leave_id: int, *, by: Actor, at: datetime) -> None:
    resource = whole_resource(resource_id)
    leave = next((each for each in resource.leave if each.id == leave_id), None)
    if leave is None:
        raise NotFound("leave", leave_id)
    enter(resource, "remove_leave", by=by, at=at, before=snapshot(leave, "starts_at", "ends_at"))
    resource.leave.remove(leave)
    resource.version += 1


@writing(_parents)
def _remove(resource_id: int, *, seen: int | None, by: Actor, at: datetime) -> None:
    resource = whole_resource(resource_id)
    must_be_current(resource.version, seen)
    if duties := duties_on_record(resource_id):
        raise WasAssigned(duties)
    enter(resource, "remove", by=by, at=at, before=_told(resource, facts_of(resource)))
    db.session.delete(resource)


def facts_of(resource: Resource) -> dict[str, Any]:
    """A resource as `add_resource` would be told of it."""
    sites = frozenset(site.code for site in resource.sites)
    plain = {name: getattr(resource, name) for name in COLUMNS}
    return plain | {"sites": sites, "base": resource.base.code if resource.base else None}


def _write(resource: Resource, facts: Mapping[str, Any]) -> None:
    for name in COLUMNS:
        if name in facts:
            setattr(resource, name, facts[name])
    if "sites" in facts:
        resource.sites = sites_coded(facts["sites"])
    if "base" in facts:
        resource.base = place_coded(facts["base"])
    if "hours" in facts:
        must_be_hours(facts["hours"])
        resource.hours = [
            ResourceHours(**{name: getattr(row, name) for name in HOURS}) for row in facts["hours"]
        ]


def _told(resource: Resource, names: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps of it."""
    kept = {name: value for name, value in facts_of(resource).items() if name in names.keys() - PERSONAL}
    for name in kept.keys() & {"languages", "sites"}:
        kept[name] = sorted(kept[name])
    for name in kept.keys() & {"active_from", "active_to"}:
        kept[name] = kept[name].isoformat() if kept[name] else None
    if "hours" in names:
        kept["hours"] = [snapshot(row, *HOURS) for row in resource.hours]
    return kept
