"""The shapes of engagements, parts, attendance, approvals and published programmes."""

from typing import Any

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Headcount, Inside, OneOf, RowId, Several
from scheduler.blueprints.api.schemas.texts import Line, Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.blueprints.api.schemas.visits import CautionTick
from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.records.programmes import DisclosureClass

MOST_NAMED = 500


class EngagementChanges(Shape):
    """What changes of an engagement. Only a transfer has a destination, and it must have one."""

    kind = OneOf(EngagementKind)
    title = Line(200)
    starts_at = Instant()
    ends_at = Instant()
    place = SiteCode(20, allow_none=True)
    destination = SiteCode(20, allow_none=True)
    part_id = RowId(allow_none=True)
    headcount = Headcount(allow_none=True)
    host = Line(200)
    note = Paragraphs()
    acknowledge = Several(CautionTick())
    acknowledge_reason = Paragraphs()


class EngagementIn(EngagementChanges):
    """An engagement to plan. `place` and `destination` are codes of places; `headcount` is all of the part,
    or of the delegation, unless given."""

    kind = OneOf(EngagementKind, required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)


class EngagementQuery(Page):
    """Which engagements."""

    state = OneOf(EngagementState)


class CancelIn(Shape):
    """Why it is called off."""

    reason = Paragraphs(load_default="")


class EngagementOut(Schema):
    """An engagement. Times are on the city's clock."""

    id = fields.Integer(required=True)
    uid = fields.String(required=True)
    delegation_id = fields.Integer(required=True)
    kind = OneOf(EngagementKind, required=True)
    state = OneOf(EngagementState, required=True)
    title = fields.String()
    starts_at = Instant()
    ends_at = Instant()
    place = fields.String(allow_none=True)
    destination = fields.String(allow_none=True)
    part_id = fields.Integer(allow_none=True)
    headcount = fields.Integer()
    host = fields.String()
    note = fields.String()
    acknowledged = fields.List(fields.String())
    acknowledge_reason = fields.String()
    sequence = fields.Integer()
    version = fields.Integer(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Places are told by their codes."""
        if attr in ("place", "destination"):
            place = getattr(obj, attr)
            return None if place is None else place.code
        if attr == "acknowledged":
            return obj.acknowledged.split()
        return super().get_attribute(obj, attr, default)


class PartIn(Shape):
    """One part as it should be. With its `id` it may change its name; without one it is known by its name."""

    id = RowId(allow_none=True, load_default=None)
    name = Line(100, least=1, required=True)
    headcount = Headcount(required=True)
    delegate_ids = Several(RowId(), MOST_NAMED, load_default=list)


class DivisionIn(Shape):
    """All parts of one division. Parts that are left out go; none at all ends the division."""

    division = Line(100, least=1, required=True)
    parts = Several(Inside(PartIn), 50, required=True)


class PartOut(Schema):
    """A named share of a delegation."""

    id = fields.Integer(required=True)
    division = fields.String(required=True)
    name = fields.String(required=True)
    headcount = fields.Integer(required=True)
    delegate_ids = fields.List(fields.Integer())

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Members are told by their ids."""
        if attr == "delegate_ids":
            return [each.id for each in obj.members]
        return super().get_attribute(obj, attr, default)


class DivisionOut(Schema):
    """A division as it is now. `version` is the delegation's."""

    division = fields.String(required=True)
    parts = fields.List(fields.Nested(PartOut), required=True)
    version = fields.Integer(required=True)


class AttendanceIn(Shape):
    """Who attends; nobody named means everybody the stop is for."""

    delegate_ids = Several(RowId(), MOST_NAMED, required=True)


class AttendanceOut(Schema):
    """Who is named for a stop, in order of precedence. `version` is the stop's."""

    delegate_ids = fields.List(fields.Integer(), required=True)
    version = fields.Integer(required=True)


class ApprovalChanges(Shape):
    """What changes of an internal approval."""

    document_number = Line(100, least=1)
    approved_by = Line(200, least=1)
    approved_on = Day()
    disclosure = OneOf(DisclosureClass)
    co_signed = Several(Line(200, least=1))
    note = Paragraphs()


class ApprovalIn(ApprovalChanges):
    """The internal paper behind a programme: its number as printed, who approved it and on which day."""

    document_number = Line(100, least=1, required=True)
    approved_by = Line(200, least=1, required=True)
    approved_on = Day(required=True)
    disclosure = OneOf(DisclosureClass, required=True)


class ApprovalOut(Schema):
    """An internal approval."""

    id = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    document_number = fields.String(required=True)
    approved_by = fields.String(required=True)
    approved_on = Day(required=True)
    disclosure = OneOf(DisclosureClass, required=True)
    co_signed = fields.List(fields.String())
    note = fields.String()
    entered_at = Instant()
    version = fields.Integer(required=True)


class PublishIn(Shape):
    """What stands behind a version, and what guests should know of it."""

    approval_id = RowId(allow_none=True, load_default=None)
    reason = Paragraphs(500, load_default="")


class ProgrammeVersionOut(Schema):
    """One published version, whole: `content` holds delegation, stops, legs (minutes and slack) and duties,
    `differences` what changed since the version before. Instants are in UTC; people stand by their ids."""

    id = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    is_amended = fields.Boolean(required=True)
    reason = fields.String()
    approval_id = fields.Integer(allow_none=True)
    published_at = Instant()
    content = fields.Dict()
    differences = fields.List(fields.Dict())


EngagementsOut = list_of(EngagementOut, "EngagementsOut")
PartsOut = list_of(PartOut, "PartsOut")
ApprovalsOut = list_of(ApprovalOut, "ApprovalsOut")
ProgrammeVersionsOut = list_of(ProgrammeVersionOut, "ProgrammeVersionsOut")
