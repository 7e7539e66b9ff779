"""Guides, interpreters and vehicles on the board: who there is, their duties, hours and leave. Plain rows."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind
from scheduler.records.assignments import Assignment
from scheduler.records.boards import BoardAsked, Rows
from scheduler.records.database import ask, written
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave, resource_site
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_P, _A, _H, _L = (table.__table__.c for table in (Resource, Assignment, ResourceHours, ResourceLeave))
_V, _D, _S, _R, _T = (table.__table__.c for table in (Visit, Delegation, Site, TourSession, Tour))
_IDS: Any = bindparam("ids", expanding=True)
_PEOPLE = (
    select(_P.id, _P.name, _P.name_native, _P.languages, _P.seats, _P.zone)
    .where(
        _P.kind == bindparam("kind"),
        or_(_P.active_from.is_(None), _P.active_from <= bindparam("last_on")),
        or_(_P.active_to.is_(None), _P.active_to >= bindparam("first_on")),
    )
    .order_by(_P.name, _P.id)
)
_OF_SITES = select(resource_site.c.resource_id).where(
    resource_site.c.site_id.in_(bindparam("site_ids", expanding=True))
)
_DUTIES = (
    select(
        _A.id,
        _A.resource_id,
        _A.delegation_id,
        _A.visit_id,
        _A.starts_at,
        _A.ends_at,
        _A.state,
        _A.headcount,
        _D.name,
        _V.site_id,
        _S.name.label("site_name"),
        _S.name_native.label("site_native"),
        _T.name.label("tour_name"),
        _A.note,
    )
    .join_from(Assignment.__table__, Resource.__table__, _P.id == _A.resource_id)
    .join(Delegation.__table__, _D.id == _A.delegation_id)
    .outerjoin(Visit.__table__, _V.id == _A.visit_id)
    .outerjoin(TourSession.__table__, _R.id == _V.tour_session_id)
    .outerjoin(Tour.__table__, _T.id == _R.tour_id)
    .outerjoin(Site.__table__, _S.id == _V.site_id)
    .where(
        _P.kind == bindparam("kind"),
        _A.state.in_([written(state) for state in sorted(OCCUPYING_DUTIES)]),
        _A.starts_at < bindparam("last"),
        _A.ends_at > bindparam("first"),
    )
    .order_by(_A.starts_at, _A.id)
)
_HOURS = select(_H.resource_id, _H.weekday, _H.starts, _H.ends, _H.valid_from, _H.valid_to).where(
    _H.resource_id.in_(_IDS)
)
_LEAVE = (
    select(_L.resource_id, _L.starts_at, _L.ends_at)
    .where(_L.resource_id.in_(_IDS), _L.starts_at < bindparam("last"), _L.ends_at > bindparam("first"))
    .order_by(_L.starts_at, _L.id)
)


def duties_on_board(kind: ResourceKind, asked: BoardAsked, *, sees_all: bool) -> Rows:
    """Asked and accepted duties of a kind: see `_DUTIES` for the columns. Who does not see all sees those for
    visits of their own sites; a choice of sites leaves out the others and keeps whole days. One query."""
    rows = ask(_DUTIES, kind=kind, first=asked.first, last=asked.last).all()
    sites = {*asked.site_ids, *([None] if sees_all else [])}
    return [row for row in rows if row.site_id in sites and asked.wants(row.delegation_id)]


def people_on_board(
    kind: ResourceKind, asked: BoardAsked, on_duty: Collection[int], *, sees_all: bool
) -> Rows:
    """(id, name, name_native, languages, seats, zone) of those of a kind who are active then, by name. Who
    does not see all sees those of their own sites and those on duty there. Two queries."""
    days: tuple[date, date] = asked.first.date(), asked.last.date()
    rows = ask(_PEOPLE, kind=kind, first_on=days[0], last_on=days[1]).all()
    theirs = {*ask(_OF_SITES, site_ids=list(asked.site_ids)).scalars(), *on_duty}
    return [row for row in rows if sees_all or row.id in theirs]


def hours_on_board(ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """(resource_id, weekday, starts, ends, valid_from, valid_to) of some people, by their id. One query."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in ask(_HOURS, ids=list(ids)):
        found[row.resource_id].append(row)
    return found


def leave_on_board(ids: Collection[int], asked: BoardAsked) -> Rows:
    """(resource_id, starts_at, ends_at): when some people are away. One query."""
    return ask(_LEAVE, ids=list(ids), first=asked.first, last=asked.last).all()
