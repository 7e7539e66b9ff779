"""What somebody carries over the board: a wish to be placed or a visit to be moved. One query each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from scheduler.access import Actor
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import ask
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_V, _W, _D = Visit.__table__.c, Wish.__table__.c, Delegation.__table__.c
_T, _R = Tour.__table__.c, TourSession.__table__.c
_DELEGATION = (_D.id.label("delegation_id"), _D.name, _D.arrives_at, _D.departs_at)
_TOUR = (_T.code.label("tour_code"), _T.site_id, _T.topics)
_WISH = (
    select(*_DELEGATION, *_TOUR, _W.topic, func.coalesce(_W.headcount, _D.headcount).label("headcount"))
    .join_from(Wish.__table__, Delegation.__table__, _D.id == _W.delegation_id)
    .outerjoin(Tour.__table__, _T.id == _W.tour_id)
    .where(_W.id == bindparam("wish_id"))
)
_VISIT = (
    select(
        *_DELEGATION,
        *_TOUR,
        _V.headcount,
        _V.language,
        _V.part_id,
        _V.version,
        _V.state,
        _V.tour_session_id,
        _V.starts_at,
    )
    .join_from(Visit.__table__, Delegation.__table__, _D.id == _V.delegation_id)
    .join(TourSession.__table__, _R.id == _V.tour_session_id)
    .join(Tour.__table__, _T.id == _R.tour_id)
    .where(_V.id == bindparam("visit_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a visit is before it is moved, and in which state and version."""

    version: int
    state: VisitState
    tour_session_id: int
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A wish or a visit (then with its `standing`). `tour_code` is None where only a topic is wished for;
    `topics` are those of the tour, or that one. `site_id` is the tour's."""

    request: VisitRequest
    name: str
    stay: Span
    tour_code: str | None
    site_id: int | None
    topics: frozenset[str]
    standing: Standing | None = None

    @property
    def delegation_id(self) -> int:
        assert self.request.delegation_id is not None
        return self.request.delegation_id

    def may_be_served_by(self, tour_code: str, topics: frozenset[str]) -> bool:
        """Whether a tour is what a wish names. A visit may go to any."""
        if self.standing is not None:
            return True
        return tour_code == self.tour_code if self.tour_code else bool(topics & self.topics)


def carried_visit(by: Actor, visit_id: int) -> Carried:
    """A visit on its way to another session. Raises NotFound."""
    row = ask(_VISIT, visit_id=visit_id).first()
    if row is None or not by.sees_site(row.site_id):
        raise NotFound("visit", visit_id)
    request = VisitRequest(
        visit_id=visit_id,
        delegation_id=row.delegation_id,
        headcount=row.headcount,
        language=row.language,
        part_id=row.part_id,
    )
    standing = Standing(
        version=row.version, state=row.state, tour_session_id=row.tour_session_id, starts_at=row.starts_at
    )
    return _carried(row, request, row.topics, standing)


def carried_wish(by: Actor, wish_id: int) -> Carried:
    """A wish on its way to a first session. Raises NotFound, also for those who see no delegations."""
    row = ask(_WISH, wish_id=wish_id).first() if by.sees_delegations else None
    if row is None:
        raise NotFound("wish", wish_id)
    request = VisitRequest(delegation_id=row.delegation_id, headcount=row.headcount)
    return _carried(row, request, row.topics if row.tour_code else frozenset({row.topic}), None)


def _carried(
    row: Row[Any], request: VisitRequest, topics: frozenset[str], standing: Standing | None
) -> Carried:
    return Carried(
        request=request,
        name=row.name,
        stay=Span(row.arrives_at, row.departs_at),
        tour_code=row.tour_code,
        site_id=row.site_id,
        topics=topics,
        standing=standing,
    )
