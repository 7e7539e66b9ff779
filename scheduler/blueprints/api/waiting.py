"""The waiting list of a session: joined, told, left."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.waiting import join_waiting, leave_waiting
from scheduler.blueprints.api.answering import answered, makes_several, naming, seen_version, told, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.waiting import WaitingIn, WaitingListOut, WaitingOut
from scheduler.blueprints.api.visits import headcount_of
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.tour_lookup import session_sheet
from scheduler.records.waiting_lookup import waiting_list

EXAMPLE = {"delegation_id": 1, "headcount": 12, "hold_hours": 48}
TELL = WaitingOut()


@bp.post("/sessions/<id:tour_session_id>/waiting")
@bp.input(WaitingIn, example=EXAMPLE)
@bp.output(WaitingOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
@makes_several
def wait(tour_session_id: int, json_data: dict[str, Any]) -> Response:
    """Wait for places in a session.

    When places come free, the first that fits gets a hold of `hold_hours`. 409 `places_free` where there is
    room; `refused` where something stands against it that no waiting cures. Asking twice gives the entry that
    is there.
    """

    def act() -> Answered:
        session_sheet(actor(), tour_session_id)
        with naming(delegation="delegation_id", part="part_id"):
            request = VisitRequest(
                delegation_id=json_data["delegation_id"],
                tour_session_id=tour_session_id,
                headcount=headcount_of(json_data),
                part_id=json_data["part_id"],
                language=json_data["language"],
            )
            made = join_waiting(request, hold_hours=json_data["hold_hours"], by=actor(), at=now())
        return Answered(201, TELL.dump(made))

    return answered(act)


@bp.get("/sessions/<id:tour_session_id>/waiting")
@bp.output(WaitingListOut)
@allow(Permission.READ_DELEGATIONS)
def list_waiting(tour_session_id: int) -> Response:
    """List who waits for places in a session, the first who asked first."""
    session_sheet(actor(), tour_session_id)
    return told({"items": TELL.dump(waiting_list(tour_session_id=tour_session_id), many=True)})


@bp.delete("/waiting/<id:waiting_id>")
@bp.output({}, status_code=204)
@allow(Permission.BOOK_VISITS)
@writes(version="may")
def stop_waiting(waiting_id: int) -> Response:
    """Take an entry off its waiting list."""

    def act() -> Answered:
        leave_waiting(waiting_id, seen=seen_version(), by=actor(), at=now())
        return Answered(204, {})

    return answered(act)
