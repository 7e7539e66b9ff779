"""The shapes of the frame of a delegation's days."""

from apiflask import Schema
from marshmallow import fields

from scheduler.actions.stay_frames import LEAST_MINUTES, MOST_BREAKS, MOST_MINUTES
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Codes, Inside, OneOf, Several, Whole
from scheduler.blueprints.api.schemas.texts import SiteCode
from scheduler.blueprints.api.schemas.time_fields import HourOfDay
from scheduler.core.wishes import ANY_DAY, DAY_ENDS, DAY_STARTS, MOST_A_DAY, BreakKind


class BreakIn(Shape):
    """So many minutes that stay free between two local times, on these weekdays (0 is Monday; all unless
    told)."""

    kind = OneOf(BreakKind, required=True)
    earliest = HourOfDay(required=True)
    latest = HourOfDay(required=True)
    minutes = Whole(LEAST_MINUTES, MOST_MINUTES, required=True)
    weekdays = Codes(Whole(0, 6), 7, least=1, load_default=ANY_DAY)


class StayFrameIn(Shape):
    """The frame as a whole: what is left out is as usual. `base` is the code of the place they sleep at."""

    day_starts = HourOfDay(load_default=DAY_STARTS)
    day_ends = HourOfDay(load_default=DAY_ENDS)
    most_a_day = Whole(1, 6, load_default=MOST_A_DAY)
    base = SiteCode(20, allow_none=True, load_default=None)
    breaks = Several(Inside(BreakIn), MOST_BREAKS, load_default=list)


class BreakOut(Schema):
    """Minutes that stay free."""

    kind = OneOf(BreakKind, required=True)
    earliest = HourOfDay(required=True)
    latest = HourOfDay(required=True)
    minutes = fields.Integer(required=True)
    weekdays = Codes(fields.Integer(), required=True)


class StayFrameOut(Schema):
    """Between which local times they see something, how many visits a day, where they sleep, what stays
    free. `is_said` is false while nobody said anything and the usual frame counts. `suggests` names breaks
    that their needs ask for and nobody has entered: their hours are the officer's to say."""

    delegation_id = fields.Integer(required=True)
    is_said = fields.Boolean(required=True)
    day_starts = HourOfDay(required=True)
    day_ends = HourOfDay(required=True)
    most_a_day = fields.Integer(required=True)
    base = fields.String(required=True, allow_none=True)
    breaks = fields.List(fields.Nested(BreakOut), required=True)
    suggests = fields.List(OneOf(BreakKind), required=True)
    version = fields.Integer(required=True)
