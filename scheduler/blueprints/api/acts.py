"""What happens to a visit after it was booked, one door an act. Bodies may be empty."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.gate import say_at_gate
from scheduler.actions.lifecycle import PERMISSIONS, Told, act_upon
from scheduler.blueprints.api.answering import answered, seen_version, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.gate import TapIn, TappedOut, standing, tap_in
from scheduler.blueprints.api.schemas.visits import (
    ArriveIn,
    CallOffIn,
    ConfirmIn,
    DeclineIn,
    NothingIn,
    RequestIn,
    VisitOut,
)
from scheduler.blueprints.api.visits import agreement_in, tell_visit
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.doors import allow
from scheduler.identity import actor


@bp.post("/visits/<id:visit_id>/request")
@bp.input(RequestIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.REQUEST])
@writes(refuses=True, version="may")
def request_held_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Turn a hold into a request. The rules are asked again, since notice runs from the asking."""
    told = Told(
        acknowledge=tuple(json_data["acknowledge"]), acknowledge_reason=json_data["acknowledge_reason"]
    )
    return _do(visit_id, Act.REQUEST, told)


@bp.post("/visits/<id:visit_id>/confirm")
@bp.input(ConfirmIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.CONFIRM])
@writes(refuses=True, version="may")
def confirm_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Agree to a visit, as its site's manager, or record who agreed for the site."""
    return _do(visit_id, Act.CONFIRM, Told(agreement=agreement_in(json_data["agreement"])))


@bp.post("/visits/<id:visit_id>/decline")
@bp.input(DeclineIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.DECLINE])
@writes(refuses=True, version="may")
def decline_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Decline a visit for its site, offering other times."""
    told = Told(reason=json_data["reason"], offered_times=tuple(json_data["offered_times"]))
    return _do(visit_id, Act.DECLINE, told)


@bp.post("/visits/<id:visit_id>/cancel")
@bp.input(CallOffIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.CANCEL])
@writes(refuses=True, version="may")
def cancel_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Call a visit off for good."""
    return _do(visit_id, Act.CANCEL, Told(**json_data))


@bp.post("/visits/<id:visit_id>/postpone")
@bp.input(CallOffIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.POSTPONE])
@writes(refuses=True, version="may")
def postpone_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Put a visit off; it can be moved to another session later."""
    return _do(visit_id, Act.POSTPONE, Told(**json_data))


@bp.post("/visits/<id:visit_id>/arrive")
@bp.input(ArriveIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.ARRIVE])
@writes(refuses=True, version="may")
def record_arrival(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Record that the guests came, and how many. Doing it again corrects the count.

    Before the visit's own day begins at its site it is refused: `not_before_the_day`, whose fact `from` is
    that day's first instant."""
    return _do(visit_id, Act.ARRIVE, Told(count=json_data["count"]))


@bp.post("/visits/<id:visit_id>/tap")
@bp.input(TapIn)
@bp.output(TappedOut)
@allow(Permission.RECEIVE_VISITS)
@writes(refuses=True)
def tap_at_gate(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Say one thing at the gate: arrived, a count, a note, photographs, or that it was the wrong visit.

    Said again under the same `key` it is answered again and counts once; a key that comes with anything else
    is refused: `key_used_otherwise`. Arrivals and counts before the visit's own day begins at its site are
    refused: `not_before_the_day`."""

    def do() -> Answered:
        done = say_at_gate(visit_id, tap_in(json_data), by=actor(), at=now())
        return Answered(200, {**standing(done.visit), "is_new": done.is_new})

    return answered(do)


@bp.post("/visits/<id:visit_id>/no-show")
@bp.input(CallOffIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.NO_SHOW])
@writes(refuses=True, version="may")
def record_no_show(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Record that nobody came.

    Before the visit's own day begins at its site it is refused: `not_before_the_day`."""
    return _do(visit_id, Act.NO_SHOW, Told(**json_data))


@bp.post("/visits/<id:visit_id>/close")
@bp.input(NothingIn)
@bp.output(VisitOut)
@allow(PERMISSIONS[Act.CLOSE])
@writes(refuses=True, version="may")
def close_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Close the file of a visit that was carried out."""
    return _do(visit_id, Act.CLOSE, Told())


def _do(visit_id: int, act: Act, told: Told) -> Response:
    def do() -> Answered:
        act_upon(visit_id, act, told, seen=seen_version(), by=actor(), at=now())
        return Answered(200, tell_visit(visit_id))

    return answered(do)
