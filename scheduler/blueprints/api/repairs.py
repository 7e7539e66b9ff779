"""Repairs: what a disturbance touches, mended for all together; rehearsed or asked for, and accepted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.disturbances import closure_at
from scheduler.actions.invalid import Invalid
from scheduler.actions.repair_acceptance import RepairRefused, accept_repair, repair_again
from scheduler.actions.repair_choices import Edit, RepairChoice
from scheduler.actions.repairs import RepairTerms, ask_repair
from scheduler.blueprints.api.answering import answered, naming, writes
from scheduler.blueprints.api.repair_values import repair_plan_values, unresolved_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.plans import PlanOut
from scheduler.blueprints.api.schemas.repairs import DisturbanceIn, RepairTermsIn
from scheduler.blueprints.api.sites import known_code
from scheduler.blueprints.api.visits import tell_visit
from scheduler.clock import now
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.planning.start import see_to_plans
from scheduler.records.absence import NotFound

EXAMPLE = {
    "kind": "closure",
    "rehearse": True,
    "site": "TOPIS",
    "starts_at": "2026-12-17T00:00:00+09:00",
    "ends_at": "2026-12-18T00:00:00+09:00",
}
TELL = PlanOut()


@bp.post("/sites/<code>/closures/<id:closure_id>/repair")
@bp.input(RepairTermsIn, example={})
@bp.output(PlanOut, status_code=202)
@allow(Permission.BOOK_VISITS)
@writes()
def repair_closure(code: str, closure_id: int, json_data: dict[str, Any]) -> Response:
    """Have the visits that a closure runs against planned anew, for all delegations together.

    Answers at once with a job; ask after it at its Location until `state` is done or failed. Nothing moves
    before the plan is accepted.
    """

    def act() -> Answered:
        told = closure_at(known_code(code), closure_id, by=actor())
        return _asked(told, json_data)

    return _answered(act)


@bp.post("/repairs")
@bp.input(DisturbanceIn, example=EXAMPLE)
@bp.output(PlanOut, status_code=202)
@allow(Permission.BOOK_VISITS)
@writes()
def ask_for_repair(json_data: dict[str, Any]) -> Response:
    """Have everything planned anew that a disturbance touches.

    A closure, somebody away, a stay that changes, a headcount that grows or shrinks: as it is entered, or
    with `rehearse` as it might be, which can be looked at and not accepted. Answers at once with a job.
    """

    def act() -> Answered:
        with naming(site="site", closure="closure_id", resource="resource_id", delegation="delegation_id"):
            return _asked(_disturbance(json_data), json_data)

    return _answered(act)


def accept_repaired(plan_id: int, asked: dict[str, Any]) -> Response:
    """The answer to accepting a repair: its visits, or, overtaken, the plan made anew."""

    def act() -> Answered:
        with _naming_edits(asked["edited"]):
            visits = accept_repair(plan_id, _choice(asked), by=actor(), at=now())
        told = [tell_visit(visit.id) for visit in visits]
        return Answered(201, {"visits": told, "unresolved": unresolved_values(plan_id)})

    try:
        return answered(act)
    except RepairRefused as refused:
        if refused.is_overtaken:
            # An act of its own: the one before it left nothing behind.
            repair_again(plan_id, refused, by=actor(), at=now())
            see_to_plans()
        raise


def _answered(act: Any) -> Response:
    response = answered(act)
    see_to_plans()
    response.headers["Location"] = url_for("api.read_plan", plan_id=response.get_json()["id"])
    return response


def _asked(told: Disturbance, asked: dict[str, Any]) -> Answered:
    terms = RepairTerms(overrides=frozenset(code.value for code in asked["override"]))
    plan = ask_repair(told, terms, by=actor(), at=now()).plan
    return Answered(202, TELL.dump(repair_plan_values(plan, now())))


def _disturbance(asked: dict[str, Any]) -> Disturbance:
    return Disturbance(
        kind=asked["kind"],
        is_rehearsed=asked["rehearse"],
        span=_span(asked),
        site_code=asked["site"],
        closure_id=asked["closure_id"],
        resource_id=asked["resource_id"],
        delegation_id=asked["delegation_id"],
        was=asked["was"],
        headcount=asked["headcount"],
        reason=asked["reason"],
    )


def _span(asked: dict[str, Any]) -> Span | None:
    """From when to when: of a stay, what is not said is as it was."""
    starts_at, ends_at = asked["starts_at"], asked["ends_at"]
    if asked["kind"] is DisturbanceKind.STAY and asked["delegation_id"] is not None:
        if asked["arrives_at"] is None and asked["departs_at"] is None:
            return None
        delegation = delegation_by_id(asked["delegation_id"])
        starts_at = asked["arrives_at"] or delegation.arrives_at
        ends_at = asked["departs_at"] or delegation.departs_at
        if ends_at <= starts_at:
            field = "arrives_at" if asked["departs_at"] is None else "departs_at"
            raise Invalid(field, "no_stay_left")
    return Span(starts_at, ends_at) if starts_at is not None and ends_at is not None else None


def _choice(asked: dict[str, Any]) -> RepairChoice:
    ids = [each["visit_id"] for each in asked["edited"]]
    for index, visit_id in enumerate(ids):
        if visit_id in ids[:index]:
            raise Invalid(f"edited.{index}.visit_id", "named_twice")
    return RepairChoice(
        only=None if asked["only_"] is None else tuple(asked["only_"]),
        edited={
            each["visit_id"]: Edit(
                tour_session_id=each["tour_session_id"],
                tour_code=each["tour_code"],
                starts_at=each["starts_at"],
                assign=None if each["assign"] is None else tuple(each["assign"]),
            )
            for each in asked["edited"]
        },
        postpone=tuple(asked["postpone"]),
        acknowledge=tuple(asked["acknowledge"]),
        acknowledge_reason=asked["acknowledge_reason"],
        overrides=frozenset(code.value for code in asked["override"]),
        override_reason=asked["override_reason"],
    )


@contextmanager
def _naming_edits(edits: list[dict[str, Any]]) -> Iterator[None]:
    """Say which edit named a session, tour or person that is not there."""
    try:
        yield
    except NotFound as absent:
        for index, each in enumerate(edits):
            for field in ("tour_session_id", "tour_code"):
                if each[field] is not None and each[field] == absent.which:
                    raise Invalid(f"edited.{index}.{field}", "unknown", value=absent.which) from None
            if absent.which in (each["assign"] or ()):
                raise Invalid(f"edited.{index}.assign", "unknown", value=absent.which) from None
        raise
