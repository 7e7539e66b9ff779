"""A visit dropped on a guide, an interpreter or a vehicle: they are asked to come; and let go again."""

from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _
from werkzeug.exceptions import UnprocessableEntity

from scheduler.access import Actor
from scheduler.actions.assignments import assign, release
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.versions import StaleVersion
from scheduler.blueprints.board.answers import Sentences
from scheduler.blueprints.board.asking import in_json
from scheduler.blueprints.board.forms import PEOPLE, BoardWanted
from scheduler.blueprints.board.refusals import refused_answer, stale_answer
from scheduler.blueprints.board.telling import Teller
from scheduler.core.duties import ResourceKind
from scheduler.records.carried import Carried
from scheduler.records.duty_lookup import assignment_numbered, suggested_for
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.code_names import DUTY_STATES
from scheduler.words.own_names import own_name

KINDS = tuple(kind.value for kind in (*PEOPLE.values(), ResourceKind.LIAISON_OFFICER))


def answers_of_people(item: Carried, wanted: BoardWanted, by: Actor) -> dict[str, Any]:
    """Who of the kind that is shown could come along, and why the others cannot."""
    row = f"delegation:{item.delegation_id}"
    if item.request.visit_id is None:
        return {"answers": [], "otherwise": [_book_first()], "row": row}
    visit, kind = visit_seen_by(by, item.request.visit_id), PEOPLE[wanted.rows]
    sentences, teller = Sentences(), Teller(may_book=True)
    told = [
        {
            "row": f"{kind.value}:{each.resource.id}",
            "session": None,
            "tour_code": None,
            "start": teller.instant(visit.starts_at),
            "end": teller.instant(visit.ends_at),
            "would_work": each.is_free,
            "reasons": [sentences.say(refusal) for refusal in each.refusals],
            "cautions": [],
        }
        for each in suggested_for(visit, kind, wanted.at)
    ]
    return {"answers": told, "otherwise": [_("They come along already.")], "row": row}


def drop_on_person(item: Carried, resource_id: int, by: Actor, at: datetime) -> Response:
    """Ask somebody to come along with a visit, or a vehicle to drive them there."""
    visit_id = item.request.visit_id
    if visit_id is None:
        raise UnprocessableEntity(_book_first())
    try:
        made = assign(visit_id, resource_id, by=by, at=at)
    except VisitRefused as refused:
        return refused_answer(refused.verdict, item.request)
    duty = assignment_numbered(made.id)
    told = {"who": own_name(duty.resource), "what": item.name}
    return in_json(
        {
            "visit_id": visit_id,
            "state": duty.state.value,
            "state_text": str(DUTY_STATES[duty.state.value]),
            "message": _("Asked to come along: %(who)s, with %(what)s.", **told),
            "undo": {"assignment_id": duty.id, "seen": duty.version, "kind": "assign"},
        }
    )


def let_go(assignment_id: int, seen: int, by: Actor, at: datetime) -> Response:
    """Take the asking back, as long as nobody has answered it."""
    try:
        duty = assignment_numbered(release(assignment_id, seen=seen, by=by, at=at).id)
    except VisitRefused as refused:
        return refused_answer(refused.verdict, None)
    except StaleVersion as stale:
        name = own_name(assignment_numbered(assignment_id).resource)
        return stale_answer(name, "assignment", assignment_id, seen=seen, stale=stale)
    words = _("Not asked any more: %(who)s.", who=own_name(duty.resource))
    return in_json({"message": words, "visit_id": duty.visit_id})


def _book_first() -> str:
    return _("Book it first: people and vehicles go along with a visit.")
