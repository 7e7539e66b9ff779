"""What papers ask of the archive: the places, people and vehicles that a published programme names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.resources import Resource
from scheduler.records.sites import Site


@dataclass(frozen=True)
class Named:
    """Those named, as they are today: places and sites by code, people and vehicles by number."""

    places: Mapping[str, Place] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    resources: Mapping[int, Resource] = field(default_factory=dict)


def named_today(codes: Collection[str], resource_ids: Collection[int]) -> Named:
    """Three queries. Whoever is gone is left out."""
    places = db.session.scalars(select(Place).where(Place.code.in_(codes)))
    sites = db.session.scalars(select(Site).where(Site.code.in_(codes)))
    resources = db.session.scalars(select(Resource).where(Resource.id.in_(resource_ids)))
    return Named(
        {place.code: place for place in places},
        {site.code: site for site in sites},
        {resource.id: resource for resource in resources},
    )


def vehicles_of(delegation_id: int, day: Span) -> list[Resource]:
    """The vehicles that are asked for a delegation or promised to it on a day, each once, by name."""
    rows = select(Resource).join(Assignment, Assignment.resource_id == Resource.id).distinct()
    rows = rows.where(Assignment.delegation_id == delegation_id, Resource.kind == ResourceKind.VEHICLE)
    rows = rows.where(Assignment.state.in_(OCCUPYING_DUTIES))
    rows = rows.where(Assignment.starts_at < day.ends_at, Assignment.ends_at > day.starts_at)
    return list(db.session.scalars(rows.order_by(Resource.name, Resource.id)))
