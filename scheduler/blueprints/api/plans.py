"""Plans: asked for, looked at while they are made, accepted."""

from datetime import timedelta
from typing import Any

from flask import Response, current_app, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_acceptance import (
    Acceptance,
    accept_within_an_act,
    plan_the_difference,
)
from scheduler.actions.plan_refusals import PlanOvertaken
from scheduler.actions.plan_thinking import answer_of
from scheduler.actions.plans import Terms, ask_plan
from scheduler.blueprints.api.answering import answered, makes_several, told, writes
from scheduler.blueprints.api.paging import Page, page_of_rows
from scheduler.blueprints.api.plan_values import brief_values, plan_values
from scheduler.blueprints.api.repair_values import repair_plan_values
from scheduler.blueprints.api.repairs import accept_repaired
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.plans import (
    AcceptedAs,
    AcceptedOut,
    AcceptPlanIn,
    PlanBriefOut,
    PlanIn,
    PlanOut,
    PlansOut,
)
from scheduler.blueprints.api.visits import tell_visit
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.planner.asked import Ban, Pin
from scheduler.planning.start import see_to_plans
from scheduler.records.absence import NotFound
from scheduler.records.plan_lookup import plan_numbered, plans_of
from scheduler.records.plans import PlanKind, PlanState

EXAMPLE = {
    "delegation_id": 1,
    "pins": [{"wish_id": 1, "tour": "TOPIS-CONTROL", "starts_at": "2026-12-14T10:00:00+09:00"}],
    "bans": [{"tour": "SEONAM-PLANT", "on": "2026-12-15"}],
    "alternatives": 3,
    "seconds": 10,
}
TELL, TELL_BRIEF = PlanOut(), PlanBriefOut()


@bp.post("/plans")
@bp.input(PlanIn, example=EXAMPLE)
@bp.output(PlanBriefOut, status_code=202)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def ask_for_plan(json_data: dict[str, Any]) -> Response:
    """Have a delegation's days planned.

    Answers at once with a job; ask after it at its Location until `state` is done or failed. The same
    question asked while nobody has answered it yet is the same job. What `pins` name never moves, what `bans`
    name is not proposed.
    """

    def act() -> Answered:
        asked = ask_plan(json_data["delegation_id"], _terms(json_data), by=actor(), at=now())
        return Answered(202, TELL_BRIEF.dump(brief_values(asked.plan, now())))

    response = answered(act)
    see_to_plans()
    response.headers["Location"] = url_for("api.read_plan", plan_id=response.get_json()["id"])
    return response


@bp.get("/plans/<id:plan_id>")
@bp.output(PlanOut)
@allow(Permission.BOOK_VISITS)
def read_plan(plan_id: int) -> Response:
    """Look at a plan: how far it is, what was found so far, and what found no place and why."""
    plan = plan_numbered(plan_id)
    if plan.state is PlanState.WAITING:
        see_to_plans()
    values = repair_plan_values if plan.kind is PlanKind.REPAIR else plan_values
    return told(TELL.dump(values(plan, now())))


