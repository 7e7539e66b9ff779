"""What a phone says at a gate, and what it is answered."""

import re
from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validates_schema

from scheduler.actions.gate import Seen, Tap
from scheduler.blueprints.api.schemas.base import Shape, words
from scheduler.blueprints.api.schemas.fields import Headcount, OneOf, RowId, Whole
from scheduler.blueprints.api.schemas.texts import Line, Paragraphs
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.core.gate import LONGEST_NOTE, Photographs, Said
from scheduler.core.lifecycle import VisitState
from scheduler.records.visits import Visit
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.names import name_of

SHAPE_OF_KEY = r"^[A-Za-z0-9_-]{8,64}$"
# What a tap says, by what it is about; and under which name it tells what stood there when it was tapped.
VALUES = {Said.ARRIVED: "count", Said.COUNT: "count", Said.NOTE: "note", Said.PHOTOGRAPHS: "photographs"}
NEEDED = {Said.COUNT: "count", Said.NOTE: "note", Said.PHOTOGRAPHS: "photographs"}
SEEN = {said: f"seen_{name}" for said, name in VALUES.items()} | {Said.UNDO: "seen_count"}


class TapKey(Line):
    """The name of one tap, made by the phone."""

    default_error_messages = words(form=_l("Give 8 to 64 letters, digits, - and _, such as a UUID."))
    pattern = SHAPE_OF_KEY

    def __init__(self, **more: Any) -> None:
        super().__init__(64, **more)

    def check(self, text: str) -> None:
        if not re.fullmatch(self.pattern.strip("^$"), text):
            raise self.make_error("form")


class TapIn(Shape):
    """One tap. `seen_…` is what stood on the phone then: somebody else's other word comes back as a conflict
    when it was not seen. Without it the last word counts."""

    key = TapKey(required=True)
    said = OneOf(Said, required=True)
    count = Headcount(allow_none=True)
    note = Paragraphs(LONGEST_NOTE, allow_none=True)
    photographs = OneOf(Photographs, allow_none=True)
    seen_count = Whole(0, 5000, allow_none=True)
    seen_note = Paragraphs(LONGEST_NOTE)
    seen_photographs = OneOf(Photographs)
    starts_at = Instant(allow_none=True, load_default=None)
    said_at = Instant(allow_none=True, load_default=None)

    @validates_schema
    def say_what(self, told: dict[str, Any], **_more: Any) -> None:
        needed = NEEDED.get(told["said"])
        if needed is not None and told.get(needed) is None:
            raise ValidationError(str(_("This is needed.")), needed)


class ScriptTapIn(TapIn):
    """The same from the roster's own script, which names the visit in the body."""

    visit_id = RowId(required=True)


class TappedOut(Schema):
    """How the visit stands at the gate now. `is_new` is false for a tap that had counted before."""

    visit_id = fields.Integer(required=True)
    state = OneOf(VisitState, required=True)
    state_text = fields.String(required=True)
    arrived = fields.Integer(required=True, allow_none=True)
    headcount = fields.Integer(required=True)
    photographs = OneOf(Photographs, required=True)
    note = fields.String(required=True)
    is_new = fields.Boolean(required=True)


def tap_in(told: dict[str, Any]) -> Tap:
    """A tap as it was sent."""
    said: Said = told["said"]
    value, seen = told.get(VALUES.get(said, "")), SEEN[said]
    return Tap(
        key=told["key"],
        said=said,
        value=value,
        seen=Seen(told[seen]) if seen in told else None,
        starts_at=told["starts_at"],
        said_at=told["said_at"],
    )


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
