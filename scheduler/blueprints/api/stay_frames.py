"""The frame of a delegation's days: read, and told anew as a whole."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.stay_frames import keep_frame
from scheduler.blueprints.api.answering import answered, seen_version, told, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.stay_frames import StayFrameIn, StayFrameOut
from scheduler.clock import now
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegations import Delegation, Need
from scheduler.records.stay_frames import frame_told, kept_frame

EXAMPLE = {
    "day_starts": "09:30",
    "day_ends": "17:30",
    "most_a_day": 3,
    "breaks": [{"kind": "meal", "earliest": "11:30", "latest": "13:30", "minutes": 60}],
}
TELL = StayFrameOut()
# Of nothing that was kept, this is the version.
NOTHING_SAID = 0


@bp.get("/delegations/<id:delegation_id>/stay-frame")
@bp.output(StayFrameOut)
@allow(Permission.READ_DELEGATIONS)
def read_stay_frame(delegation_id: int) -> Response:
    """Read between which hours a delegation sees something, where it sleeps, and what stays free."""
    return told(_values(delegation_by_id(delegation_id)))


@bp.put("/delegations/<id:delegation_id>/stay-frame")
@bp.input(StayFrameIn, example=EXAMPLE)
@bp.output(StayFrameOut)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="may")
def keep_stay_frame(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Tell the frame of a delegation's days as a whole: what is left out is as usual."""
    breaks = tuple(Break(**each) for each in json_data.pop("breaks"))
    frame = StayFrame(**json_data, breaks=breaks)

    def act() -> Answered:
        keep_frame(delegation_id, frame, seen=seen_version(), by=actor(), at=now())
        return Answered(200, _values(delegation_by_id(delegation_id)))

    return answered(act)


def _values(delegation: Delegation) -> dict[str, Any]:
    kept = kept_frame(delegation.id)
    frame = frame_told(kept)
    names = ("day_starts", "day_ends", "most_a_day", "base", "breaks")
    values = {name: getattr(frame, name) for name in names} | {
        "delegation_id": delegation.id,
        "is_said": kept is not None,
        "suggests": _suggested(delegation, frame),
        "version": NOTHING_SAID if kept is None else kept.version,
    }
    told_values: dict[str, Any] = TELL.dump(values)
    return told_values


def _suggested(delegation: Delegation, frame: StayFrame) -> list[BreakKind]:
    """Who needs a room to pray needs the time for it, too; when, nobody but the officer can say."""
    prays = any(each.kind is BreakKind.PRAYER for each in frame.breaks)
    return [BreakKind.PRAYER] if Need.PRAYER_ROOM in delegation.needs and not prays else []
