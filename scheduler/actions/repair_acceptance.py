"""Accepting a repair: all that was chosen of it in one act, or nothing where the world has changed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.assignments import assign
from scheduler.actions.batches import BatchRefused, book_within_an_act
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.duties import change_state, duties_of_visit
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.repair_choices import Chosen, RepairChoice, chosen_of
from scheduler.actions.repair_headcount import lower_with_its_visits, parents_of_lowering
from scheduler.actions.repairs import ask_repair, disturbance_of, repair_of, terms_of_repair
from scheduler.actions.visits import parents_of_request
from scheduler.core.disturbances import Disturbance
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.core.verdicts import Verdict
from scheduler.planner.repairs.answers import RepairAnswer
from scheduler.records.database import db
from scheduler.records.duty_lookup import resources_of_visit
from scheduler.records.journal import enter
from scheduler.records.plan_lookup import UNFINISHED, plan_numbered, standing
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.sites import SiteClosure
from scheduler.records.visit_lookup import visits_numbered, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

MOST_VISITS = 200


class RepairRefused(Exception):
    """Something stands against at least one of the visits chosen: `verdicts` by visit. Nothing was written.
    `changed` are visits that are no longer as the plan knew them; `is_overtaken` says that the world has
    changed since, and `plan` is the one that plans it anew, once `repair_again` was called."""

    def __init__(
        self,
        verdicts: Mapping[int, Verdict],
        *,
        changed: Sequence[int] = (),
        edited: Sequence[int] = (),
        is_undone: bool = False,
    ) -> None:
        self.verdicts, self.changed, self.is_undone = dict(verdicts), list(changed), is_undone
        self.fallen = [key for key, verdict in self.verdicts.items() if verdict.is_refused]
        self.is_overtaken = bool(is_undone or changed or set(self.fallen) - set(edited))
        self.plan: PlanJob | None = None
        super().__init__(f"refused: {sorted(self.verdicts)}, changed: {self.changed}")


def accept_repair(plan_id: int, told: RepairChoice, *, by: Actor, at: datetime) -> list[Visit]:
    """Do what was chosen of a repair, in one act or not at all: visits put off, people let go and sent,
    visits moved. What is done already is not done again, so twice is harmless. Whatever is not chosen stays
    as it is, flagged if it was. Gives the visits chosen, by hour.

    Raises NotFound, RepairRefused, Invalid (not planned yet, a rehearsal, a visit not of this repair, nothing
    chosen, too many, no reason for a tick), NotPermitted.
    """
    by.must(Permission.BOOK_VISITS)
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    answer = _answer(plan, at)
    rows = {row.id: row for row in visits_numbered([each.visit_id for each in answer.visits])}
    chosen = chosen_of(answer, told, rows)
    if len(chosen) > MOST_VISITS:
        raise Invalid("only", "too_many", most=MOST_VISITS)
    _accept(plan_id, chosen, told, by=by, at=at)
    return list(visits_numbered([each.visit_id for each in chosen]))


def repair_again(plan_id: int, refused: RepairRefused, *, by: Actor, at: datetime) -> PlanJob | None:
    """Have the same disturbance planned anew with what has changed since: an act of its own, since the one
    that found it out wrote nothing. None where there is nothing to mend any more. Raises NotPermitted."""
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    if refused.is_undone:
        return None
    terms = terms_of_repair(plan)
    refused.plan = ask_repair(disturbance_of(plan), terms, follows_id=plan.id, by=by, at=at).plan
    return refused.plan


def _answer(plan: PlanJob, at: datetime) -> RepairAnswer:
    answer = repair_of(plan)
    if standing(plan, at).state in UNFINISHED or answer is None:
        raise Invalid("only", "no_proposal_yet")
    if disturbance_of(plan).is_rehearsed:
        raise Invalid("only", "only_rehearsed")
    return answer


def _parents(plan_id: int, chosen: Sequence[Chosen], *_told: object, **_also: object) -> Parents:
    parents = parents_of_lowering(disturbance_of(plan_numbered(plan_id, PlanKind.REPAIR)))
    for each in chosen:
        where = whereabouts_of(each.visit_id)
        people = frozenset({*each.sent, *each.let_go, *resources_of_visit(each.visit_id)})
        theirs = Parents(frozenset({where.site_id}), frozenset({where.delegation_id}), people)
        parents = parents.joined_with(theirs)
        if each.request is not None:
            parents = parents.joined_with(parents_of_request(each.request))
    return parents


@writing(_parents)
def _accept(plan_id: int, chosen: Sequence[Chosen], told: RepairChoice, *, by: Actor, at: datetime) -> None:
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    done = dict((plan.booked or {}).get("visits", {}))
    left = [each for each in chosen if done.get(str(each.visit_id)) != each.target]
    if not left:
        return
    _must_be_as_planned(disturbance_of(plan), left)
    verdicts: dict[int, Verdict] = {}
    for each in left:
        if each.is_postponed:
            with _kept(verdicts, each.visit_id):
                reason = told.acknowledge_reason
                act_upon(each.visit_id, Act.POSTPONE, Told(reason=reason), by=by, at=at)
        _let_go(each, by=by, at=at)
    if not verdicts:
        _move([each for each in left if each.request is not None], verdicts, by=by, at=at)
    for each in left:
        if each.request is None and not verdicts:
            with _kept(verdicts, each.visit_id):
                _send(each, by=by, at=at)
    if verdicts:
        raise RepairRefused(verdicts, edited=[each.visit_id for each in left if each.is_edited])
    db.session.flush()
    lower_with_its_visits(disturbance_of(plan), by=by, at=at)
    plan.booked = {"visits": done | {str(each.visit_id): each.target for each in left}}
    plan.booked_by_id, plan.booked_at = by.account_id, at
    made = {"plan": plan.id, "visits": [each.visit_id for each in left]}
    enter(plan, "accept_repair", by=by, at=at, after=made, reason=told.acknowledge_reason)


def _must_be_as_planned(told: Disturbance, left: Sequence[Chosen]) -> None:
    """The closure is still there, and nobody has touched a visit since it was planned."""
    if told.closure_id is not None:
        closure = db.session.get(SiteClosure, told.closure_id, populate_existing=True)
        if closure is None or told.span != Span(closure.starts_at, closure.ends_at):
            raise RepairRefused({}, is_undone=closure is None, changed=[each.visit_id for each in left])
    versions = {row.id: row.version for row in visits_numbered([each.visit_id for each in left])}
    changed = [
        each.visit_id
        for each in left
        if versions.get(each.visit_id) != each.version or resources_of_visit(each.visit_id) != each.before
    ]
    if changed:
        raise RepairRefused({}, changed=changed)


def _move(moving: Sequence[Chosen], verdicts: dict[int, Verdict], *, by: Actor, at: datetime) -> None:
    requests = [each.request for each in moving if each.request is not None]
    if not requests:
        return
    try:
        book_within_an_act(requests, by=by, at=at, most=MOST_VISITS)
    except BatchRefused as refused:
        told = zip(moving, refused.verdicts, refused.standing, strict=True)
        verdicts |= {each.visit_id: verdict for each, verdict, stands in told if not stands}
    except Invalid as wrong:
        # One reason is given for all of them, not one for each.
        raise Invalid(wrong.field.rpartition(".")[2], wrong.code, **wrong.facts) from None


def _let_go(each: Chosen, *, by: Actor, at: datetime) -> None:
    for duty in duties_of_visit(each.visit_id):
        if duty.resource_id in each.let_go:
            change_state(duty, DutyState.RELEASED, "release", by=by, at=at)


def _send(each: Chosen, *, by: Actor, at: datetime) -> None:
    """Others along with a visit that stays: riders fill one vehicle after another."""
    left = visits_numbered([each.visit_id])[0].headcount
    for resource_id in each.sent:
        duty = assign(each.visit_id, resource_id, headcount=_riders(resource_id, left), by=by, at=at)
        left -= duty.headcount or 0


def _riders(resource_id: int, left: int) -> int | None:
    resource = whole_resource(resource_id)
    return min(left, resource.seats) or None if resource.seats is not None else None


@contextmanager
def _kept(told: dict[int, Verdict], visit_id: int) -> Iterator[None]:
    """Keep the rules' no to one visit, to tell it with those to the others."""
    try:
        yield
    except VisitRefused as refused:
        told[visit_id] = refused.verdict
