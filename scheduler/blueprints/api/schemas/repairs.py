"""The shapes of repairs: what is disturbed, each visit before and after, and what is chosen of it."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.actions.repair_acceptance import MOST_VISITS
from scheduler.blueprints.api.schemas.answers import AlternativeOut
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Flag, Headcount, Inside, OneOf, RowId, Several
from scheduler.blueprints.api.schemas.plan_answers import DayReasonOut, GoesAlongOut, RemedyOut
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.texts import Line, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.blueprints.api.schemas.visits import WhichSession
from scheduler.core.disturbances import DisturbanceKind
from scheduler.core.verdicts import RefusalCode
from scheduler.planner.repairs.answers import Fate

_D = DisturbanceKind
# Which fields say what each kind is about.
SAID_OF = {
    _D.CLOSURE: {"site", "closure_id", "starts_at", "ends_at", "reason"},
    _D.ABSENCE: {"resource_id", "starts_at", "ends_at"},
    _D.STAY: {"delegation_id", "arrives_at", "departs_at"},
    _D.HEADCOUNT: {"delegation_id", "headcount", "was"},
}
ABOUT = frozenset().union(*SAID_OF.values())


class RepairTermsIn(Shape):
    """Which refusals may be passed (the head's to say)."""

    override = Several(OneOf(RefusalCode), load_default=list)


class DisturbanceIn(RepairTermsIn):
    """What went wrong, or with `rehearse` might.

    A closure names its `site`, and its `closure_id` or, rehearsed, `starts_at` and `ends_at`; an absence the
    `resource_id`, `starts_at` and `ends_at` (of leave that is entered, unless rehearsed); a stay the
    `delegation_id` and, rehearsed, `arrives_at` or `departs_at`; a headcount the `delegation_id`, how many
    come (as many as it has, unless rehearsed) and how many were thought to (`was`: as many as it has, or as
    its visits were booked for)."""

    kind = OneOf(DisturbanceKind, required=True)
    rehearse = Flag(load_default=False)
    site = SiteCode(20, allow_none=True, load_default=None)
    closure_id = RowId(allow_none=True, load_default=None)
    resource_id = RowId(allow_none=True, load_default=None)
    delegation_id = RowId(allow_none=True, load_default=None)
    starts_at = Instant(allow_none=True, load_default=None)
    ends_at = Instant(allow_none=True, load_default=None)
    arrives_at = Instant(allow_none=True, load_default=None)
    departs_at = Instant(allow_none=True, load_default=None)
    headcount = Headcount(allow_none=True, load_default=None)
    was = Headcount(allow_none=True, load_default=None)
    reason = Line(300, load_default="")

    @validates_schema(skip_on_field_errors=True)
    def say_only_what_belongs(self, told: dict[str, Any], **_more: Any) -> None:
        for name in sorted(ABOUT - SAID_OF[told["kind"]]):
            if told.get(name) not in (None, ""):
                raise ValidationError(_("This does not belong to a disturbance of this kind."), name)
        for name in _said_twice(told):
            raise ValidationError(_("This is as it is entered already: leave it out, or rehearse."), name)
        if told["rehearse"] and told["closure_id"] is not None:
            raise ValidationError(
                _("A closure that is entered is not rehearsed: leave out closure_id, or rehearse."),
                "closure_id",
            )
        for one, other in (("starts_at", "ends_at"), ("ends_at", "starts_at")):
            if told[one] is not None and told[other] is None:
                raise ValidationError(_("Give starts_at and ends_at together."), other)
        if told["starts_at"] is not None and told["ends_at"] <= told["starts_at"]:
            raise ValidationError(_("Must be after starts_at."), "ends_at")


def _said_twice(told: dict[str, Any]) -> list[str]:
    """What is said of something that is entered already, and would be thrown away."""
    if told["rehearse"]:
        return []
    if told["kind"] is _D.CLOSURE and told["closure_id"] is not None:
        return [name for name in ("starts_at", "ends_at", "reason") if told[name]]
    return [name for name in ("arrives_at", "departs_at") if told[name] is not None]


class EditIn(WhichSession):
    """A visit and the session it goes to instead; who comes along instead (null: as proposed)."""

    visit_id = RowId(required=True)
    assign = Several(RowId(), allow_none=True, load_default=None)


class ChoiceIn(Shape):
    """What is chosen of a repair: `only` these visits (all that keep a place, unless told), where some go
    instead, which are put off."""

    # A schema has an `only` of its own.
    only_ = Several(RowId(), MOST_VISITS, data_key="only", allow_none=True, load_default=None)
    edited = Several(Inside(EditIn), MOST_VISITS, load_default=list)
    postpone = Several(RowId(), MOST_VISITS, load_default=list)


class UnresolvedOut(Schema):
    """A visit of a repair that is still to be settled, what was proposed for it, and how to settle it."""

    visit_id = fields.Integer(required=True)
    fate = OneOf(Fate, required=True)
    text = fields.String(required=True)


class DisturbanceOut(Schema):
    """What a repair is about."""

    kind = OneOf(DisturbanceKind, required=True)
    rehearse = fields.Boolean(attribute="is_rehearsed", required=True)
    site = fields.String(attribute="site_code", required=True, allow_none=True)
    closure_id = fields.Integer(required=True, allow_none=True)
    resource_id = fields.Integer(required=True, allow_none=True)
    delegation_id = fields.Integer(required=True, allow_none=True)
    starts_at = Instant(attribute="span.starts_at", required=True, allow_none=True, dump_default=None)
    ends_at = Instant(attribute="span.ends_at", required=True, allow_none=True, dump_default=None)
    was = fields.Integer(required=True, allow_none=True)
    headcount = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)


class SpotOut(Schema):
    """Where a visit is or would be; without an id, a window that nobody has booked."""

    site = fields.String(required=True)
    tour_code = fields.String(required=True)
    tour_session_id = fields.Integer(required=True, allow_none=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    headcount = fields.Integer(required=True)
    assign = fields.List(fields.Nested(GoesAlongOut), required=True)


class RepairedVisitOut(Schema):
    """One visit before and after. Not `is_touched`: it only makes room for another."""

    visit_id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    part_id = fields.Integer(required=True, allow_none=True)
    is_touched = fields.Boolean(required=True)
    fate = OneOf(Fate, required=True)
    because = fields.List(fields.Nested(ReasonOut), required=True)
    before = fields.Nested(SpotOut, required=True)
    after = fields.Nested(SpotOut, required=True, allow_none=True)
    cautions = fields.List(fields.Nested(ReasonOut), required=True)
    reasons = fields.List(fields.Nested(DayReasonOut), required=True)
    alternatives = fields.List(fields.Nested(AlternativeOut), required=True)
    remedies = fields.List(fields.Nested(RemedyOut), required=True)


class RepairOut(Schema):
    """The plan for all visits together. `bound` is the fewest that could move; proven where `is_proven`."""

    text = fields.String(required=True)
    touched = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    bound = fields.Integer(required=True)
    reassigned = fields.Integer(required=True)
    delegations = fields.Integer(required=True)
    is_proven = fields.Boolean(required=True)
    seconds = fields.Float(required=True)
    visits = fields.List(fields.Nested(RepairedVisitOut), required=True)
