"""What the roster's script says, tap by tap."""

import json

from flask import Response

from scheduler.access import Permission
from scheduler.actions.gate import say_at_gate
from scheduler.blueprints.api.schemas.gate import ScriptTapIn, standing, tap_in
from scheduler.blueprints.board.schemas import body_as
from scheduler.blueprints.rosters.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor, for_scripts


@bp.post("/tap")
@allow(Permission.RECEIVE_VISITS)
@for_scripts
def tap() -> Response:
    """One tap; said again under its key, it is answered again and counts once."""
    told = body_as(ScriptTapIn)
    done = say_at_gate(told["visit_id"], tap_in(told), by=actor(), at=now())
    body = json.dumps(standing(done.visit) | {"is_new": done.is_new}, ensure_ascii=False)
    return Response(body, content_type="application/json")
