"""Several bookings and moves as one act: all of them or none, each seeing the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.bookings import make_visit, must_be_entitled, must_be_sound, stands, with_earlier_ticks
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.actions.visits import must_be_movable, parents_of_request, write_move
from scheduler.core.booking import nearest
from scheduler.core.facts import Diary, VisitRequest
from scheduler.core.together import Plan, decide_together
from scheduler.core.verdicts import Verdict
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diaries import diaries_for
from scheduler.records.diary import diary_for
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

MOST_AT_ONCE = 50
# Nearest alternatives are looked for so many of the refused; for the others their reasons must do.
ADVISED = 5


class BatchRefused(Exception):
    """At least one of several requests was refused, or awaits a tick. Nothing was written."""

    def __init__(self, verdicts: Sequence[Verdict], standing: Sequence[bool]) -> None:
        super().__init__(f"{standing.count(False)} of {len(verdicts)} refused")
        self.verdicts, self.standing = list(verdicts), list(standing)


def book_together(
    requests: Sequence[VisitRequest],
    *,
    seen: Sequence[int | None] = (),
    by: Actor,
    at: datetime,
) -> list[Visit]:
    """Book several visits, and move those whose request names one, in one act: all or none. Each sees the
    others' travel, places and people. `seen` are the versions that the asker read of the visits to move.

    Gives the visits in the order of the requests. Raises BatchRefused with a verdict for each request,
    Invalid (none, too many, a visit named twice), NotFound, StaleVersion, NotPermitted.
    """
    if not 1 <= len(requests) <= MOST_AT_ONCE:
        raise Invalid("visits", "out_of_range", least=1, most=MOST_AT_ONCE)
    moved = [request.visit_id for request in requests if request.visit_id is not None]
    if len(set(moved)) < len(moved):
        raise Invalid("visits", "named_twice")
    for request in requests:
        must_be_entitled(request, by)
    try:
        return _book_together(list(requests), list(seen), by=by, at=at)
    except BatchRefused as refused:
        raise BatchRefused(_advised(requests, refused, at), refused.standing) from None


def rehearse_together(requests: Sequence[VisitRequest], at: datetime) -> list[Verdict]:
    """What the rules would say to several requests right now. Nothing is written or locked."""
    plans = [Plan(r, d) for r, d in zip(requests, diaries_for(requests, at), strict=True)]
    return decide_together(plans, at)


def _parents(requests: list[VisitRequest], *_told: object, **_also: object) -> Parents:
    parents = NOBODY
    for request in requests:
        parents = parents.joined_with(parents_of_request(request))
    return parents


@writing(_parents)
def _book_together(
    requests: list[VisitRequest], seen: list[int | None], *, by: Actor, at: datetime
) -> list[Visit]:
    there = _present(requests, seen, by)
    requests = [r if r.visit_id is None else _as_it_was(r, there[r.visit_id]) for r in requests]
    plans = [Plan(r, d) for r, d in zip(requests, diaries_for(requests, at), strict=True)]
    for plan in plans:
        if not by.sees_site(plan.diary.site.id):
            raise NotFound("site", plan.diary.site.code)
        if plan.request.visit_id is not None:
            must_be_movable(there[plan.request.visit_id], plan.diary, at)
    verdicts = decide_together(plans, at)
    standing = [
        stands(p.request, v) and p.diary.running is not None for p, v in zip(plans, verdicts, strict=True)
    ]
    if not all(standing):
        raise BatchRefused(verdicts, standing)
    for plan, verdict in zip(plans, verdicts, strict=True):
        assert plan.diary.running is not None
        must_be_sound(plan.request, verdict, plan.diary.running, at)
    return _written(plans, verdicts, there, by=by, at=at)


def _as_it_was(request: VisitRequest, visit: Visit) -> VisitRequest:
    """A move keeps what was ticked, and the part that goes unless another is named."""
    part_id = visit.part_id if request.part_id is None else request.part_id
    return replace(with_earlier_ticks(request, visit), part_id=part_id)


def _present(requests: list[VisitRequest], seen: list[int | None], by: Actor) -> dict[int, Visit]:
    """The visits that are to move, as they are now."""
    versions = [*seen, *[None] * len(requests)]
    there = {}
    for request, version in zip(requests, versions, strict=False):
        if request.visit_id is not None:
            visit = visit_seen_by(by, request.visit_id)
            must_be_current(visit.version, version)
            there[visit.id] = visit
    return there


def _written(
    plans: list[Plan], verdicts: list[Verdict], there: dict[int, Visit], *, by: Actor, at: datetime
) -> list[Visit]:
    """Write every plan: first the moves, each when its new place has been left, then what is new."""
    made: dict[int, Visit] = {}
    for index in in_turn(plans, there):
        plan, verdict = plans[index], verdicts[index]
        if plan.request.visit_id is None:
            made[index] = make_visit(plan.request, _redated(plan, made, plans), verdict, by=by, at=at)
        else:
            visit = there[plan.request.visit_id]
            made[index] = write_move(visit, plan.request, _redated(plan, made, plans), verdict, by=by, at=at)
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


def in_turn(plans: Sequence[Plan], there: Mapping[int, Visit]) -> list[int]:
    """An order in which the plans can be written one by one: nobody comes to where another has yet to leave.
    Raises Invalid when two would have to change places with one another."""
    left = [i for i, plan in enumerate(plans) if plan.request.visit_id is not None]
    order: list[int] = []
    while left:
        free = next((i for i in left if not _is_in_the_way(plans[i], i, left, plans, there)), None)
        if free is None:
            raise Invalid("visits", "cannot_swap")
        left.remove(free)
        order.append(free)
    return order + [i for i, plan in enumerate(plans) if plan.request.visit_id is None]


def _is_in_the_way(
    plan: Plan, index: int, left: Sequence[int], plans: Sequence[Plan], there: Mapping[int, Visit]
) -> bool:
    """Whether another that has yet to move stands where this one goes: the same people, or the same site."""
    running = plan.diary.running
    assert running is not None
    for other in left:
        if other == index:
            continue
        visit = there[plans[other].request.visit_id or 0]
        same = visit.delegation_id == plan.request.delegation_id or visit.site_id == plan.diary.site.id
        if same and visit.starts_at < running.clear_at and running.starts_at < visit.ends_at:
            return True
    return False


def _advised(requests: Sequence[VisitRequest], refused: BatchRefused, at: datetime) -> list[Verdict]:
    """The verdicts, the first few refused ones with the nearest alternatives, looked for without locks."""
    db.session.rollback()
    advised = []
    left = ADVISED
    for request, verdict in zip(requests, refused.verdicts, strict=True):
        if verdict.is_refused and left:
            left -= 1
            diary = diary_for(request, at, with_options=True)
            verdict = verdict.with_alternatives(tuple(nearest(request, diary, at)))
        advised.append(verdict)
    return advised
