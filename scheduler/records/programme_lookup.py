"""A delegation's days as they stand now: stops, the ways between, who goes along, who attends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.core.lifecycle import CALLED_OFF
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState, PartFacts, Stop
from scheduler.core.travel import Leg, Point, Travel, legs
from scheduler.records.assignments import Assignment
from scheduler.records.attendance_lookup import attendance_of
from scheduler.records.database import db
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.engagement_lookup import engagements_matching
from scheduler.records.engagements import Engagement
from scheduler.records.parts import Part
from scheduler.records.site_facts import point_at
from scheduler.records.tours import Tour, TourSession
from scheduler.records.travel_facts import travel_among
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class PlannedStop:
    """A visit or an engagement, as the rules see it and as the archive has it. No `attendees` means all."""

    stop: Stop
    visit: Visit | None = None
    engagement: Engagement | None = None
    attendees: tuple[int, ...] = ()
    people: tuple[Assignment, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.stop)


@dataclass(frozen=True)
class ItineraryDay:
    """One local day: its stops in order of hour, and the legs that end at each, by the stop's key."""

    on: date
    stops: list[PlannedStop] = field(default_factory=list)
    legs: dict[str, list[Leg]] = field(default_factory=dict)


@dataclass(frozen=True)
class Itinerary:
    """A delegation's whole stay. `duties` are those of a whole day: vehicles, liaison officers."""

    delegation: Delegation
    days: list[ItineraryDay]
    duties: list[Assignment]

    @property
    def stops(self) -> list[PlannedStop]:
        return [stop for day in self.days for stop in day.stops]

    @property
    def legs(self) -> list[Leg]:
        return [leg for day in self.days for ways in day.legs.values() for leg in ways]


def itinerary(delegation_id: int, zone: ZoneInfo) -> Itinerary:
    """The stay day by day, what was called off left out; `zone` is whose days and hours count. A fixed number
    of queries. Raises NotFound."""
    delegation = whole_delegation(delegation_id)
    visits, engagements = _visits(delegation_id), _engagements(delegation_id)
    duties = _duties(delegation_id)
    planned = _planned(visits, engagements, duties)
    points = _points(visits, engagements)
    ways = legs((each.stop for each in planned), travel_among(points) if points else Travel(), zone)
    days: dict[date, ItineraryDay] = {}
    for each in planned:
        on = _local(each.stop.span.starts_at, zone)
        days.setdefault(on, ItineraryDay(on)).stops.append(each)
    for leg in ways:
        on = _local(leg.after.span.starts_at, zone)
        if on == _local(leg.before.span.ends_at, zone):
            days[on].legs.setdefault(key_of(leg.after), []).append(leg)
    of_days = [duty for duty in duties if duty.visit_id is None]
    return Itinerary(delegation, [days[on] for on in sorted(days)], of_days)


def key_of(stop: Stop) -> str:
    """What a stop is called in every version of a programme."""
    return f"visit-{stop.visit_id}" if stop.visit_id is not None else f"engagement-{stop.engagement_id}"


def _visits(delegation_id: int) -> Sequence[Visit]:
    whole = joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site)
    rows = select(Visit).options(whole, joinedload(Visit.part), joinedload(Visit.delegation))
    rows = rows.where(Visit.delegation_id == delegation_id, Visit.state.not_in(CALLED_OFF))
    rows = rows.order_by(Visit.starts_at, Visit.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def _engagements(delegation_id: int) -> Sequence[Engagement]:
    rows = engagements_matching(delegation_id, EngagementState.PLANNED)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def _duties(delegation_id: int) -> Sequence[Assignment]:
    rows = select(Assignment).options(joinedload(Assignment.resource), joinedload(Assignment.part))
    rows = rows.where(Assignment.delegation_id == delegation_id, Assignment.state.in_(OCCUPYING_DUTIES))
    rows = rows.order_by(Assignment.starts_at, Assignment.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def _planned(
    visits: Iterable[Visit], engagements: Iterable[Engagement], duties: Iterable[Assignment]
) -> list[PlannedStop]:
    visits, engagements = list(visits), list(engagements)
    at_visits, at_engagements = attendance_of([v.id for v in visits], [e.id for e in engagements])
    people: dict[int, list[Assignment]] = {}
    for duty in duties:
        if duty.visit_id is not None:
            people.setdefault(duty.visit_id, []).append(duty)
    planned = [
        PlannedStop(
            stop=_stop_of_visit(visit),
            visit=visit,
            attendees=tuple(at_visits.get(visit.id, ())),
            people=tuple(people.get(visit.id, ())),
        )
        for visit in visits
    ]
    planned += [
        PlannedStop(
            stop=_stop_of_engagement(engagement),
            engagement=engagement,
            attendees=tuple(at_engagements.get(engagement.id, ())),
        )
        for engagement in engagements
    ]
    return sorted(planned, key=lambda each: (each.stop.span.starts_at, each.stop.span.ends_at, each.key))


def _stop_of_visit(visit: Visit) -> Stop:
    return Stop(
        visit_id=visit.id,
        site_code=visit.tour_session.tour.site.code,
        span=Span(visit.starts_at, visit.ends_at),
        part=_part(visit.part),
        headcount=visit.headcount,
    )


def _stop_of_engagement(engagement: Engagement) -> Stop:
    return Stop(
        engagement_id=engagement.id,
        kind=engagement.kind.value,
        site_code=engagement.place.code if engagement.place else None,
        leaves_from=engagement.destination.code if engagement.destination else None,
        span=Span(engagement.starts_at, engagement.ends_at),
        part=_part(engagement.part),
        headcount=engagement.headcount,
    )


def _part(part: Part | None) -> PartFacts | None:
    return None if part is None else PartFacts(part.id, part.division, part.name, part.headcount)


def _points(visits: Iterable[Visit], engagements: Iterable[Engagement]) -> Mapping[str, Point | None]:
    points: dict[str, Point | None] = {}
    for visit in visits:
        site = visit.tour_session.tour.site
        points[site.code] = point_at(site.latitude, site.longitude)
    for engagement in engagements:
        for place in (engagement.place, engagement.destination):
            if place is not None:
                points[place.code] = point_at(place.latitude, place.longitude)
    return points


def _local(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