@bp.get("/delegations/<id:delegation_id>/plans")
@bp.input(Page, location="query")
@bp.output(PlansOut)
@allow(Permission.BOOK_VISITS)
def list_plans(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's plans, the latest first."""
    delegation_by_id(delegation_id)
    at = now()
    rows = plans_of(delegation_id)
    return told(page_of_rows(rows, query_data, lambda plan: TELL_BRIEF.dump(brief_values(plan, at))))


@bp.post("/plans/<id:plan_id>/accept")
@bp.input(AcceptPlanIn, example={"proposal": 0, "as": "requested", "acknowledge": ["all"]})
@bp.output(AcceptedOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
@makes_several
def accept_proposed_plan(plan_id: int, json_data: dict[str, Any]) -> Response:
    """Book a proposal, or some of its stops: all of them or none, under the rules of a batch.

    A proposal accepted twice gives the same visits, as long as they stand as they are asked for (else 409
    `plan_stands`: they are held or requested already, or were called off). Where the world has changed since
    (409 `plan_overtaken`) nothing is booked: `fallen` says which stops fit no more, `visits` what the rules
    say, `changed` what of headcount, stay, frame and wishes is not as it was; `plan_id` is a new plan that
    keeps the others where they are and plans only those again. Of a repair: all moves, other people along and
    visits put off that are chosen, in one act; overtaken, `plan_id` plans the same disturbance again.
    """
    if plan_numbered(plan_id).kind is PlanKind.REPAIR:
        _must_not_say(json_data, ("proposal", "as_", "stops", "hold_until"), "not_of_a_repair")
        return accept_repaired(plan_id, json_data)
    _must_not_say(json_data, ("only_", "edited", "postpone", "override"), "not_of_a_programme")

    def act() -> Answered:
        visits = accept_within_an_act(plan_id, _acceptance(json_data), by=actor(), at=now())
        return Answered(201, {"visits": [tell_visit(visit.id) for visit in visits], "unresolved": []})

    try:
        return answered(act)
    except PlanOvertaken as overtaken:
        # An act of its own: the one before it left nothing behind.
        plan_the_difference(plan_id, overtaken, by=actor(), at=now())
        see_to_plans()
        raise


def _must_not_say(asked: dict[str, Any], names: tuple[str, ...], code: str) -> None:
    for name in names:
        if asked[name] not in (None, []):
            raise Invalid(name.rstrip("_"), code)


def _acceptance(asked: dict[str, Any]) -> Acceptance:
    if asked["proposal"] is None:
        raise Invalid("proposal", "proposal_needed")
    hold_until = asked["hold_until"]
    if asked["as_"] is AcceptedAs.HELD:
        hold_until = hold_until or now() + timedelta(hours=current_app.config["PLAN_HOLD_HOURS"])
    elif hold_until is not None:
        raise Invalid("hold_until", "holds_only")
    return Acceptance(
        proposal=asked["proposal"],
        stops=None if asked["stops"] is None else tuple(asked["stops"]),
        hold_until=hold_until,
        acknowledge=tuple(asked["acknowledge"]),
        acknowledge_reason=asked["acknowledge_reason"],
    )


def _terms(asked: dict[str, Any]) -> Terms:
    return Terms(
        pins=tuple(_pin(index, each, asked["delegation_id"]) for index, each in enumerate(asked["pins"])),
        bans=tuple(
            Ban(tour_code=each["tour"], starts_at=each["starts_at"], on=each["on"]) for each in asked["bans"]
        ),
        alternatives=asked["alternatives"],
        seconds=asked["seconds"],
    )


def _pin(index: int, told: dict[str, Any], delegation_id: int) -> Pin:
    """A pin as it was told, or as a stop of one of their former plans."""
    if "plan_id" not in told:
        return Pin(wish_id=told["wish_id"], tour_code=told["tour"], starts_at=told["starts_at"])
    try:
        plan = plan_numbered(told["plan_id"], PlanKind.PROGRAMME)
    except NotFound:
        raise Invalid(f"pins.{index}.plan_id", "unknown", value=told["plan_id"]) from None
    answer = answer_of(plan)
    if plan.delegation_id != delegation_id or answer is None:
        raise Invalid(f"pins.{index}.plan_id", "unknown", value=told["plan_id"])
    if told["proposal"] >= len(answer.proposals):
        raise Invalid(f"pins.{index}.proposal", "no_such_proposal", most=len(answer.proposals) - 1)
    stops = answer.proposals[told["proposal"]].stops
    if told["stop"] >= len(stops):
        raise Invalid(f"pins.{index}.stop", "no_such_stop", most=len(stops) - 1)
    stop = stops[told["stop"]]
    return Pin(wish_id=stop.wish_id, tour_code=stop.tour_code, starts_at=stop.starts_at)
