"""Questions asked of resources: found by kind and language, one with all that is known, their duties."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Text, func, literal, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.duties import OCCUPYING_DUTIES, DutyState, ResourceKind
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedLink
from scheduler.records.places import Place
from scheduler.records.resources import Resource, ResourceLeave, resource_site
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

WHOLE = (
    joinedload(Resource.base),
    selectinload(Resource.sites),
    selectinload(Resource.hours),
    selectinload(Resource.leave),
)
# All that is said of a duty anywhere: where it is, with whom, who in the office answers for them.
WHOLE_DUTY = (
    joinedload(Assignment.resource),
    joinedload(Assignment.part),
    joinedload(Assignment.delegation).joinedload(Delegation.officer),
    joinedload(Assignment.visit)
    .joinedload(Visit.tour_session)
    .joinedload(TourSession.tour)
    .joinedload(Tour.site),
)


@dataclass(frozen=True, kw_only=True)
class ResourceSearch:
    """What is looked for. A language finds those who speak it and those who interpret from or into it.

    `on` leaves out whoever is not active that day; a whole name of None does not narrow.
    """

    words: str = ""
    kind: ResourceKind | None = None
    language: str | None = None
    site: str | None = None
    on: date | None = None


def resources_matching(search: ResourceSearch) -> Select[Resource]:
    """The resources that a search finds, with bases, sites, hours and leave, by kind and name."""
    rows = select(Resource).options(*WHOLE).order_by(Resource.kind, func.lower(Resource.name), Resource.id)
    for word in search.words.split():
        rows = rows.where(
            or_(
                *(column.icontains(word, autoescape=True) for column in (Resource.name, Resource.name_native))
            )
        )
    if search.kind is not None:
        rows = rows.where(Resource.kind == search.kind)
    if search.language is not None:
        rows = rows.where(_speaks(search.language))
    if search.site is not None:
        at_site = select(resource_site.c.resource_id).join(Site, Site.id == resource_site.c.site_id)
        rows = rows.where(Resource.id.in_(at_site.where(Site.code == search.site)))
    if search.on is not None:
        rows = rows.where(or_(Resource.active_from.is_(None), Resource.active_from <= search.on))
        rows = rows.where(or_(Resource.active_to.is_(None), Resource.active_to >= search.on))
    return rows


def resources_found(search: ResourceSearch) -> Sequence[Resource]:
    """All of them. Four queries."""
    return db.session.scalars(resources_matching(search)).unique().all()


def how_many(search: ResourceSearch) -> dict[ResourceKind, int]:
    """How many of each kind a search would find if it named no kind. One query."""
    rows = resources_matching(replace(search, kind=None)).order_by(None)
    counted = rows.with_only_columns(Resource.kind, func.count()).group_by(Resource.kind)
    found = {row[0]: row[1] for row in db.session.execute(counted)}
    return {kind: found.get(kind, 0) for kind in ResourceKind}


def whole_resource(resource_id: int) -> Resource:
    """A resource with its base, sites, hours and leave, as it is now. Raises NotFound."""
    rows = select(Resource).where(Resource.id == resource_id).options(*WHOLE)
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("resource", resource_id)
    return found


def leave_of(resource_id: int) -> Select[ResourceLeave]:
    """When a resource is away, the latest first."""
    rows = select(ResourceLeave).where(ResourceLeave.resource_id == resource_id)
    return rows.order_by(ResourceLeave.starts_at.desc(), ResourceLeave.id.desc())


def duties_touching(
    resource_id: int, span: Span, states: Collection[DutyState] = OCCUPYING_DUTIES
) -> Sequence[Assignment]:
    """The duties of a resource that touch a span, told whole, in order of hour: those that occupy it, unless
    other states are wanted. One query."""
    a = Assignment
    touching = a.starts_at < span.ends_at, a.ends_at > span.starts_at
    rows = select(a).options(*WHOLE_DUTY).where(a.resource_id == resource_id, *touching)
    return db.session.scalars(rows.where(a.state.in_(states)).order_by(a.starts_at, a.id)).all()


def duties_on_record(resource_id: int) -> int:
    """How many duties a resource was ever given, refused and released ones too."""
    rows = select(func.count()).select_from(Assignment).where(Assignment.resource_id == resource_id)
    return db.session.scalar(rows) or 0


def next_duties(resource_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """How many asked and accepted duties each resource has still before it. One query."""
    a = Assignment
    rows = select(a.resource_id, func.count()).where(a.resource_id.in_(resource_ids), a.ends_at > at)
    rows = rows.where(a.state.in_(OCCUPYING_DUTIES)).group_by(a.resource_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def links_ever_made(resource_id: int) -> list[int]:
    """The ids of all links of a resource, those that were ended too."""
    return list(db.session.scalars(select(FeedLink.id).where(FeedLink.resource_id == resource_id)))


def bases() -> Sequence[Place]:
    """Every place somebody may start from, by name."""
    return db.session.scalars(select(Place).order_by(func.lower(Place.name), Place.id)).all()


def _speaks(language: str) -> ColumnElement[bool]:
    """Codes are kept as one text with spaces between: "en ja", of interpreters "ar-ko en-ko"."""
    padded = literal(" ") + type_coerce(Resource.languages, Text) + literal(" ")
    found = [before + language + after for before in " -" for after in " -"]
    return or_(*(padded.contains(each, autoescape=True) for each in found))
