"""Delegations as the rules see them: how many, where else, with which ways between and whom along."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from scheduler.core.facts import DelegationFacts, VisitRequest
from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState, Neighbour, PartFacts, Stop
from scheduler.core.travel import FAR, Point, Travel
from scheduler.records.absence import NotFound
from scheduler.records.database import ask, written
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.engagements import Engagement
from scheduler.records.holidays import holidays_at_home
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.site_facts import point_at
from scheduler.records.sites import Site
from scheduler.records.staff import Scope, staff_for
from scheduler.records.travel_facts import travel_among
from scheduler.records.visits import Visit
from scheduler.records.waiting import KeptApart

_D, _S, _V, _P = Delegation.__table__.c, Site.__table__.c, Visit.__table__.c, Part.__table__.c
_E, _K = Engagement.__table__.c, KeptApart.__table__.c
_HERE, _THERE = aliased(Place.__table__, name="here"), aliased(Place.__table__, name="there")
_OCCUPIES = _V.state.in_([written(state) for state in sorted(OCCUPYING)])
# A visit that stands in the way: the delegation is there, and no hold of it has run out.
_IS_STOP = (
    (_V.delegation_id == _D.id)
    & _OCCUPIES
    & or_(_V.hold_until.is_(None), _V.state != written(VisitState.HELD), _V.hold_until > bindparam("at"))
)
_PART = [
    _P.id.label("part_id"),
    _P.division,
    _P.name.label("part_name"),
    _P.headcount.label("part_headcount"),
]
_DELEGATION_AND_STOPS = (
    select(
        _D.id,
        _D.headcount,
        _D.languages,
        _D.has_interpreter,
        _D.needs,
        _D.arrives_at,
        _D.departs_at,
        _D.state,
        _D.country,
        exists().where(or_(_K.delegation_id == _D.id, _K.other_id == _D.id)).label("is_kept_apart"),
        exists().where(_E.delegation_id == _D.id).label("has_engagements"),
        _V.id.label("visit_id"),
        _S.code.label("site_code"),
        _S.latitude,
        _S.longitude,
        _V.starts_at,
        _V.ends_at,
        _V.headcount.label("people"),
        *_PART,
    )
    .outerjoin_from(Delegation.__table__, Visit.__table__, _IS_STOP)
    .outerjoin(Site.__table__, _S.id == _V.site_id)
    .outerjoin(Part.__table__, _P.id == _V.part_id)
    .where(_D.id == bindparam("delegation_id"))
    .order_by(_V.starts_at, _V.id)
)
_ENGAGEMENTS = (
    select(
        _E.id,
        _E.kind,
        _E.starts_at,
        _E.ends_at,
        _E.headcount.label("people"),
        _HERE.c.code.label("here_code"),
        _HERE.c.latitude.label("here_latitude"),
        _HERE.c.longitude.label("here_longitude"),
        _THERE.c.code.label("there_code"),
        _THERE.c.latitude.label("there_latitude"),
        _THERE.c.longitude.label("there_longitude"),
        *_PART,
    )
    .outerjoin_from(Engagement.__table__, _HERE, _HERE.c.id == _E.place_id)
    .outerjoin(_THERE, _THERE.c.id == _E.destination_id)
    .outerjoin(Part.__table__, _P.id == _E.part_id)
    .where(_E.delegation_id == bindparam("delegation_id"), _E.state == written(EngagementState.PLANNED))
    .order_by(_E.starts_at, _E.id)
)
_IS_OTHER = or_(
    and_(_K.delegation_id == bindparam("delegation_id"), _K.other_id == _V.delegation_id),
    and_(_K.other_id == bindparam("delegation_id"), _K.delegation_id == _V.delegation_id),
)
_NEIGHBOURS = (
    select(_V.delegation_id, _D.name, _S.code, _V.starts_at, _V.ends_at)
    .join_from(KeptApart.__table__, Visit.__table__, _IS_OTHER)
    .join(Delegation.__table__, _D.id == _V.delegation_id)
    .join(Site.__table__, _S.id == _V.site_id)
    .where(
        _OCCUPIES,
        _V.site_id.in_(bindparam("site_ids", expanding=True)),
        _V.starts_at < bindparam("last"),
        _V.ends_at > bindparam("first"),
    )
    .order_by(_V.starts_at, _V.id)
)
_PART_OF = select(*_PART).where(_P.id == bindparam("part_id"), _P.delegation_id == bindparam("delegation_id"))


def delegation_facts(request: VisitRequest, scope: Scope, at: datetime) -> DelegationFacts:
    """The delegation that asks, where else it is, the ways from there, and whom the office could send along;
    the asking visit and holds that ran out are left out. Raises NotFound for an unknown delegation, part or
    assignee."""
    return escorted(whereabouts(request, scope, at, leave_out=request.own_visits), request, scope)


def whereabouts(
    request: VisitRequest,
    scope: Scope,
    at: datetime,
    *,
    leave_out: frozenset[int] = frozenset(),
    engagement_id: int | None = None,
) -> DelegationFacts:
    """The same without people to send. Left out are some visits, such as all that are about to move, and one
    engagement. Raises NotFound for an unknown delegation or part."""
    rows = ask(_DELEGATION_AND_STOPS, delegation_id=request.delegation_id, at=at).all()
    if not rows:
        raise NotFound("delegation", request.delegation_id)
    asked = ask(_ENGAGEMENTS, delegation_id=request.delegation_id) if rows[0].has_engagements else ()
    engagements = [row for row in asked if row.id != engagement_id]
    visits = [row for row in rows if row.visit_id is not None and row.visit_id not in leave_out]
    stops = sorted((*map(_visit, visits), *map(_engagement, engagements)), key=lambda s: s.span.starts_at)
    points = _points(
        [row for row in visits if _is_near(row, scope)], [row for row in engagements if _is_near(row, scope)]
    )
    row = rows[0]
    return DelegationFacts(
        id=row.id,
        headcount=row.headcount,
        languages=row.languages,
        has_interpreter=row.has_interpreter,
        needs=row.needs,
        stay=Span(row.arrives_at, row.departs_at),
        stops=tuple(stops),
        is_open=row.state == DelegationState.REGISTERED,
        state=row.state.value,
        home_holidays=holidays_at_home(row.country, row.arrives_at.date(), row.departs_at.date()),
        parts=_parts(request, [*visits, *engagements]),
        kept_apart=_neighbours(row.id, scope) if row.is_kept_apart else (),
        travel=travel_among(points, [site.id for site in scope.sites]) if points else None,
    )


def escorted(facts: DelegationFacts, request: VisitRequest, scope: Scope) -> DelegationFacts:
    """A delegation with the people and vehicles that the office could send along on a request, as far as
    the scope's sites and tours need any. Raises NotFound for an unknown assignee or part."""
    if request.part_id is not None and request.part_id not in facts.parts:
        facts = replace(facts, parts={**facts.parts, **_parts(request, ())})
    staff, posts = staff_for(request, facts, scope)
    if staff is None:
        return facts
    ways = travel_among(posts, [site.id for site in scope.sites]) if posts else Travel()
    return replace(facts, staff=staff, travel=ways.joined_with(facts.travel or Travel()))


