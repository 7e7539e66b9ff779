"""What the roster's script says, tap by tap; and what it is told of each line."""

import json
from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.gate import say_at_gate
from scheduler.blueprints.api.schemas.gate import ScriptTapIn, tap_in
from scheduler.blueprints.board.schemas import body_as
from scheduler.blueprints.rosters.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor, for_scripts
from scheduler.records.visits import Visit
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.names import name_of


@bp.post("/tap")
@allow(Permission.RECEIVE_VISITS)
@for_scripts
def tap() -> Response:
    """One tap; said again under its key, it is answered again and counts once."""
    told = body_as(ScriptTapIn)
    done = say_at_gate(told["visit_id"], tap_in(told), by=actor(), at=now())
    body = json.dumps(standing(done.visit) | {"is_new": done.is_new}, ensure_ascii=False)
    return Response(body, content_type="application/json")


def standing(visit: Visit) -> dict[str, Any]:
    """How a visit stands at the gate now."""
    return {
        "visit_id": visit.id,
        "state": visit.state.value,
        "state_text": name_of(VISIT_STATES, visit.state),
        "arrived": visit.arrived_count,
        "headcount": visit.headcount,
        "photographs": visit.photographs.value,
        "note": visit.gate_note,
    }
