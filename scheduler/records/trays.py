"""What is not yet placed: wishes that no visit serves, holds, visits put off. Plain rows, two queries."""

from typing import Any

from sqlalchemy import bindparam, exists, func, literal, or_, select

from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.records.boards import IS_IN_TOWN, IS_REGISTERED, IS_THERE, BoardAsked, Rows
from scheduler.records.database import ask, written
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.parts import Part
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_S, _T, _R = Site.__table__.c, Tour.__table__.c, TourSession.__table__.c
_V, _D, _W, _P = (table.__table__.c for table in (Visit, Delegation, Wish, Part))
# What was put off stands in the tray by itself; its wish need not stand beside it.
SERVING = [written(state) for state in (*sorted(OCCUPYING), VisitState.POSTPONED)]
_SHOWN_TOUR = Tour.__table__.alias("shown_tour")


def _names(topics: Any, topic: Any) -> Any:
    """Whether a set of codes, kept as one text, holds a code."""
    padded = literal(" ").concat(topics).concat(" ")
    return func.replace(padded, literal(" ").concat(topic).concat(" "), "") != padded


_SERVED = exists(
    select(_V.id)
    .join_from(Visit.__table__, TourSession.__table__, _R.id == _V.tour_session_id)
    .join(_SHOWN_TOUR, _SHOWN_TOUR.c.id == _R.tour_id)
    .where(
        _V.delegation_id == _W.delegation_id,
        _V.state.in_(SERVING),
        IS_THERE,
        or_(_W.tour_id == _R.tour_id, _W.tour_id.is_(None) & _names(_SHOWN_TOUR.c.topics, _W.topic)),
    )
)
_WISHES = (
    select(
        _W.id,
        _W.delegation_id,
        _D.name,
        func.coalesce(_W.headcount, _D.headcount).label("headcount"),
        _W.priority,
        _W.topic,
        _T.code.label("tour_code"),
        _T.name.label("tour_name"),
        _T.name_native.label("tour_native"),
        _S.id.label("site_id"),
        _S.code.label("site_code"),
        _W.note,
    )
    .join_from(Wish.__table__, Delegation.__table__, _D.id == _W.delegation_id)
    .outerjoin(Tour.__table__, _T.id == _W.tour_id)
    .outerjoin(Site.__table__, _S.id == _T.site_id)
    .where(IS_REGISTERED, IS_IN_TOWN, ~_SERVED)
    .order_by(_W.priority.desc(), _D.arrives_at, _W.id)
)
_IS_HOLD = (
    (_V.state == written(VisitState.HELD))
    & (_V.hold_until > bindparam("at"))
    & (_V.starts_at < bindparam("last"))
    & (_V.ends_at > bindparam("first"))
)
_IS_PUT_OFF = (_V.state == written(VisitState.POSTPONED)) & IS_REGISTERED & IS_IN_TOWN
# Each by an index of its own: holds by that over the few that are held, the others by who is in town.
_VISITS = (
    select(
        _V.id,
        _V.delegation_id,
        _D.name,
        _V.headcount,
        _V.state,
        _V.version,
        _V.hold_until,
        _V.site_id,
        _S.code.label("site_code"),
        _T.code.label("tour_code"),
        _T.name.label("tour_name"),
        _T.name_native.label("tour_native"),
        _P.name.label("part_name"),
    )
    .join_from(Visit.__table__, Delegation.__table__, _D.id == _V.delegation_id)
    .join(TourSession.__table__, _R.id == _V.tour_session_id)
    .join(Tour.__table__, _T.id == _R.tour_id)
    .join(Site.__table__, _S.id == _V.site_id)
    .outerjoin(Part.__table__, _P.id == _V.part_id)
    .order_by(_V.hold_until, _V.id)
)
_HOLDS = _VISITS.where(_IS_HOLD, _V.site_id.in_(bindparam("site_ids", expanding=True)))
_PUT_OFF = _VISITS.where(_IS_PUT_OFF)


def wishes_in_tray(asked: BoardAsked) -> Rows:
    """Wishes of registered delegations in town for a tour or topic that none of their visits shows, the most
    urgent first: (id, delegation_id, name, headcount, priority, topic, tour_code, tour_name, tour_native,
    site_id, site_code, note). Of tours, those of the sites asked for."""
    rows = ask(_WISHES, first=asked.first, last=asked.last, at=asked.at).all()
    sites = set(asked.site_ids)
    return [
        row
        for row in rows
        if asked.wants(row.delegation_id) and (row.site_id is None or row.site_id in sites)
    ]


def visits_in_tray(asked: BoardAsked) -> Rows:
    """Holds within the days asked for, the first to run out first, and visits put off of those in town: see
    `_VISITS` for the columns."""
    days, sites = {"first": asked.first, "last": asked.last}, set(asked.site_ids)
    held = ask(_HOLDS, at=asked.at, site_ids=list(sites), **days)
    rows = [*held, *(row for row in ask(_PUT_OFF, **days) if row.site_id in sites)]
    states = {*asked.states, VisitState.POSTPONED}
    return [row for row in rows if asked.wants(row.delegation_id) and row.state in states]
