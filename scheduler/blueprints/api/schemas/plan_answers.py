"""The shapes of what the planner answers: proposals with stops, ways and figures; wishes without a place."""

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.schemas.fields import OneOf
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.core.duties import ResourceKind
from scheduler.core.slack import Spare
from scheduler.core.wishes import BreakKind
from scheduler.planner.answers import DemandKind, ReasonCode, RemedyCode


class PlanTroubleOut(Schema):
    """Why a plan failed: its code, and in words."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class GoesAlongOut(Schema):
    """Who goes along: guide, interpreter, vehicle."""

    resource_id = fields.Integer(required=True)
    kind = OneOf(ResourceKind, required=True, allow_none=True)
    name = fields.String(required=True)


class PlannedVisitOut(Schema):
    """One visit of a stop: the delegation, or a share of it (`share`, from 1), in one session."""

    tour_session_id = fields.Integer(required=True, allow_none=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    headcount = fields.Integer(required=True)
    share = fields.Integer(required=True, allow_none=True)
    assign = fields.List(fields.Nested(GoesAlongOut), required=True)
    cautions = fields.List(fields.Nested(ReasonOut), required=True)


class PlannedStopOut(Schema):
    """One stop and the wish it fulfils; several visits where the party is split."""

    index = fields.Integer(required=True)
    wish_id = fields.Integer(required=True)
    site = fields.String(required=True)
    tour_code = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    is_pinned = fields.Boolean(required=True)
    is_fallback = fields.Boolean(required=True)
    visits = fields.List(fields.Nested(PlannedVisitOut), required=True)


class LegOut(Schema):
    """A way within a day: places by code (null: nobody said where), minutes on the way and to spare (null:
    nobody knows)."""

    origin = fields.String(required=True, allow_none=True)
    destination = fields.String(required=True, allow_none=True)
    leaves_at = Instant(required=True)
    arrives_by = Instant(required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    slack_minutes = fields.Integer(required=True, allow_none=True)
    spare = OneOf(Spare, required=True)


class PlannedBreakOut(Schema):
    """Where a meal or prayer finds its minutes."""

    kind = OneOf(BreakKind, required=True)
    starts_at = Instant(attribute="span.starts_at", required=True)
    ends_at = Instant(attribute="span.ends_at", required=True)


class FiguresOut(Schema):
    """A proposal in numbers, in their order of importance."""

    musts_kept = fields.Integer(required=True)
    musts = fields.Integer(required=True)
    priorities = fields.Float(required=True)
    priorities_wished = fields.Integer(required=True)
    cautions = fields.Integer(required=True)
    travel_minutes = fields.Integer(required=True)
    idle_minutes = fields.Integer(required=True)
    imbalance = fields.Integer(required=True)
    finish_minutes = fields.Integer(required=True)


class DayReasonOut(Schema):
    """Why a wish is not on one day: the sessions meant, and the rules' own refusals, one of each code."""

    on = Day(required=True)
    code = OneOf(ReasonCode, required=True)
    tour_code = fields.String(required=True)
    starts = fields.List(Instant(), required=True)
    refusals = fields.List(fields.Nested(ReasonOut), required=True)
    facts = fields.Dict(required=True)
    text = fields.String(required=True)


class RemedyOut(Schema):
    """What would have to change, and the session that would then do; each was tried."""

    code = OneOf(RemedyCode, required=True)
    tour_code = fields.String(required=True)
    starts_at = Instant(required=True)
    facts = fields.Dict(required=True)
    text = fields.String(required=True)


class UnmetOut(Schema):
    """A wish that a proposal leaves out: why on each day, what would help, and all of it in words."""

    wish_id = fields.Integer(required=True)
    text = fields.String(required=True)
    reasons = fields.List(fields.Nested(DayReasonOut), required=True)
    remedies = fields.List(fields.Nested(RemedyOut), required=True)


class DemandOut(Schema):
    """One demand of those that cannot be met together: `id` of the wish, engagement or visit."""

    kind = OneOf(DemandKind, required=True)
    id = fields.Integer(required=True, allow_none=True)
    facts = fields.Dict(required=True)
    text = fields.String(required=True)


class ConflictOut(Schema):
    """Demands that cannot be met together; `is_smallest`: it is proven that no fewer cannot."""

    demands = fields.List(fields.Nested(DemandOut), required=True)
    is_smallest = fields.Boolean(required=True)


class ProposedOut(Schema):
    """One programme, in order of hour. `is_proven`: there is no better one."""

    index = fields.Integer(required=True)
    stops = fields.List(fields.Nested(PlannedStopOut), required=True)
    legs = fields.List(fields.Nested(LegOut), required=True)
    breaks = fields.List(fields.Nested(PlannedBreakOut), required=True)
    figures = fields.Nested(FiguresOut, required=True)
    unmet = fields.List(fields.Nested(UnmetOut), required=True)
    is_proven = fields.Boolean(required=True)
