"""All that the planner is told of one stay, in a fixed number of queries whatever it holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from scheduler.core.facts import DelegationFacts, Option, SiteFacts, VisitRequest
from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.core.spans import Span
from scheduler.core.travel import Point, Travel
from scheduler.core.wishes import StayFrame, WishFacts
from scheduler.records.absence import NotFound
from scheduler.records.database import ask, written
from scheduler.records.delegation_facts import escorted, whereabouts
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.diary import runnings_of
from scheduler.records.load import LONGEST, sessions_between
from scheduler.records.places import Place
from scheduler.records.site_facts import TOUR_COLUMNS, point_at, site_facts, tour_of
from scheduler.records.staff import Scope
from scheduler.records.stay_frames import frame_told, kept_frame
from scheduler.records.tours import Tour, TourSession
from scheduler.records.travel_facts import travel_among
from scheduler.records.visits import Visit

# What lies farther ahead of the asking is nobody's visit: so much of a long stay is planned at once.
PLANNED_AHEAD = timedelta(days=41)

_D, _W, _T = Delegation.__table__.c, Wish.__table__.c, Tour.__table__.c
_V, _R = Visit.__table__.c, TourSession.__table__.c
_STAY = select(_D.arrives_at, _D.departs_at, _D.headcount).where(_D.id == bindparam("delegation_id"))
_WISHES = (
    select(Wish.__table__)
    .where(_W.delegation_id == bindparam("delegation_id"))
    .order_by(_W.is_must.desc(), _W.priority.desc(), _W.id)
)
_TOURS = select(*TOUR_COLUMNS).order_by(_T.id)
_BOOKED = (
    select(_V.id, _V.starts_at, _V.ends_at, _R.tour_id)
    .join_from(Visit.__table__, TourSession.__table__, _R.id == _V.tour_session_id)
    .where(
        _V.delegation_id == bindparam("delegation_id"),
        _V.state.in_([written(state) for state in sorted(OCCUPYING)]),
        or_(_V.state != written(VisitState.HELD), _V.hold_until > bindparam("at")),
    )
    .order_by(_V.starts_at, _V.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """A wish that visits booked already fulfil, and from when to when they are."""

    wish_id: int
    visit_ids: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StayFacts:
    """One stay: the delegation with all that is fixed, what it still wishes and what is fulfilled already,
    the tours that could serve with their sessions, and the frame of its days."""

    delegation: DelegationFacts
    wishes: tuple[WishFacts, ...]
    options: tuple[Option, ...]
    frame: StayFrame
    fulfilled: Mapping[int, Fulfilled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayBasis:
    """What a plan is made for, whatever the city offers: how many come and when, all that they wish to see,
    the frame of their days; and which wishes visits booked already fulfil."""

    headcount: int
    stay: Span
    wishes: Mapping[int, WishFacts]
    frame: StayFrame
    fulfilled: Mapping[int, Fulfilled] = field(default_factory=dict)


def stay_basis(delegation_id: int, at: datetime, *, besides: Collection[int] = ()) -> StayBasis:
    """What a plan of this stay would be made for right now; visits `besides` which it is asked are left out.
    Raises NotFound for an unknown delegation."""
    row = ask(_STAY, delegation_id=delegation_id).first()
    if row is None:
        raise NotFound("delegation", delegation_id)
    tours = ask(_TOURS).all()
    wishes = [_wish(told, tours) for told in ask(_WISHES, delegation_id=delegation_id).all()]
    booked = ask(_BOOKED, delegation_id=delegation_id, at=at).all()
    return StayBasis(
        headcount=row.headcount,
        stay=Span(row.arrives_at, row.departs_at),
        wishes={wish.id: wish for wish in wishes},
        frame=frame_told(kept_frame(delegation_id)),
        fulfilled=_fulfilled(wishes, tours, [each for each in booked if each.id not in besides]),
    )


def stay_facts(delegation_id: int, at: datetime) -> StayFacts:
    """Everything that one stay is planned from, holds that ran out left out. Nothing is locked. Raises
    NotFound for an unknown delegation."""
    row = ask(_STAY, delegation_id=delegation_id).first()
    if row is None:
        raise NotFound("delegation", delegation_id)
    tours = ask(_TOURS).all()
    rows = ask(_WISHES, delegation_id=delegation_id).all()
    wishes = tuple(_wish(told, tours) for told in rows)
    fulfilled = _fulfilled(wishes, tours, ask(_BOOKED, delegation_id=delegation_id, at=at).all())
    wanted = {code for wish in wishes for code in (*wish.tours, *wish.fallback)}
    stretch = _stretch(row, at)
    options = _options([tour for tour in tours if tour.code in wanted], stretch, at)
    kept = kept_frame(delegation_id)
    request = VisitRequest(delegation_id=delegation_id, headcount=row.headcount)
    return StayFacts(
        delegation=_delegation(request, options, stretch, at, base=kept.base if kept else None),
        wishes=tuple(wish for wish in wishes if wish.id not in fulfilled),
        options=options,
        frame=frame_told(kept),
        fulfilled=fulfilled,
    )


def _stretch(row: Row[Any], at: datetime) -> Span:
    """From arrival, or the day before the asking, until departure, but not for ever. Never empty: of a stay
    that is over the last day is told, so that reasons can be given."""
    last_day = row.departs_at - timedelta(days=1)
    first = max(row.arrives_at, min(at - timedelta(days=1), last_day))
    return Span(first, min(row.departs_at, first + PLANNED_AHEAD))


def _options(rows: Sequence[Row[Any]], stretch: Span, at: datetime) -> tuple[Option, ...]:
    """Some tours with every session of the stretch, and the load of their sites."""
    first, last = stretch.starts_at, stretch.ends_at
    site_ids = sorted({row.site_id for row in rows})
    sites = site_facts(site_ids, first, last)
    sessions = sessions_between(site_ids, first, last, at=at)
    found = []
    for row in rows:
        site = sites[row.site_id]
        tour = tour_of(row, site.code)
        runnings = runnings_of(site, tour, sessions, first=first, last=last)
        load = sessions.load_of(site.id)
        found.append(Option(site=site, tour=tour, load=load, runnings=tuple(runnings)))
    return tuple(found)


def _delegation(
    request: VisitRequest, options: Sequence[Option], stretch: Span, at: datetime, *, base: Place | None
) -> DelegationFacts:
    """The delegation with its stops, the ways among all places concerned, and whom the office could send."""
    sites: dict[int, SiteFacts] = {option.site.id: option.site for option in options}
    span = Span(stretch.starts_at, stretch.ends_at + LONGEST)
    scope = Scope(tuple(sites.values()), tuple(option.tour for option in options), span)
    facts = escorted(whereabouts(request, scope, at), request, scope)
    known: Travel = facts.travel or Travel()
    stops = [code for stop in facts.stops for code in (stop.site_code, stop.ends_where) if code is not None]
    points: dict[str, Point | None] = dict.fromkeys(stops)
    points.update({site.code: site.point for site in sites.values()})
    points.update(known.points)
    if base is not None:
        points[base.code] = point_at(base.latitude, base.longitude)
    return replace(facts, travel=known.joined_with(travel_among(points)))


def _wish(row: Row[Any], tours: Sequence[Row[Any]]) -> WishFacts:
    """A wish with the tours that fulfil it: the one named, else every one of its topic."""
    if row.tour_id is not None:
        named = tuple(tour.code for tour in tours if tour.id == row.tour_id)
    else:
        named = tuple(tour.code for tour in tours if row.topic in tour.topics)
    fallback = tuple(t.code for t in tours if t.id == row.fallback_tour_id and t.code not in named)
    return WishFacts(
        id=row.id,
        tours=named,
        topic=row.topic,
        priority=row.priority,
        is_must=row.is_must,
        headcount=row.headcount,
        either=row.either,
        after=row.after_wish_id,
        not_first_day=row.not_first_day,
        not_last_day=row.not_last_day,
        fallback=fallback,
        preferred_times=tuple(datetime.fromisoformat(told) for told in row.preferred_times),
    )


def _fulfilled(
    wishes: Sequence[WishFacts], tours: Sequence[Row[Any]], booked: Sequence[Row[Any]]
) -> dict[int, Fulfilled]:
    """Which wishes are fulfilled: each tour booked serves one, the narrowest first. Of wishes of which one
    is enough, all are."""
    codes = {tour.id: tour.code for tour in tours}
    by_tour: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in booked:
        by_tour[codes[row.tour_id]].append(row)
    found: dict[int, Fulfilled] = {}
    for is_fallback in (False, True):
        for wish in sorted(wishes, key=lambda wish: len(wish.tours)):
            named = wish.fallback if is_fallback else wish.tours
            code = next((code for code in named if code in by_tour), None)
            if code is not None and wish.id not in found:
                found[wish.id] = _by(wish.id, by_tour.pop(code))
    either = {wish.either: found[wish.id] for wish in wishes if wish.either and wish.id in found}
    for wish in wishes:
        if wish.either in either and wish.id not in found:
            found[wish.id] = replace(either[wish.either], wish_id=wish.id)
    return found


def _by(wish_id: int, rows: Sequence[Row[Any]]) -> Fulfilled:
    span = Span(min(row.starts_at for row in rows), max(row.ends_at for row in rows))
    return Fulfilled(wish_id=wish_id, visit_ids=tuple(row.id for row in rows), span=span)
