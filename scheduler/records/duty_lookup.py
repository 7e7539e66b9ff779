"""Questions asked of assignments: who comes to a visit, who could, what somebody does on a day."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind
from scheduler.core.facts import SiteFacts, VisitRequest
from scheduler.core.interpreting import wanted_languages
from scheduler.core.spans import Span
from scheduler.core.staffing import Errand, Suggestion, suggestions
from scheduler.core.travel import Travel
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import ask, db, written
from scheduler.records.delegation_facts import whereabouts
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource, ResourceLeave
from scheduler.records.site_facts import site_facts
from scheduler.records.staff import Scope, resources_around
from scheduler.records.tours import Tour, TourSession
from scheduler.records.travel_facts import travel_among
from scheduler.records.visits import Visit

_A = Assignment.__table__.c
_OCCUPIES = _A.state.in_([written(state) for state in sorted(OCCUPYING_DUTIES)])
_OF_VISIT = select(_A.resource_id).where(_A.visit_id == bindparam("visit_id"), _OCCUPIES)
_CONCERNS = select(_A.resource_id, _A.delegation_id, _A.visit_id).where(_A.id == bindparam("assignment_id"))


class Concerned(NamedTuple):
    """What an assignment touches."""

    resource_id: int
    delegation_id: int
    visit_id: int | None


def resources_of_visit(visit_id: int) -> set[int]:
    """The ids of those who are to come to a visit."""
    return set(ask(_OF_VISIT, visit_id=visit_id).scalars())


def concerned_by(assignment_id: int) -> Concerned:
    """Which parents an act upon an assignment concerns. Raises NotFound."""
    row = ask(_CONCERNS, assignment_id=assignment_id).first()
    if row is None:
        raise NotFound("assignment", assignment_id)
    return Concerned(*row)


def assignment_numbered(assignment_id: int) -> Assignment:
    """One assignment as the archive has it now, with what its letter says. Raises NotFound."""
    rows = select(Assignment).options(*WHOLE).where(Assignment.id == assignment_id)
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("assignment", assignment_id)
    return found


def assignments_of_visit(visit_id: int) -> Sequence[Assignment]:
    """Everybody who was ever asked to come to a visit, those who come first."""
    rows = select(Assignment).options(*WHOLE).where(Assignment.visit_id == visit_id)
    return db.session.scalars(rows.order_by(Assignment.state, Assignment.id)).all()


def assignments_of_delegation(delegation_id: int) -> Sequence[Assignment]:
    """Whoever is with a delegation for whole stretches of a day."""
    rows = select(Assignment).options(*WHOLE)
    rows = rows.where(Assignment.delegation_id == delegation_id, Assignment.visit_id.is_(None))
    return db.session.scalars(rows.order_by(Assignment.starts_at, Assignment.id)).all()


def duties_of(resource_id: int, first: datetime, last: datetime) -> Sequence[Assignment]:
    """What somebody is to do between two instants, in order of hour; refused and released duties too."""
    rows = select(Assignment).options(*WHOLE).where(Assignment.resource_id == resource_id)
    rows = rows.where(Assignment.starts_at < last, Assignment.ends_at > first)
    return db.session.scalars(rows.order_by(Assignment.starts_at, Assignment.id)).all()


def visits_without_who_is_away(at: datetime, limit: int) -> list[tuple[int, str, datetime]]:
    """(visit, name, until when) of those who are to come to a visit and are on leave then, by hour."""
    away = (ResourceLeave.starts_at < Assignment.ends_at) & (ResourceLeave.ends_at > Assignment.starts_at)
    rows = (
        select(Assignment.visit_id, Resource.name, ResourceLeave.ends_at)
        .join(Assignment.resource)
        .join(ResourceLeave, (ResourceLeave.resource_id == Assignment.resource_id) & away)
        .where(Assignment.visit_id.is_not(None), Assignment.ends_at > at)
        .where(Assignment.state.in_(OCCUPYING_DUTIES))
        .order_by(Assignment.starts_at, Assignment.id)
        .limit(limit)
    )
    return [(visit_id or 0, name, until) for visit_id, name, until in db.session.execute(rows)]


def suggested_for(visit: Visit, kind: ResourceKind, at: datetime) -> list[Suggestion]:
    """Everybody of a kind as they stand to a visit, the best first. A fixed number of queries."""
    errand, travel, _ = errand_of(visit, at)
    span = Span(visit.starts_at, visit.ends_at)
    resources, posts = resources_around([kind], [], span)
    coming = resources_of_visit(visit.id)
    travel = travel.joined_with(travel_among(posts, [visit.site_id]) if posts else Travel())
    found = [resource for resource in resources.values() if resource.id not in coming]
    return suggestions(found, errand, travel)


def errand_of(visit: Visit, at: datetime) -> tuple[Errand, Travel, SiteFacts]:
    """What somebody would be sent to a visit for, with the site's spot on the map."""
    site = site_facts([visit.site_id], visit.starts_at, visit.ends_at)[visit.site_id]
    request = VisitRequest(headcount=visit.headcount, delegation_id=visit.delegation_id, visit_id=visit.id)
    scope = Scope((site,), (), Span(visit.starts_at, visit.ends_at))
    delegation = whereabouts(request, scope, at, leave_out=request.own_visits)
    wanted = wanted_languages(delegation, visit.language) or delegation.languages
    errand = Errand(
        span=Span(visit.starts_at, visit.ends_at),
        delegation_id=visit.delegation_id,
        site=site,
        visit_id=visit.id,
        wanted=wanted,
        shared=wanted & site.languages,
        headcount=visit.headcount,
    )
    return errand, Travel().also_at(site.code, site.point), site


def suggested_for_day(
    delegation: Delegation, kind: ResourceKind, span: Span, *, headcount: int
) -> list[Suggestion]:
    """Everybody of a kind as they stand to a stretch of a delegation's day, the best first."""
    resources, _ = resources_around([kind], [], span)
    errand = Errand(span=span, delegation_id=delegation.id, wanted=delegation.languages, headcount=headcount)
    return suggestions(resources.values(), errand, Travel())


WHOLE = (
    joinedload(Assignment.resource).joinedload(Resource.base),
    joinedload(Assignment.delegation),
    joinedload(Assignment.part),
    joinedload(Assignment.visit)
    .joinedload(Visit.tour_session)
    .joinedload(TourSession.tour)
    .joinedload(Tour.site),
)
