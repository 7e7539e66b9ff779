"""A batch as it is written: in turn, each move to where nobody stands any more; who swaps steps aside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.bookings import make_visit
from scheduler.actions.duties import duties_of_visit
from scheduler.actions.stepping_aside import clear_up, step_aside
from scheduler.actions.visits import write_move
from scheduler.core.facts import Diary
from scheduler.core.spans import Span
from scheduler.core.together import Plan
from scheduler.core.turns import Standing, turns
from scheduler.core.verdicts import Verdict
from scheduler.records.visits import Visit


def write_together(
    plans: list[Plan], verdicts: list[Verdict], there: dict[int, Visit], *, by: Actor, at: datetime
) -> list[Visit]:
    """Within an act: write every plan that the rules accepted, first the moves, each when its new place has
    been left, then what is new. Gives the visits in the order of the plans."""
    made: dict[int, Visit] = {}
    order, stuck = _in_turn(plans, there)
    asides = {key: step_aside(there[key]) for key in (plans[i].request.visit_id or 0 for i in stuck)}
    for index in order:
        plan, verdict = plans[index], verdicts[index]
        if plan.request.visit_id is None:
            made[index] = make_visit(plan.request, _redated(plan, made, plans), verdict, by=by, at=at)
        else:
            visit = there[plan.request.visit_id]
            made[index] = write_move(
                visit,
                plan.request,
                _redated(plan, made, plans),
                verdict,
                by=by,
                at=at,
                aside=asides.get(visit.id),
            )
    clear_up(asides)
    return [made[index] for index in range(len(plans))]


def _redated(plan: Plan, made: dict[int, Visit], plans: list[Plan]) -> Diary:
    """The diary of a plan; a window that an earlier plan of this act has already dated is a session now."""
    running = plan.diary.running
    if running is None or running.id is not None:
        return plan.diary
    for index, visit in made.items():
        other = plans[index].diary
        if other.tour.id == plan.diary.tour.id and visit.starts_at == running.starts_at:
            return replace(plan.diary, running=replace(running, id=visit.tour_session_id))
    return plan.diary


def _in_turn(plans: Sequence[Plan], moving: Mapping[int, Visit]) -> tuple[list[int], list[int]]:
    """An order in which accepted plans can be written one by one, and those who must step aside for it, since
    they change places with one another (see `turns`)."""
    return turns(plans, {key: _standing(visit) for key, visit in moving.items()})


def _standing(visit: Visit) -> Standing:
    return Standing(
        delegation_id=visit.delegation_id,
        site_id=visit.site_id,
        tour_id=visit.tour_session.tour_id,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        clear_at=visit.tour_session.clear_at,
        headcount=visit.headcount,
        duties={d.resource_id: Span(d.starts_at, d.ends_at) for d in duties_of_visit(visit.id)},
    )
