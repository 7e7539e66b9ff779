"""The facts of several requests at once, in a fixed number of queries for each delegation among them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select

from scheduler.core.facts import DelegationFacts, Diary, SiteFacts, TourFacts, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.travel import Travel
from scheduler.records.absence import NotFound
from scheduler.records.database import ask
from scheduler.records.delegation_facts import escorted, whereabouts
from scheduler.records.diary import running_of
from scheduler.records.load import LONGEST, Sessions, sessions_between
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.staff import Scope
from scheduler.records.tours import Tour, TourSession
from scheduler.records.travel_facts import travel_among

_T, _R = Tour.__table__.c, TourSession.__table__.c
_TOURS_BY_CODE = select(*TOUR_COLUMNS).where(_T.code.in_(bindparam("codes", expanding=True)))
_TOURS_OF_SESSIONS = select(*TOUR_COLUMNS, _R.id.label("session_id"), _R.starts_at).where(
    _T.id == _R.tour_id, _R.id.in_(bindparam("session_ids", expanding=True))
)
_DAY = timedelta(days=1)


def diaries_for(
    requests: Sequence[VisitRequest], at: datetime, *, also_leaving: Collection[int] = ()
) -> list[Diary]:
    """A diary for each request, in their order. Every visit that a request names is left out of all of them:
    they are about to move, as are those `also_leaving`. Raises NotFound, also for a request that names no
    session and no tour."""
    wanted = _wanted(requests)
    first, last = min(when for _, when in wanted), max(when for _, when in wanted) + LONGEST
    sites = site_facts({row.site_id for row, _ in wanted}, first - _DAY, last + _DAY)
    tours = {row.id: tour_of(row, sites[row.site_id].code) for row, _ in wanted}
    moving = frozenset(r.visit_id for r in requests if r.visit_id is not None) | frozenset(also_leaving)
    sessions = sessions_between(list(sites), first, last, at=at, leave_out=moving)
    scope = Scope(tuple(sites.values()), tuple(tours.values()), Span(first, last))
    # The ways between the sites of the requests themselves, where nobody is yet.
    ways = travel_among({site.code: site.point for site in sites.values()}, list(sites))
    delegations: dict[int, DelegationFacts] = {}
    diaries = []
    for request, (row, when) in zip(requests, wanted, strict=True):
        if request.delegation_id is None:
            raise NotFound("delegation", None)
        if request.delegation_id not in delegations:
            facts = whereabouts(request, scope, at, leave_out=moving)
            travel = ways.joined_with(facts.travel or Travel())
            delegations[request.delegation_id] = replace(facts, travel=travel)
        site, tour = sites[row.site_id], tours[row.id]
        narrow = Scope((site,), (tour,), Span(when, when + LONGEST))
        delegation = _free_of(moving, escorted(delegations[request.delegation_id], request, narrow))
        diaries.append(_diary(site, tour, sessions, when, delegation))
    return diaries


def _free_of(moving: Collection[int], delegation: DelegationFacts) -> DelegationFacts:
    """The same, its staff without the duties at visits that are about to move."""
    staff = delegation.staff
    if staff is None or not moving:
        return delegation
    resources = {
        key: replace(r, duties=tuple(duty for duty in r.duties if duty.visit_id not in moving))
        for key, r in staff.resources.items()
    }
    return replace(delegation, staff=replace(staff, resources=resources))


def _diary(
    site: SiteFacts, tour: TourFacts, sessions: Sessions, wanted_at: datetime, delegation: DelegationFacts
) -> Diary:
    return Diary(
        site=site,
        tour=tour,
        running=running_of(site, tour, sessions, wanted_at=wanted_at),
        load=sessions.load_of(site.id),
        wanted_at=wanted_at,
        delegation=delegation,
    )


def _wanted(requests: Sequence[VisitRequest]) -> list[tuple[Row[Any], datetime]]:
    """The tour of each request, and the instant it asks for."""
    by_session = {
        row.session_id: row
        for row in ask(
            _TOURS_OF_SESSIONS,
            session_ids=[r.tour_session_id for r in requests if r.tour_session_id is not None],
        )
    }
    codes = [r.tour_code for r in requests if r.tour_session_id is None and r.tour_code is not None]
    by_code = {row.code: row for row in ask(_TOURS_BY_CODE, codes=codes)} if codes else {}
    wanted: list[tuple[Row[Any], datetime]] = []
    for request in requests:
        if request.tour_session_id is not None:
            found = by_session.get(request.tour_session_id)
            if found is None:
                raise NotFound("tour session", request.tour_session_id)
            wanted.append((found, found.starts_at))
            continue
        row = by_code.get(request.tour_code or "")
        if row is None or request.starts_at is None:
            raise NotFound("tour", request.tour_code)
        wanted.append((row, request.starts_at))
    return wanted
