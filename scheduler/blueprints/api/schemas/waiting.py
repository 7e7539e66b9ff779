"""The shapes of waiting lists."""

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Headcount, OneOf, RowId, Whole
from scheduler.blueprints.api.schemas.texts import Language
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.records.waiting import WaitingState


class WaitingIn(Shape):
    """Who waits for places, and for how many hours the places are then held for them."""

    delegation_id = RowId(required=True)
    part_id = RowId(allow_none=True, load_default=None)
    headcount = Headcount(allow_none=True, load_default=None)
    language = Language(allow_none=True, load_default=None)
    hold_hours = Whole(1, 720, load_default=48)


class WaitingOut(Schema):
    """One entry of a session's waiting list. `visit_id` is the visit held for them once promoted."""

    id = fields.Integer(required=True)
    tour_session_id = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    delegation = fields.String(attribute="delegation.name")
    part_id = fields.Integer(allow_none=True)
    headcount = fields.Integer()
    language = fields.String(allow_none=True)
    hold_hours = fields.Integer()
    state = OneOf(WaitingState, required=True)
    visit_id = fields.Integer(allow_none=True)
    asked_at = Instant()
    ended_at = Instant(allow_none=True)
    version = fields.Integer(required=True)


class WaitingListOut(Schema):
    """Who waits, the first who asked first."""

    items = fields.List(fields.Nested(WaitingOut), required=True)
