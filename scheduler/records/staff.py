"""Guides, interpreters and vehicles as the rules see them, looked up only where one is needed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from scheduler.core.duties import (
    OCCUPYING_DUTIES,
    Duty,
    ResourceFacts,
    ResourceKind,
    Staff,
    WorkingHours,
)
from scheduler.core.escort import VEHICLE_WANTED
from scheduler.core.facts import DelegationFacts, SiteFacts, TourFacts, VisitRequest
from scheduler.core.interpreting import needs_interpreter
from scheduler.core.spans import Span
from scheduler.core.staffing import around
from scheduler.core.travel import Point
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import ask, written
from scheduler.records.places import Place
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave, resource_site
from scheduler.records.site_facts import point_at, zone_named
from scheduler.records.sites import Site
from scheduler.records.visits import Visit

# Duties around a visit decide who can be there in time, and how many there are that day.
AROUND = timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """What a request may touch: the sites and tours in question, and the stretch of time."""

    sites: Sequence[SiteFacts]
    tours: Sequence[TourFacts]
    span: Span


_R, _A, _S, _V = Resource.__table__.c, Assignment.__table__.c, Site.__table__.c, Visit.__table__.c
_H, _L, _B = ResourceHours.__table__.c, ResourceLeave.__table__.c, Place.__table__.c
_IDS: Any = bindparam("ids", expanding=True)
_OCCUPIES = _A.state.in_([written(state) for state in sorted(OCCUPYING_DUTIES)])
_RESOURCES = (
    select(Resource.__table__, _B.code.label("base_code"), _B.latitude, _B.longitude)
    .outerjoin_from(Resource.__table__, Place.__table__, _B.id == _R.base_id)
    .where(or_(_R.kind.in_(bindparam("kinds", expanding=True)), _R.id.in_(_IDS)))
    .order_by(_R.id)
)
_HOURS = select(_H.resource_id, _H.weekday, _H.starts, _H.ends, _H.valid_from, _H.valid_to).where(
    _H.resource_id.in_(_IDS)
)
_LEAVE = (
    select(_L.resource_id, _L.starts_at, _L.ends_at)
    .where(_L.resource_id.in_(_IDS), _L.starts_at < bindparam("last"), _L.ends_at > bindparam("first"))
    .order_by(_L.starts_at)
)
_DUTIES = (
    select(
        _A.id,
        _A.resource_id,
        _A.delegation_id,
        _A.visit_id,
        _A.state,
        _A.starts_at,
        _A.ends_at,
        _S.code,
        _S.latitude,
        _S.longitude,
    )
    .outerjoin_from(Assignment.__table__, Visit.__table__, _V.id == _A.visit_id)
    .outerjoin(Site.__table__, _S.id == _V.site_id)
    .where(
        _A.resource_id.in_(_IDS),
        _OCCUPIES,
        _A.starts_at < bindparam("last"),
        _A.ends_at > bindparam("first"),
    )
    .order_by(_A.starts_at, _A.id)
)
_GUIDED = (
    select(resource_site.c.resource_id, _S.code)
    .join_from(resource_site, Site.__table__, _S.id == resource_site.c.site_id)
    .where(resource_site.c.resource_id.in_(_IDS))
)
_ASSIGNED = (
    select(
        _A.resource_id,
        _A.state,
        _A.starts_at.label("duty_starts"),
        _A.ends_at.label("duty_ends"),
        _V.starts_at,
        _V.ends_at,
    )
    .join_from(Assignment.__table__, Visit.__table__, _V.id == _A.visit_id)
    .where(_A.visit_id == bindparam("visit_id"), _OCCUPIES)
)
_DRIVEN = (
    select(_A.starts_at, _A.ends_at, _A.headcount, _A.part_id, _R.seats)
    .join_from(Assignment.__table__, Resource.__table__, _R.id == _A.resource_id)
    .where(
        _A.delegation_id == bindparam("delegation_id"),
        _A.visit_id.is_(None),
        _OCCUPIES,
        _R.kind == written(ResourceKind.VEHICLE),
    )
)


def staff_for(
    request: VisitRequest, delegation: DelegationFacts, scope: Scope
) -> tuple[Staff | None, dict[str, Point | None]]:
    """Whom a request may need, and where their other duties are (by place code). None, and nothing is asked,
    where it needs nobody and names nobody. Raises NotFound for a named one that does not exist."""
    kinds = _kinds_needed(request, delegation, scope)
    coming = _coming(request)
    ids = {*request.assign, *(row.resource_id for row in coming)}
    if not kinds and not ids:
        return None, {}
    resources, posts = resources_around(kinds, ids, scope.span)
    if missing := set(request.assign) - resources.keys():
        raise NotFound("resource", min(missing))
    driven = _driven(request) if ResourceKind.VEHICLE in kinds else ()
    duties = {
        key: resource if request.visit_id is None else _without(resource, request.visit_id)
        for key, resource in resources.items()
    }
    for row in coming:
        visit, duty = Span(row.starts_at, row.ends_at), Span(row.duty_starts, row.duty_ends)
        duties[row.resource_id] = around(duties[row.resource_id], visit, duty)
    assigned = {row.resource_id: row.state for row in coming}
    return Staff(resources=duties, assigned=assigned, driven=driven), posts


def resources_around(
    kinds: Collection[ResourceKind], ids: Collection[int], span: Span
) -> tuple[dict[int, ResourceFacts], dict[str, Point | None]]:
    """Resources of some kinds, or with some ids, with their hours, leave and duties around a stretch of
    time; and the places of their duties and homes. Five queries, however many."""
    rows = ask(_RESOURCES, kinds=list(kinds), ids=list(ids)).all()
    found = [row.id for row in rows]
    stretch = {"first": span.starts_at - AROUND, "last": span.ends_at + AROUND}
    duties = ask(_DUTIES, ids=found, **stretch).all()
    by_resource = _grouped(duties, lambda row: (row.resource_id, _duty(row)))
    hours = _grouped(ask(_HOURS, ids=found), lambda row: (row.resource_id, _working_hours(row)))
    leave = _grouped(ask(_LEAVE, ids=found, **stretch), lambda row: (row[0], Span(row[1], row[2])))
    guided = _grouped(ask(_GUIDED, ids=found), lambda row: (row[0], row[1]))
    facts = {
        row.id: _resource(row, hours[row.id], leave[row.id], guided[row.id], by_resource[row.id])
        for row in rows
    }
    posts = {row.code: point_at(row.latitude, row.longitude) for row in duties if row.code is not None}
    homes = {row.base_code: point_at(row.latitude, row.longitude) for row in rows if row.base_code}
    return facts, homes | posts


def _kinds_needed(request: VisitRequest, delegation: DelegationFacts, scope: Scope) -> set[ResourceKind]:
    kinds = set()
    if any(needs_interpreter(site, delegation, request.language) for site in scope.sites):
        kinds.add(ResourceKind.INTERPRETER)
    if any(tour.needs_guide for tour in scope.tours):
        kinds.add(ResourceKind.GUIDE)
    if VEHICLE_WANTED in delegation.needs:
        kinds.add(ResourceKind.VEHICLE)
    return kinds


def _coming(request: VisitRequest) -> Sequence[Row[Any]]:
    """Who was to come to the visit that asks, with the times of their duty and of the visit until now."""
    return () if request.visit_id is None else ask(_ASSIGNED, visit_id=request.visit_id).all()


def _driven(request: VisitRequest) -> tuple[tuple[Span, int], ...]:
    rows = ask(_DRIVEN, delegation_id=request.delegation_id)
    return tuple(
        (Span(row.starts_at, row.ends_at), row.seats if row.headcount is None else row.headcount)
        for row in rows
        if row.part_id is None or row.part_id == request.part_id
    )


def _without(resource: ResourceFacts, visit_id: int) -> ResourceFacts:
    """The same but for its duty at one visit, which is the one that asks."""
    return replace(resource, duties=tuple(duty for duty in resource.duties if duty.visit_id != visit_id))


def _resource(row: Row[Any], hours: Any, leave: Any, guided: Any, duties: Any) -> ResourceFacts:
    return ResourceFacts(
        id=row.id,
        kind=row.kind,
        name=row.name,
        zone=zone_named(row.zone),
        languages=row.languages,
        site_codes=frozenset(guided),
        hours=tuple(hours),
        leave=tuple(leave),
        base_code=row.base_code,
        seats=row.seats,
        most_a_day=row.most_a_day,
        setup_minutes=row.setup_minutes,
        wrap_up_minutes=row.wrap_up_minutes,
        active_from=row.active_from,
        active_to=row.active_to,
        duties=tuple(duties),
    )


def _working_hours(row: Any) -> WorkingHours:
    _resource_id, weekday, starts, ends, valid_from, valid_to = row
    return WorkingHours(weekday=weekday, starts=starts, ends=ends, valid_from=valid_from, valid_to=valid_to)


def _duty(row: Row[Any]) -> Duty:
    return Duty(
        assignment_id=row.id,
        span=Span(row.starts_at, row.ends_at),
        delegation_id=row.delegation_id,
        visit_id=row.visit_id,
        site_code=row.code,
        state=row.state,
    )


def _grouped(rows: Iterable[Row[Any]], told: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        key, value = told(row)
        found[key].append(value)
    return found