def _parts(request: VisitRequest, rows: Iterable[Row[Any]]) -> dict[int, PartFacts]:
    parts = {row.part_id: _part(row) for row in rows if row.part_id is not None}
    if request.part_id is not None and request.part_id not in parts:
        row = ask(_PART_OF, part_id=request.part_id, delegation_id=request.delegation_id).first()
        if row is None:
            raise NotFound("part", request.part_id)
        parts[request.part_id] = _part(row)
    return {part_id: part for part_id, part in parts.items() if part is not None}


def _part(row: Row[Any]) -> PartFacts | None:
    if row.part_id is None:
        return None
    return PartFacts(row.part_id, row.division, row.part_name, row.part_headcount)


def _visit(row: Row[Any]) -> Stop:
    return Stop(
        visit_id=row.visit_id,
        site_code=row.site_code,
        span=Span(row.starts_at, row.ends_at),
        part=_part(row),
        headcount=row.people,
    )


def _engagement(row: Row[Any]) -> Stop:
    return Stop(
        engagement_id=row.id,
        kind=row.kind.value,
        site_code=row.here_code,
        leaves_from=row.there_code,
        span=Span(row.starts_at, row.ends_at),
        part=_part(row),
        headcount=row.people,
    )


def _points(visits: Iterable[Row[Any]], engagements: Iterable[Row[Any]]) -> dict[str, Point | None]:
    """Every place among the stops, by code, with its spot on the map where that is known."""
    points = {row.site_code: point_at(row.latitude, row.longitude) for row in visits}
    for row in engagements:
        points[row.here_code] = point_at(row.here_latitude, row.here_longitude)
        points[row.there_code] = point_at(row.there_latitude, row.there_longitude)
    points.pop(None, None)
    return points


def _is_near(row: Row[Any], scope: Scope) -> bool:
    """Whether a stop is near enough in time for its way to matter."""
    return bool(row.starts_at < scope.span.ends_at + FAR and row.ends_at > scope.span.starts_at - FAR)


def _neighbours(delegation_id: int, scope: Scope) -> tuple[Neighbour, ...]:
    rows = ask(
        _NEIGHBOURS,
        delegation_id=delegation_id,
        site_ids=[site.id for site in scope.sites],
        first=scope.span.starts_at,
        last=scope.span.ends_at,
    )
    return tuple(Neighbour(of, name, code, Span(starts, ends)) for of, name, code, starts, ends in rows)
