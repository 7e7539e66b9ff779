"""A programme as it is proposed: stops with who goes along, ways between, breaks, figures."""

from collections.abc import Sequence

from scheduler.planner.answers import Figures, PlannedStop, PlannedVisit, Proposal, Unmet
from scheduler.planner.candidates import Candidate
from scheduler.planner.cutting import Standing
from scheduler.planner.itinerary import DayPlan, day_plan
from scheduler.planner.question import Room
from scheduler.planner.worth import Worth


def proposal_of(room: Room, standing: Standing) -> Proposal:
    """The proposal that a standing programme is; its unmet wishes are named, the reasons come later."""
    days = [day_plan(column.day.time, column.chain) for column in standing.columns]
    visits = _visits(standing)
    stops = tuple(_stop(candidate, visits[candidate]) for candidate in standing.visits)
    return Proposal(
        stops=stops,
        legs=tuple(leg for day in days for leg in day.legs),
        breaks=tuple(found for day in days for found in day.breaks),
        figures=_figures(room, standing, days),
        unmet=tuple(Unmet(wish_id=wish) for wish in _unmet(room, stops)),
        is_proven=standing.is_proven,
    )


def _visits(standing: Standing) -> dict[Candidate, list[PlannedVisit]]:
    found: dict[Candidate, list[PlannedVisit]] = {}
    for plan, verdict in zip(standing.plans, standing.verdicts, strict=True):
        running = plan.share.running
        visit = PlannedVisit(
            starts_at=running.starts_at,
            ends_at=running.ends_at,
            headcount=plan.share.headcount,
            tour_session_id=running.id,
            share=plan.number + 1 if plan.candidate.is_split else None,
            assign=standing.assigned[plan],
            cautions=verdict.cautions,
        )
        found.setdefault(plan.candidate, []).append(visit)
    return found


def _stop(candidate: Candidate, visits: Sequence[PlannedVisit]) -> PlannedStop:
    return PlannedStop(
        wish_id=candidate.wish.id,
        site_code=candidate.option.site.code,
        tour_code=candidate.tour_code,
        visits=tuple(visits),
        is_pinned=candidate.is_pinned,
        is_fallback=candidate.is_fallback,
    )


def _unmet(room: Room, stops: Sequence[PlannedStop]) -> list[int]:
    """The wishes without a stop; of an "either" group one is enough."""
    met = {stop.wish_id for stop in stops}
    groups = {name for wish in met if (name := room.wishes.by_id[wish].either)}
    return [w.id for w in room.asked.wishes if w.id not in met and not (w.either and w.either in groups)]


def _figures(room: Room, standing: Standing, days: Sequence[DayPlan]) -> Figures:
    worth = sum((column.worth for column in standing.columns), Worth())
    numbers = [c.stops for c in standing.columns if c.stops or c.day.candidates]
    return Figures(
        musts_kept=worth.musts,
        musts=room.wishes.musts,
        priorities=worth.priorities / 2,
        priorities_wished=room.wishes.priorities,
        cautions=sum(len(verdict.cautions) for verdict in standing.verdicts),
        travel_minutes=sum(day.travel_minutes for day in days),
        idle_minutes=sum(day.idle_minutes for day in days),
        imbalance=max(numbers, default=0) - min(numbers, default=0),
        finish_minutes=sum(column.finish for column in standing.columns),
    )
