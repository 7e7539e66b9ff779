"""What would become of the rest of a delegation's day, were it moved by some minutes. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.actions.invalid import Invalid
from scheduler.actions.shifts import request_of
from scheduler.core.facts import Diary, Running, VisitRequest
from scheduler.core.shifting import Later, decide_shift, shifted_start
from scheduler.core.together import Plan
from scheduler.core.verdicts import Verdict
from scheduler.records.day_lookup import remaining_engagements, remaining_visits, sessions_of_tours
from scheduler.records.diaries import diaries_for
from scheduler.records.engagement_lookup import engagement_diary, places_called
from scheduler.records.engagements import Engagement
from scheduler.records.site_facts import site_facts
from scheduler.records.visits import Visit

MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftedVisit:
    """One visit of the rest of the day: where it would go (None: no round left that day), and the verdict."""

    visit: Visit
    starts_at: datetime | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftedEngagement:
    engagement: Engagement
    starts_at: datetime
    ends_at: datetime
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A proposal: what would become of every stop from an instant on, to the end of that day."""

    visits: tuple[ShiftedVisit, ...]
    engagements: tuple[ShiftedEngagement, ...]


def propose_shift(
    delegation_id: int, from_at: datetime, minutes: int, zone: ZoneInfo, *, at: datetime
) -> Shift:
    """Where every stop that starts from an instant on that local day would go, `minutes` later (or earlier,
    below zero), and what breaks. Nothing is written. Raises Invalid, NotFound."""
    if minutes == 0:
        raise Invalid("minutes", "no_minutes")
    if not -MOST_MINUTES <= minutes <= MOST_MINUTES:
        raise Invalid("minutes", "out_of_range", least=-MOST_MINUTES, most=MOST_MINUTES)
    local = from_at.astimezone(zone)
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), zone)
    visits = remaining_visits(delegation_id, from_at, midnight)
    engagements = remaining_engagements(delegation_id, from_at, midnight)
    by = timedelta(minutes=minutes)
    starts = _starts(visits, by)
    requests = [_request(visit, start) for visit in visits if (start := starts[visit.id]) is not None]
    staying = [visit.id for visit in visits if starts[visit.id] is None]
    plans = []
    if requests:
        diaries = diaries_for(requests, at, also_leaving=staying)
        plans = [Plan(r, _cleared(d, engagements)) for r, d in zip(requests, diaries, strict=True)]
    later = [_later(e, by, visits, engagements, at) for e in engagements]
    told_visits, told_engagements = decide_shift(plans, later, at)
    verdicts = {p.request.visit_id: v for p, v in zip(plans, told_visits, strict=True)}
    return Shift(
        visits=tuple(
            ShiftedVisit(visit=v, starts_at=starts[v.id], verdict=verdicts.get(v.id)) for v in visits
        ),
        engagements=tuple(
            ShiftedEngagement(
                engagement=e, starts_at=e.starts_at + by, ends_at=e.ends_at + by, verdict=verdict
            )
            for e, verdict in zip(engagements, told_engagements, strict=True)
        ),
    )


def _request(visit: Visit, starts_at: datetime) -> VisitRequest:
    return VisitRequest(
        delegation_id=visit.delegation_id,
        visit_id=visit.id,
        tour_code=visit.tour_session.tour.code,
        starts_at=starts_at,
        headcount=visit.headcount,
        part_id=visit.part_id,
        language=visit.language,
        acknowledge=tuple(visit.acknowledged),
    )


def _starts(visits: Sequence[Visit], by: timedelta) -> dict[int, datetime | None]:
    """Where each visit would start."""
    if not visits:
        return {}
    wanted = {visit.id: visit.starts_at + by for visit in visits}
    first, last = min(wanted.values()), max(wanted.values()) + timedelta(days=1)
    sites = site_facts({visit.site_id for visit in visits}, first, last)
    tours = [visit.tour_session.tour for visit in visits]
    dated: dict[int, list[Running]] = {}
    for row in sessions_of_tours([tour.id for tour in tours], first, last):
        dated.setdefault(row.tour_id, []).append(
            Running(row.id, row.starts_at, row.ends_at, row.clear_at, row.places)
        )
    return {
        visit.id: shifted_start(
            sites[visit.site_id],
            visit.tour_session.tour.dating,
            wanted[visit.id],
            dated.get(visit.tour_session.tour_id, []),
        )
        for visit in visits
    }


def _cleared(diary: Diary, engagements: Sequence[Engagement]) -> Diary:
    """A diary without the engagements that move too."""
    if diary.delegation is None:
        return diary
    moving = {engagement.id for engagement in engagements}
    stops = tuple(stop for stop in diary.delegation.stops if stop.engagement_id not in moving)
    return replace(diary, delegation=replace(diary.delegation, stops=stops))


def _later(
    row: Engagement,
    by: timedelta,
    visits: Sequence[Visit],
    engagements: Sequence[Engagement],
    at: datetime,
) -> Later:
    """An engagement as it would be, with the facts of a day that everything moving has left."""
    request = request_of(row, by)
    codes = {code for code in (request.place, request.destination) if code is not None}
    codes |= {visit.tour_session.tour.site.code for visit in visits}
    facts = engagement_diary(request, places_called(codes).values(), at)
    gone = {visit.id for visit in visits}
    moving = {engagement.id for engagement in engagements}
    stops = tuple(
        stop
        for stop in facts.stops
        if (stop.visit_id is None or stop.visit_id not in gone)
        and (stop.engagement_id is None or stop.engagement_id not in moving)
    )
    return Later(request, replace(facts, stops=stops))
