"""Awaited visits that a disturbance may touch, and all others of their delegations, with who goes along."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select

from scheduler.core.disturbances import BookedVisit, Disturbance, DisturbanceKind, Driven, Going
from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind
from scheduler.core.facts import TourFacts
from scheduler.core.lifecycle import AWAITED, VisitState
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.database import ask, written
from scheduler.records.delegations import Wish
from scheduler.records.resources import Resource, resource_site
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_V, _S, _R, _T = Visit.__table__.c, Site.__table__.c, TourSession.__table__.c, Tour.__table__.c
_A, _W, _G = Assignment.__table__.c, Wish.__table__.c, Resource.__table__.c
_IDS: Any = bindparam("ids", expanding=True)
_IS_AWAITED = (
    _V.state.in_([written(state) for state in sorted(AWAITED)])
    & (_V.starts_at > bindparam("at"))
    & or_(_V.state != written(VisitState.HELD), _V.hold_until > bindparam("at"))
)
_OCCUPIES = _A.state.in_([written(state) for state in sorted(OCCUPYING_DUTIES)])
_WITHIN = (_V.starts_at < bindparam("last")) & (_V.ends_at > bindparam("first"))
_AT_SITE = (
    select(_V.id, _V.delegation_id)
    .join_from(Visit.__table__, Site.__table__, _S.id == _V.site_id)
    .where(_S.code == bindparam("site"), _WITHIN, _IS_AWAITED)
)
_OF_DELEGATIONS = (
    select(
        _V.id,
        _V.version,
        _V.delegation_id,
        _V.state,
        _R.tour_id,
        _V.starts_at,
        _V.ends_at,
        _V.headcount,
        _V.part_id,
        _V.language,
        _V.hold_until,
        _V.is_clashing,
        _V.overridden,
    )
    .join_from(Visit.__table__, TourSession.__table__, _R.id == _V.tour_session_id)
    .where(_V.delegation_id.in_(_IDS), _IS_AWAITED)
    .order_by(_V.starts_at, _V.id)
)
_GOING = (
    select(_A.visit_id, _A.resource_id, _A.state, _A.starts_at, _A.ends_at)
    .where(_A.visit_id.in_(_IDS), _OCCUPIES)
    .order_by(_A.visit_id, _A.id)
)
_WISHED = select(_W.delegation_id, _W.tour_id, _W.topic, _W.priority, _W.is_must, _W.fallback_tour_id).where(
    _W.delegation_id.in_(_IDS)
)
_DRIVEN = (
    select(_A.delegation_id, _A.starts_at, _A.ends_at, _A.headcount, _A.part_id, _G.seats)
    .join_from(Assignment.__table__, Resource.__table__, _G.id == _A.resource_id)
    .where(
        _A.delegation_id.in_(_IDS),
        _A.visit_id.is_(None),
        _OCCUPIES,
        _G.kind == written(ResourceKind.VEHICLE),
    )
)
_KIND = select(_G.kind).where(_G.id == bindparam("resource_id"))
# Set-up and wrap-up may reach into an absence when the visit itself does not.
_MARGIN = timedelta(hours=12)
DEAREST = 5
MOST_STAND_INS, MOST_THERE = 4, 3


def perhaps_touched(told: Disturbance, at: datetime) -> dict[int, int]:
    """The awaited visits, each with its delegation, among which the touched ones are. Of an absence also
    those at its sites or times to which nobody of that kind comes: they may need just the one who is away."""
    if told.delegation_id is not None:
        rows = ask(_OF_DELEGATIONS, ids=[told.delegation_id], at=at)
        return {row.id: row.delegation_id for row in rows}
    assert told.span is not None
    stretch = {"first": told.span.starts_at, "last": told.span.ends_at, "at": at}
    if told.kind is DisturbanceKind.CLOSURE:
        return _of(ask(_AT_SITE, site=told.site_code, **stretch))
    kind = ask(_KIND, resource_id=told.resource_id).scalar()
    wide = {"first": told.span.starts_at - _MARGIN, "last": told.span.ends_at + _MARGIN, "at": at}
    theirs = _of(ask(_SENT_TO, resource_id=told.resource_id, **wide))
    alone = None if kind is None else _WITHOUT_ANY.get(kind)
    if alone is not None:
        theirs |= _of(ask(alone, resource_id=told.resource_id, **stretch))
    return theirs


def _of(rows: Iterable[Row[Any]]) -> dict[int, int]:
    return {row.id: row.delegation_id for row in rows}


def awaited_of(
    delegation_ids: Collection[int], tours: Mapping[int, TourFacts], at: datetime
) -> list[BookedVisit]:
    """Every visit of some delegations that is still to come, by hour. Three queries."""
    ids = list(delegation_ids)
    rows = ask(_OF_DELEGATIONS, ids=ids, at=at).all()
    going: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in ask(_GOING, ids=[row.id for row in rows]):
        going[row.visit_id].append(row)
    wishes = ask(_WISHED, ids=ids).all()
    return [_booked(row, going[row.id], _priority(row, tours[row.tour_id], wishes)) for row in rows]


def stand_ins_for(
    visits: Sequence[BookedVisit], tours: Mapping[int, TourFacts]
) -> dict[int, tuple[int, ...]]:
    """For each visit the few tours that could stand in: what its wish names as fallback, then those that
    share most topics with its own; and others at its own site."""
    wishes = ask(_WISHED, ids=sorted({visit.delegation_id for visit in visits})).all()
    found = {}
    for visit in visits:
        own = tours[visit.tour_id]
        named = [
            wish.fallback_tour_id
            for wish in wishes
            if wish.delegation_id == visit.delegation_id
            and wish.fallback_tour_id in tours
            and _is_of(wish, own)
        ]
        alike = sorted(
            (tour for tour in tours.values() if tour.topics & own.topics),
            key=lambda tour: (-len(tour.topics & own.topics), tour.id),
        )
        both = dict.fromkeys([*named, *(tour.id for tour in alike)])
        few = [key for key in both if key != own.id][:MOST_STAND_INS]
        found[visit.id] = tuple(dict.fromkeys([*few, *_others_there(own, tours)]))
    return found


def _others_there(own: TourFacts, tours: Mapping[int, TourFacts]) -> list[int]:
    """A few other tours of the same site, those first that share most topics."""
    there = [tour for tour in tours.values() if tour.site_code == own.site_code and tour.id != own.id]
    there.sort(key=lambda tour: (-len(tour.topics & own.topics), tour.id))
    return [tour.id for tour in there[:MOST_THERE]]


def driven_of(delegation_ids: Collection[int]) -> dict[int, tuple[Driven, ...]]:
    """The vehicles that are with some delegations over stretches of a day."""
    found: dict[int, tuple[Driven, ...]] = {}
    for row in ask(_DRIVEN, ids=list(delegation_ids)):
        riders = row.seats if row.headcount is None else row.headcount
        driven = Driven(span=Span(row.starts_at, row.ends_at), riders=riders or 0, part_id=row.part_id)
        found[row.delegation_id] = (*found.get(row.delegation_id, ()), driven)
    return found


def _booked(row: Row[Any], going: Sequence[Row[Any]], priority: int | None) -> BookedVisit:
    return BookedVisit(
        id=row.id,
        version=row.version,
        delegation_id=row.delegation_id,
        state=row.state,
        tour_id=row.tour_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        headcount=row.headcount,
        booked_for=row.headcount,
        part_id=row.part_id,
        language=row.language,
        hold_until=row.hold_until,
        is_clashing=row.is_clashing,
        overridden=frozenset(row.overridden),
        priority=priority,
        going=tuple(
            Going(
                resource_id=each.resource_id,
                state=each.state,
                setup_minutes=(row.starts_at - each.starts_at) // timedelta(minutes=1),
                wrap_up_minutes=(each.ends_at - row.ends_at) // timedelta(minutes=1),
            )
            for each in going
        ),
    )


def _priority(row: Row[Any], tour: TourFacts, wishes: Sequence[Row[Any]]) -> int | None:
    """How dear the wish is that a visit fulfils; a must is the dearest."""
    dear = [
        DEAREST if wish.is_must else wish.priority
        for wish in wishes
        if wish.delegation_id == row.delegation_id and _is_of(wish, tour)
    ]
    return max(dear, default=None)


def _is_of(wish: Row[Any], tour: TourFacts) -> bool:
    return wish.tour_id == tour.id if wish.tour_id is not None else wish.topic in tour.topics


def _visits_without(kind: ResourceKind) -> Select[Any]:
    """Awaited visits of a stretch to which nobody of a kind is to come."""
    comes = (
        select(_A.id)
        .join_from(Assignment.__table__, Resource.__table__, _G.id == _A.resource_id)
        .where(_A.visit_id == _V.id, _OCCUPIES, _G.kind == written(kind))
    )
    return select(_V.id, _V.delegation_id).where(_WITHIN, _IS_AWAITED, ~comes.exists())


_SENT_TO = (
    select(_V.id, _V.delegation_id)
    .join_from(Visit.__table__, Assignment.__table__, _A.visit_id == _V.id)
    .where(_A.resource_id == bindparam("resource_id"), _OCCUPIES, _WITHIN, _IS_AWAITED)
)
_GUIDED_SITES = select(resource_site.c.site_id).where(resource_site.c.resource_id == bindparam("resource_id"))
_WITHOUT_ANY: dict[ResourceKind, Select[Any]] = {
    ResourceKind.GUIDE: _visits_without(ResourceKind.GUIDE)
    .join(TourSession.__table__, _R.id == _V.tour_session_id)
    .join(Tour.__table__, _T.id == _R.tour_id)
    .where(_T.needs_guide, _V.site_id.in_(_GUIDED_SITES)),
    ResourceKind.INTERPRETER: _visits_without(ResourceKind.INTERPRETER),
    ResourceKind.VEHICLE: _visits_without(ResourceKind.VEHICLE),
}
