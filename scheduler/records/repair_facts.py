"""Everything a repair is weighed against, read in one go without locks and without leaving anybody out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from scheduler.core.disturbances import BookedVisit, CityFacts, Disturbance
from scheduler.core.duties import ResourceKind
from scheduler.core.escort import VEHICLE_WANTED
from scheduler.core.facts import DelegationFacts, SiteFacts, TourFacts, VisitRequest
from scheduler.core.interpreting import needs_interpreter
from scheduler.core.spans import Span
from scheduler.core.travel import Travel
from scheduler.records.database import ask
from scheduler.records.delegation_facts import whereabouts
from scheduler.records.diary import runnings_of
from scheduler.records.load import LONGEST, sessions_between
from scheduler.records.repair_visits import awaited_of, driven_of, perhaps_touched, stand_ins_for
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.sites import Site
from scheduler.records.staff import Scope, resources_around
from scheduler.records.tours import Tour
from scheduler.records.travel_facts import travel_among

# However long a stay, nobody wants a visit moved farther than this from where it was.
WITHIN = timedelta(days=21)
_DAY = timedelta(days=1)
_TOURS = select(*TOUR_COLUMNS, Site.__table__.c.code.label("site_code")).join_from(
    Tour.__table__, Site.__table__, Site.__table__.c.id == Tour.__table__.c.site_id
)


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What is read once and serves all delegations: tours and sites that matter, and the stretch of days."""

    tours: Mapping[int, TourFacts]
    sites: Mapping[int, SiteFacts]
    stretch: Span
    ways: Travel


def city_facts(told: Disturbance, zone: ZoneInfo, at: datetime) -> CityFacts:
    """The facts around all visits that a disturbance may touch: their delegations, the sessions of their
    tours and of those that could stand in, whoever could be sent. A fixed number of queries, and three for
    each delegation."""
    suspects = perhaps_touched(told, at)
    rows = {row.id: row for row in ask(_TOURS)}
    all_tours = {key: tour_of(row, row.site_code) for key, row in rows.items()}
    visits = awaited_of(set(suspects.values()), all_tours, at)
    near = [visit for visit in visits if visit.id in suspects]
    if not near:
        return _nothing(zone)
    stand_ins = stand_ins_for(near, all_tours)
    frame = _frame(near, visits, stand_ins, rows, at)
    sessions = sessions_between(
        list(frame.sites), frame.stretch.starts_at, frame.stretch.ends_at + LONGEST, at=at
    )
    first, last = frame.stretch.starts_at, frame.stretch.ends_at
    visits = [visit for visit in visits if first <= visit.starts_at < last]
    delegations = {
        key: _delegation(key, frame, at) for key in sorted({visit.delegation_id for visit in visits})
    }
    facts = CityFacts(
        zone=zone,
        sites=frame.sites,
        tours=frame.tours,
        loads={key: sessions.load_of(key) for key in frame.sites},
        runnings={
            key: tuple(runnings_of(frame.sites[rows[key].site_id], tour, sessions, first=first, last=last))
            for key, tour in frame.tours.items()
        },
        delegations=delegations,
        visits={visit.id: visit for visit in visits},
        stand_ins=stand_ins,
    )
    return _with_people(facts, frame)


def _nothing(zone: ZoneInfo) -> CityFacts:
    return CityFacts(zone=zone, sites={}, tours={}, loads={}, runnings={}, delegations={}, visits={})


def _frame(
    near: Sequence[BookedVisit],
    visits: Sequence[BookedVisit],
    stand_ins: Mapping[int, Iterable[int]],
    rows: Mapping[int, Row[Any]],
    at: datetime,
) -> _Frame:
    tour_ids = {visit.tour_id for visit in visits} | {key for keys in stand_ins.values() for key in keys}
    first = max(at, min(visit.starts_at for visit in near) - WITHIN)
    last = max(visit.ends_at for visit in near) + WITHIN
    sites = site_facts({rows[key].site_id for key in tour_ids}, first - _DAY, last + _DAY)
    tours = {key: tour_of(rows[key], sites[rows[key].site_id].code) for key in sorted(tour_ids)}
    ways = travel_among({site.code: site.point for site in sites.values()})
    return _Frame(tours, sites, Span(first, last), ways)


def _delegation(delegation_id: int, frame: _Frame, at: datetime) -> DelegationFacts:
    """A delegation with all its stops and the ways from there and between all sites."""
    scope = Scope(tuple(frame.sites.values()), tuple(frame.tours.values()), frame.stretch)
    facts = whereabouts(VisitRequest(headcount=1, delegation_id=delegation_id), scope, at)
    return replace(facts, travel=frame.ways.joined_with(facts.travel or Travel()))


def _with_people(facts: CityFacts, frame: _Frame) -> CityFacts:
    """The same with whoever goes along anywhere, and everybody of the kinds that some visit may need."""
    kinds = set()
    if any(tour.needs_guide for tour in frame.tours.values()):
        kinds.add(ResourceKind.GUIDE)
    if any(VEHICLE_WANTED in delegation.needs for delegation in facts.delegations.values()):
        kinds.add(ResourceKind.VEHICLE)
    if any(
        needs_interpreter(site, facts.delegations[visit.delegation_id], visit.language)
        for visit in facts.visits.values()
        for site in frame.sites.values()
    ):
        kinds.add(ResourceKind.INTERPRETER)
    ids = {each.resource_id for visit in facts.visits.values() for each in visit.going}
    if not kinds and not ids:
        return facts
    # Somebody who goes along uncalled for is replaced by another of the kind, too.
    resources, posts = resources_around(kinds, ids, frame.stretch)
    more = {r.kind for r in resources.values()} - kinds
    if more:
        resources, posts = resources_around(kinds | more, ids, frame.stretch)
    travel = travel_among(posts, list(frame.sites)) if posts else Travel()
    delegations = {
        key: replace(d, travel=travel.joined_with(d.travel or Travel()))
        for key, d in facts.delegations.items()
    }
    driven = driven_of(delegations) if ResourceKind.VEHICLE in kinds else {}
    return replace(facts, resources=resources, delegations=delegations, driven=driven)
