"""What the board shows of some sites over a stretch of days: plain rows, a fixed number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, false, func, or_, select

from scheduler.access import Actor
from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.records.database import ask, written
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.holds import IS_OVERDUE
from scheduler.records.load import LONGEST
from scheduler.records.parts import Part
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

Rows = Sequence[Row[Any]]

# Who is expected, came, or should have; what was called off stands on the board only when asked for.
STATES_SHOWN = (*sorted(OCCUPYING), VisitState.NO_SHOW)

_S, _T, _R = Site.__table__.c, Tour.__table__.c, TourSession.__table__.c
_V, _D, _P = Visit.__table__.c, Delegation.__table__.c, Part.__table__.c
_SITE_IDS: BindParameter[int] = bindparam("site_ids", expanding=True)
IS_REGISTERED = _D.state == written(DelegationState.REGISTERED)
IS_IN_TOWN = (_D.arrives_at < bindparam("last")) & (_D.departs_at > bindparam("first"))
# A hold that ran out is no visit any more, whether or not somebody has turned it to expired yet.
IS_THERE = or_(_V.state != written(VisitState.HELD), _V.hold_until > bindparam("at"))

_SITES = select(_S.id, _S.code, _S.name, _S.name_native, _S.owner_unit).order_by(_S.name, _S.id)
_TOURS = (
    select(_T.id, _T.code, _T.name, _T.name_native, _T.site_id)
    .where(_T.site_id.in_(_SITE_IDS))
    .order_by(_T.id)
)
_SESSIONS = (
    select(_R.id, _R.tour_id, _R.site_id, _R.starts_at, _R.ends_at, _R.places, _R.places_taken)
    .where(
        _R.site_id.in_(_SITE_IDS),
        _R.starts_at >= bindparam("begin"),
        _R.starts_at < bindparam("last"),
        _R.ends_at > bindparam("first"),
    )
    .order_by(_R.starts_at, _R.id)
)
_OVERDUE = (
    select(_V.tour_session_id, func.sum(_V.headcount))
    .where(IS_OVERDUE, _V.site_id.in_(_SITE_IDS))
    .group_by(_V.tour_session_id)
)
_VISITS = (
    select(
        _V.id,
        _V.site_id,
        _V.delegation_id,
        _V.starts_at,
        _V.ends_at,
        _V.state,
        _V.headcount,
        _V.version,
        _V.hold_until,
        _V.clash,
        _V.tour_session_id,
        _R.tour_id,
        _D.name,
        _P.name.label("part_name"),
    )
    .join_from(Visit.__table__, Delegation.__table__, _D.id == _V.delegation_id)
    .join(TourSession.__table__, _R.id == _V.tour_session_id)
    .outerjoin(Part.__table__, _P.id == _V.part_id)
    .where(
        _V.site_id.in_(_SITE_IDS),
        _V.starts_at >= bindparam("begin"),
        _V.starts_at < bindparam("last"),
        _V.ends_at > bindparam("first"),
        _V.state.in_(bindparam("states", expanding=True)),
        IS_THERE,
    )
    .order_by(_V.starts_at, _V.id)
)


def _delegations(also: ColumnElement[bool]) -> Select[Any]:
    columns = (_D.id, _D.name, _D.name_native, _D.headcount, _D.arrives_at, _D.departs_at)
    named = _D.id.in_(bindparam("delegation_ids", expanding=True))
    return select(*columns).where(or_(also, named)).order_by(_D.arrives_at, _D.name, _D.id)


_DELEGATIONS = {True: _delegations(IS_REGISTERED & IS_IN_TOWN), False: _delegations(false())}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAsked:
    """Which part of the archive a board shows: sites, [first, last), states of visits, delegations (none
    named: all). What is there depends on the instant of asking, since holds end by themselves."""

    site_ids: tuple[int, ...]
    first: datetime
    last: datetime
    at: datetime
    states: tuple[VisitState, ...] = STATES_SHOWN
    delegation_ids: frozenset[int] = frozenset()

    def wants(self, delegation_id: int) -> bool:
        return not self.delegation_ids or delegation_id in self.delegation_ids

    @property
    def stretch(self) -> dict[str, datetime]:
        """The days as questions want them; `begin` is early enough for what began the day before."""
        return {"first": self.first, "last": self.last, "begin": self.first - LONGEST}


def sites_on_board(by: Actor) -> Rows:
    """(id, code, name, name_native, owner_unit) of the sites that somebody sees, by name."""
    rows = ask(_SITES).all()
    return rows if by.sees_every_site else [row for row in rows if row.id in by.site_ids]


def tours_on_board(site_ids: Collection[int]) -> dict[int, Row[Any]]:
    """(id, code, name, name_native, site_id) of the tours of some sites, by their id."""
    return {row.id: row for row in ask(_TOURS, site_ids=list(site_ids))}


def sessions_on_board(asked: BoardAsked) -> list[tuple[Any, ...]]:
    """(id, tour_id, site_id, starts_at, ends_at, places, places_taken) of every dated session, holds that ran
    out left out of the count. Two queries."""
    sites = list(asked.site_ids)
    freed = {row[0]: row[1] for row in ask(_OVERDUE, site_ids=sites, at=asked.at)}
    rows = ask(_SESSIONS, site_ids=sites, **asked.stretch)
    if not freed:
        return [tuple(row) for row in rows]
    return [(*row[:6], row[6] - freed.get(row[0], 0)) for row in rows]


def visits_on_board(asked: BoardAsked) -> Rows:
    """The visits in order of hour: see `_VISITS` for the columns. One query."""
    rows = ask(
        _VISITS, site_ids=list(asked.site_ids), states=list(asked.states), at=asked.at, **asked.stretch
    ).all()
    return rows if not asked.delegation_ids else [row for row in rows if asked.wants(row.delegation_id)]


def delegations_on_board(asked: BoardAsked, with_visits: Collection[int], *, sees_all: bool) -> Rows:
    """(id, name, name_native, headcount, arrives_at, departs_at) of those who are in town, and of those whose
    visits are shown, in order of arrival. Who does not see all sees only the latter. One query."""
    when = {"first": asked.first, "last": asked.last} if sees_all else {}
    rows = ask(_DELEGATIONS[sees_all], delegation_ids=list(with_visits), **when)
    return [row for row in rows if asked.wants(row.id)]
