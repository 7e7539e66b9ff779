"""Who comes to a site on one of its days: the rows of the roster, for page, paper and API alike."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.core.spans import day_span
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visits import Visit

SHOWN = (*OCCUPYING, VisitState.NO_SHOW)


@dataclass(frozen=True)
class Roster:
    """A site's day: its visits and other bookings in order of hour, and the names of who comes along with
    each visit, by its id. Local day of the site's zone."""

    site: Site
    on: date
    visits: list[Visit]
    other_bookings: list[OtherBooking]
    along: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        """How many people are awaited or have come, delegations and others together."""
        visits = sum(visit.headcount for visit in self.visits if visit.state.occupies)
        return visits + sum(booking.headcount for booking in self.other_bookings)


def roster_of(site: Site, on: date) -> Roster:
    """The roster of one local day. Three queries, whatever the number of visits."""
    day = day_span(on, zone_named(site.zone))
    visits = (
        select(Visit)
        .join(Visit.tour_session)
        .join(TourSession.tour)
        .join(Visit.delegation)
        .outerjoin(Visit.part)
        .options(
            contains_eager(Visit.tour_session).contains_eager(TourSession.tour),
            contains_eager(Visit.delegation),
            contains_eager(Visit.part),
        )
        .where(Visit.site_id == site.id, Visit.starts_at >= day.starts_at, Visit.starts_at < day.ends_at)
        .where(Visit.state.in_(SHOWN))
        .order_by(Visit.starts_at, Delegation.name, Visit.id)
    )
    others = (
        select(OtherBooking)
        .join(OtherBooking.tour_session)
        .join(TourSession.tour)
        .options(contains_eager(OtherBooking.tour_session).contains_eager(TourSession.tour))
        .where(TourSession.site_id == site.id)
        .where(TourSession.starts_at >= day.starts_at, TourSession.starts_at < day.ends_at)
        .order_by(TourSession.starts_at, OtherBooking.id)
    )
    found = list(db.session.scalars(visits))
    return Roster(site, on, found, list(db.session.scalars(others)), _along(found))


def _along(visits: Sequence[Visit]) -> dict[int, list[str]]:
    """Who comes along with each of some visits: guides, interpreters, vehicles, by name."""
    if not visits:
        return {}
    rows = select(Assignment.visit_id, Resource.name).join(Assignment.resource)
    rows = rows.where(Assignment.visit_id.in_([visit.id for visit in visits]))
    rows = rows.where(Assignment.state.in_(OCCUPYING_DUTIES)).order_by(Resource.kind, Resource.name)
    along: dict[int, list[str]] = defaultdict(list)
    for visit_id, name in db.session.execute(rows):
        along[visit_id or 0].append(name)
    return along


def awaited_on(sites: Collection[Site], at: datetime) -> dict[int, int]:
    """How many people each site expects or has received from delegations on the local day of an instant."""
    days = {
        site.id: day_span(at.astimezone(zone_named(site.zone)).date(), zone_named(site.zone))
        for site in sites
    }
    if not days:
        return {}
    first, last = min(day.starts_at for day in days.values()), max(day.ends_at for day in days.values())
    rows = select(Visit.site_id, Visit.starts_at, Visit.headcount).where(
        Visit.site_id.in_(days), Visit.starts_at >= first, Visit.starts_at < last, Visit.state.in_(OCCUPYING)
    )
    people = dict.fromkeys(days, 0)
    for site_id, starts_at, headcount in db.session.execute(rows):
        if days[site_id].starts_at <= starts_at < days[site_id].ends_at:
            people[site_id] += headcount
    return people
