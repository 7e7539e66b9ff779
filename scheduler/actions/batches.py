"""Several bookings and moves as one act: all of them or none, each seeing the others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.batch_advice import advised
from scheduler.actions.batch_writing import write_together
from scheduler.actions.bookings import (
    VisitRefused,
    must_be_entitled,
    must_be_sound,
    stands,
    with_earlier_ticks,
)
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.actions.visits import changes_nothing, must_be_movable, parents_of_request
from scheduler.core.facts import VisitRequest
from scheduler.core.together import Plan, decide_together
from scheduler.core.verdicts import Verdict
from scheduler.records.absence import NotFound
from scheduler.records.diaries import diaries_for
from scheduler.records.visit_lookup import identical_visit, visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

MOST_AT_ONCE = 50


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

    Gives the visits in the order of the requests; asking again for all of them gives those that are there.
    Raises BatchRefused with a verdict for each request, Invalid (none, too many, a visit named twice; of one
    request: its field as `visits.3.hold_until`), NotFound, StaleVersion, NotPermitted.
    """
    try:
        return book_within_an_act(requests, seen=seen, by=by, at=at)
    except BatchRefused as refused:
        told = advised(_of_their_own(requests), refused.verdicts, at)
        raise BatchRefused(told, refused.standing) from None


def book_within_an_act(
    requests: Sequence[VisitRequest],
    *,
    seen: Sequence[int | None] = (),
    by: Actor,
    at: datetime,
    most: int = MOST_AT_ONCE,
) -> list[Visit]:
    """The same for acts that do more than this; a refusal comes without alternatives."""
    if not 1 <= len(requests) <= most:
        raise Invalid("visits", "out_of_range", least=1, most=most)
    moved = [request.visit_id for request in requests if request.visit_id is not None]
    if len(set(moved)) < len(moved):
        raise Invalid("visits", "named_twice")
    for index, request in enumerate(requests):
        with _of_request(index):
            must_be_entitled(request, by)
    return _book_together(_of_their_own(requests), list(seen), by=by, at=at)


def rehearse_together(requests: Sequence[VisitRequest], at: datetime) -> list[Verdict]:
    """What the rules would say to several requests right now. Nothing is written or locked. Raises
    NotFound."""
    requests = _of_their_own(requests)
    plans = [Plan(r, d) for r, d in zip(requests, diaries_for(requests, at), strict=True)]
    return decide_together(plans, at)


def _of_their_own(requests: Sequence[VisitRequest]) -> list[VisitRequest]:
    """Each with the delegation that the visit to move is of. Raises Invalid where another was said."""
    theirs = []
    for index, request in enumerate(requests):
        if request.visit_id is None:
            theirs.append(request)
            continue
        delegation_id = whereabouts_of(request.visit_id).delegation_id
        if request.delegation_id not in (None, delegation_id):
            raise Invalid(f"visits.{index}.delegation_id", "unknown", value=request.delegation_id)
        theirs.append(replace(request, delegation_id=delegation_id))
    return theirs


@contextmanager
def _of_request(index: int) -> Iterator[None]:
    """Say of which request a field is at fault."""
    try:
        yield
    except Invalid as wrong:
        raise Invalid(f"visits.{index}.{wrong.field}", wrong.code, **wrong.facts) from None


def _parents(requests: list[VisitRequest], *_told: object, **_also: object) -> Parents:
    parents = NOBODY
    for request in requests:
        parents = parents.joined_with(parents_of_request(request))
    return parents


@writing(_parents)
def _book_together(
    requests: list[VisitRequest], seen: list[int | None], *, by: Actor, at: datetime
) -> list[Visit]:
    moving = _present(requests, seen, by)
    requests = [r if r.visit_id is None else with_earlier_ticks(r, moving[r.visit_id]) for r in requests]
    plans = [Plan(r, d) for r, d in zip(requests, diaries_for(requests, at), strict=True)]
    for plan in plans:
        if not by.sees_site(plan.diary.site.id):
            raise NotFound("site", plan.diary.site.code)
    if (there := _there_already(plans)) is not None:
        return there
    if staying := _staying(plans, moving):
        return _without(staying, requests, seen, by=by, at=at)
    verdicts = _verdicts(plans, moving, at)
    standing = [
        stands(p.request, v) and p.diary.running is not None for p, v in zip(plans, verdicts, strict=True)
    ]
    if not all(standing):
        raise BatchRefused(verdicts, standing)
    for index, (plan, verdict) in enumerate(zip(plans, verdicts, strict=True)):
        assert plan.diary.running is not None
        with _of_request(index):
            must_be_sound(plan.request, verdict, plan.diary.running, at)
    return write_together(plans, verdicts, moving, by=by, at=at)


def _staying(plans: Sequence[Plan], moving: Mapping[int, Visit]) -> dict[int, Visit]:
    """Visits that are asked to move to where they are: nobody needs to be asked again."""
    return {
        index: moving[plan.request.visit_id]
        for index, plan in enumerate(plans)
        if plan.request.visit_id is not None
        and changes_nothing(moving[plan.request.visit_id], plan.request, plan.diary)
    }


def _without(
    staying: Mapping[int, Visit],
    requests: list[VisitRequest],
    seen: list[int | None],
    *,
    by: Actor,
    at: datetime,
) -> list[Visit]:
    """The same act without the visits that stay, which the others then see where they are."""
    others = [index for index in range(len(requests)) if index not in staying]
    versions = [*seen, *[None] * len(requests)]
    if not others:
        return [staying[index] for index in range(len(requests))]
    try:
        made = _book_together(
            [requests[index] for index in others], [versions[index] for index in others], by=by, at=at
        )
    except BatchRefused as refused:
        verdicts, standing = [Verdict()] * len(requests), [True] * len(requests)
        for place, index in enumerate(others):
            verdicts[index], standing[index] = refused.verdicts[place], refused.standing[place]
        raise BatchRefused(verdicts, standing) from None
    done = {**dict(zip(others, made, strict=True)), **staying}
    return [done[index] for index in range(len(requests))]


def _there_already(plans: Sequence[Plan]) -> list[Visit] | None:
    """The visits, when all of them are asked for a second time: a double click is harmless."""
    found = []
    for request, wanted_at in ((plan.request, plan.diary.wanted_at) for plan in plans):
        visit = identical_visit(request, wanted_at) if request.visit_id is None else None
        if visit is None or visit in found:
            return None
        found.append(visit)
    return found


def _verdicts(plans: Sequence[Plan], moving: Mapping[int, Visit], at: datetime) -> list[Verdict]:
    """The rules' answers; a visit whose state keeps it where it is gets that one instead."""
    verdicts = decide_together(plans, at)
    for index, plan in enumerate(plans):
        if plan.request.visit_id is not None:
            try:
                must_be_movable(moving[plan.request.visit_id], plan.diary, at)
            except VisitRefused as barred:
                verdicts[index] = barred.verdict
    return verdicts


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
