"""The shapes of assignments: who comes along, who could, who is with a delegation all day."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Headcount, OneOf, RowId
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.core.duties import DutyState, ResourceKind


class WhoIn(Shape):
    """Who is to come. `headcount` is how many ride in a vehicle: all unless given."""

    resource_id = RowId(required=True)
    headcount = Headcount(allow_none=True, load_default=None)


class AssignIn(WhoIn):
    """Who is to come to a visit. The duty lasts from `starts_at` to `ends_at`, transfer included: the usual
    set-up and wrap-up around the visit unless both are given."""

    starts_at = Instant(allow_none=True, load_default=None)
    ends_at = Instant(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=True)
    def go_together(self, told: dict[str, Any], **_more: Any) -> None:
        if (told["starts_at"] is None) != (told["ends_at"] is None):
            missing = "ends_at" if told["ends_at"] is None else "starts_at"
            raise ValidationError(_("starts_at and ends_at go together."), missing)


class AssignDayIn(WhoIn):
    """A vehicle or liaison officer with a delegation, or a part of it, over at most a day."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    part_id = RowId(allow_none=True, load_default=None)


class SuggestionQuery(Shape):
    """Of which kind."""

    kind = OneOf(ResourceKind, required=True)


class AssignmentOut(Schema):
    """One person or vehicle for one visit, or (`visit_id` null) for a stretch of a delegation's day. Its
    times hold set-up and wrap-up."""

    id = fields.Integer(required=True)
    resource_id = fields.Integer(required=True)
    kind = OneOf(ResourceKind, attribute="resource.kind", required=True)
    name = fields.String(attribute="resource.name", required=True)
    delegation_id = fields.Integer(required=True)
    part_id = fields.Integer(allow_none=True)
    visit_id = fields.Integer(allow_none=True)
    starts_at = Instant(zone_of="resource.zone")
    ends_at = Instant(zone_of="resource.zone")
    headcount = fields.Integer(allow_none=True)
    state = OneOf(DutyState, required=True)
    note = fields.String()
    answered_by = fields.String()
    answered_at = Instant(zone_of="resource.zone", allow_none=True)
    version = fields.Integer(required=True)


class AssignmentsOut(Schema):
    """Assignments, those that hold first."""

    items = fields.List(fields.Nested(AssignmentOut), required=True)


class SuggestionOut(Schema):
    """One who could come: the best first."""

    resource_id = fields.Integer(required=True)
    name = fields.String(required=True)
    is_free = fields.Boolean(required=True)
    duties_that_day = fields.Integer(required=True)
    minutes_away = fields.Integer(allow_none=True)
    refusals = fields.List(fields.Nested(ReasonOut), required=True)


class SuggestionsOut(Schema):
    """Everybody of a kind as they stand to a visit, the best first."""

    items = fields.List(fields.Nested(SuggestionOut), required=True)
