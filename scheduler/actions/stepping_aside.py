"""Visits that change places with one another: each steps aside for a moment, within one act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from scheduler.actions.bookings import JOURNALLED
from scheduler.actions.duties import DUTY_JOURNALLED, duties_of_visit
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.journal import snapshot
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit

# Nobody books so far ahead. All who step aside go equally far: they are not in each other's way there either.
FAR_OFF = timedelta(weeks=520)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Where a visit stood, and the duties of those who come to it, as the journal tells them."""

    visit: Mapping[str, Any]
    duties: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    made_session_id: int | None = None


def step_aside(visit: Visit) -> Aside:
    """Have a visit and those who come to it stand ten years ahead until it is moved, in the same act: the
    database weighs every statement, and at no instant may two be in one place."""
    duties = duties_of_visit(visit.id)
    stood = snapshot(visit, *JOURNALLED)
    stood_duties = {duty.id: snapshot(duty, *DUTY_JOURNALLED) for duty in duties}
    session, is_new = _far_session(visit)
    visit.tour_session_id, visit.starts_at, visit.ends_at = session.id, session.starts_at, session.ends_at
    for duty in duties:
        duty.starts_at, duty.ends_at = duty.starts_at + FAR_OFF, duty.ends_at + FAR_OFF
    db.session.flush()
    return Aside(visit=stood, duties=stood_duties, made_session_id=session.id if is_new else None)


def clear_up(asides: Mapping[int, Aside]) -> None:
    """Take away the sessions that were made to step aside to, once nobody is in them."""
    made = [aside.made_session_id for aside in asides.values() if aside.made_session_id is not None]
    if made:
        db.session.execute(delete(TourSession).where(TourSession.id.in_(made)))


def _far_session(visit: Visit) -> tuple[TourSession, bool]:
    here = db.session.get_one(TourSession, visit.tour_session_id, populate_existing=True)
    there = Span(here.starts_at + FAR_OFF, here.ends_at + FAR_OFF)
    rows = select(TourSession).where(
        TourSession.tour_id == here.tour_id, TourSession.starts_at == there.starts_at
    )
    found = db.session.scalar(rows)
    if found is not None:
        return found, False
    made = TourSession(
        tour_id=here.tour_id,
        site_id=here.site_id,
        starts_at=there.starts_at,
        ends_at=there.ends_at,
        clear_at=here.clear_at + FAR_OFF,
        places=max(here.places, here.places_taken),
    )
    db.session.add(made)
    db.session.flush()
    return made, True
