"""Questions asked of engagements: one, whose it is, those of a delegation, what a place's code means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import DelegationFacts, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_facts import whereabouts
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place
from scheduler.records.site_facts import point_at
from scheduler.records.staff import Scope
from scheduler.records.travel_facts import travel_among

WHOLE = (
    joinedload(Engagement.delegation),
    joinedload(Engagement.part),
    joinedload(Engagement.place),
    joinedload(Engagement.destination),
)


def engagement_by_id(engagement_id: int) -> Engagement:
    """An engagement with its delegation, part and places, as the archive has it now. Raises NotFound."""
    rows = select(Engagement).options(*WHOLE).where(Engagement.id == engagement_id)
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("engagement", engagement_id)
    return found


def delegation_of_engagement(engagement_id: int) -> int:
    """Whose engagement it is. Raises NotFound."""
    found = db.session.scalar(select(Engagement.delegation_id).where(Engagement.id == engagement_id))
    if found is None:
        raise NotFound("engagement", engagement_id)
    return found


def engagements_matching(delegation_id: int, state: EngagementState | None = None) -> Select[Engagement]:
    """A delegation's engagements by hour, those called off too unless a state is named."""
    rows = select(Engagement).options(*WHOLE).where(Engagement.delegation_id == delegation_id)
    rows = rows.order_by(Engagement.starts_at, Engagement.id)
    return rows if state is None else rows.where(Engagement.state == state)


def planned_engagements(delegation_id: int) -> Sequence[Engagement]:
    """A delegation's engagements that are not called off, by hour."""
    return db.session.scalars(engagements_matching(delegation_id, EngagementState.PLANNED)).all()


def engagement_diary(request: EngagementRequest, places: Collection[Place], at: datetime) -> DelegationFacts:
    """The facts of a delegation that an engagement of it is weighed against, with the ways between its stops
    and the places named. Raises NotFound for an unknown delegation or part."""
    asking = VisitRequest(headcount=1, delegation_id=request.delegation_id, part_id=request.part_id)
    scope = Scope((), (), Span(request.starts_at, request.ends_at))
    facts = whereabouts(asking, scope, at, engagement_id=request.engagement_id)
    known = facts.travel.points if facts.travel else {}
    codes = {code for stop in facts.stops for code in (stop.site_code, stop.leaves_from) if code is not None}
    points = {code: known.get(code) for code in codes}
    points |= {place.code: point_at(place.latitude, place.longitude) for place in places}
    return replace(facts, travel=travel_among(points)) if points else facts


def places_called(codes: Collection[str]) -> Mapping[str, Place]:
    """Places by their codes; those that are not there are left out."""
    if not codes:
        return {}
    return {place.code: place for place in db.session.scalars(select(Place).where(Place.code.in_(codes)))}


def all_places() -> Sequence[Place]:
    """Every place, those that are no sites first, each by name."""
    rows = select(Place).order_by(Place.site_id.is_not(None), Place.name, Place.id)
    return db.session.scalars(rows).all()
