"""Questions that lists of visits ask: who can be booked, their parts, which visits are there already."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import AWAITED
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.parts import Part
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit


def delegations_to_book(at: datetime) -> Sequence[Delegation]:
    """Every delegation that is registered and not gone yet, in the order of their numbers."""
    is_open = Delegation.state == DelegationState.REGISTERED, Delegation.departs_at > at
    return db.session.scalars(select(Delegation).where(*is_open).order_by(Delegation.id)).all()


def parts_by_delegation(delegation_ids: Collection[int]) -> dict[int, list[Part]]:
    """The parts of some delegations, in the order they were made."""
    found: dict[int, list[Part]] = defaultdict(list)
    rows = select(Part).where(Part.delegation_id.in_(delegation_ids)).order_by(Part.id)
    for part in db.session.scalars(rows):
        found[part.delegation_id].append(part)
    return found


def visits_there_already(requests: Sequence[VisitRequest]) -> list[Visit | None]:
    """For each request by tour and instant, the awaited visit that is just what it asks for; none serves for
    two of them. One query."""
    v = Visit
    rows = (
        select(v)
        .join(v.tour_session)
        .join(TourSession.tour)
        .options(contains_eager(v.tour_session).contains_eager(TourSession.tour))
        .where(v.state.in_(AWAITED))
        .where(v.delegation_id.in_({request.delegation_id for request in requests}))
        .where(Tour.code.in_({request.tour_code for request in requests}))
        .order_by(v.id)
    )
    there: dict[tuple[object, ...], list[Visit]] = defaultdict(list)
    for visit in db.session.scalars(rows):
        code = visit.tour_session.tour.code
        there[visit.delegation_id, code, visit.starts_at, visit.headcount, visit.part_id].append(visit)
    found = []
    for request in requests:
        key = (
            request.delegation_id,
            request.tour_code,
            request.starts_at,
            request.headcount,
            request.part_id,
        )
        same = there.get(key)
        found.append(same.pop(0) if same else None)
    return found
