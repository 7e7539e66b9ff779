"""Visits that still need somebody: a guide, an interpreter, a vehicle. Plain rows, one query."""

from typing import Any

from sqlalchemy import Row, bindparam, exists, or_, select

from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind
from scheduler.core.escort import VEHICLE_WANTED
from scheduler.core.facts import DelegationFacts, SiteFacts
from scheduler.core.interpreting import needs_interpreter
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.boards import IS_THERE, BoardAsked, Rows
from scheduler.records.database import ask, written
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_V, _D, _S, _R, _T = (table.__table__.c for table in (Visit, Delegation, Site, TourSession, Tour))
_A, _P = Assignment.__table__.c, Resource.__table__.c
# The rule about languages looks at no clock.
CLOCK = zone_named("UTC")
_IS_SERVED = exists(
    select(_A.id)
    .join_from(Assignment.__table__, Resource.__table__, _P.id == _A.resource_id)
    .where(
        _P.kind == bindparam("kind"),
        _A.state.in_([written(state) for state in sorted(OCCUPYING_DUTIES)]),
        _A.delegation_id == _V.delegation_id,
        or_(
            _A.visit_id == _V.id,
            _A.visit_id.is_(None) & (_A.starts_at <= _V.starts_at) & (_A.ends_at >= _V.ends_at),
        ),
    )
)
_VISITS = (
    select(
        _V.id,
        _V.delegation_id,
        _V.starts_at,
        _V.ends_at,
        _V.headcount,
        _V.state,
        _V.version,
        _V.language,
        _D.name,
        _D.languages,
        _D.has_interpreter,
        _D.needs,
        _S.code.label("site_code"),
        _S.name.label("site_name"),
        _S.name_native.label("site_native"),
        _S.languages.label("site_languages"),
        _T.code.label("tour_code"),
        _T.name.label("tour_name"),
        _T.name_native.label("tour_native"),
        _T.needs_guide,
    )
    .join_from(Visit.__table__, Delegation.__table__, _D.id == _V.delegation_id)
    .join(TourSession.__table__, _R.id == _V.tour_session_id)
    .join(Tour.__table__, _T.id == _R.tour_id)
    .join(Site.__table__, _S.id == _V.site_id)
    .where(
        _V.site_id.in_(bindparam("site_ids", expanding=True)),
        _V.starts_at < bindparam("last"),
        _V.ends_at > bindparam("first"),
        _V.state.in_([written(state) for state in sorted(AWAITED)]),
        IS_THERE,
        ~_IS_SERVED,
    )
    .order_by(_V.starts_at, _V.id)
)


def visits_in_need(kind: ResourceKind, asked: BoardAsked) -> Rows:
    """The awaited visits within the days asked for that need one of a kind, and have none yet, in order of
    hour: see `_VISITS` for the columns."""
    rows = ask(
        _VISITS,
        kind=kind,
        site_ids=list(asked.site_ids),
        first=asked.first,
        last=asked.last,
        at=asked.at,
    )
    return [row for row in rows if asked.wants(row.delegation_id) and _needs(row, kind)]


def _needs(row: Row[Any], kind: ResourceKind) -> bool:
    """Whether the visit should not be without one; what the rules then say of each is asked of them."""
    if kind is ResourceKind.GUIDE:
        return bool(row.needs_guide)
    if kind is ResourceKind.VEHICLE:
        return VEHICLE_WANTED in row.needs
    guests = DelegationFacts(
        id=row.delegation_id,
        headcount=row.headcount,
        languages=row.languages,
        has_interpreter=row.has_interpreter,
        stay=Span(row.starts_at, row.ends_at),
    )
    host = SiteFacts(code=row.site_code, id=0, zone=CLOCK, hours=(), languages=row.site_languages)
    return needs_interpreter(host, guests, row.language)
