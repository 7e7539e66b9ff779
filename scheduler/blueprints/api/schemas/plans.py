"""The shapes of plans: what is asked of the planner, what it proposes, and accepting that."""

from enum import StrEnum
from typing import Any

from apiflask import Schema
from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validates_schema

from scheduler.actions.plans import LEAST_SECONDS, MOST_ALTERNATIVES, MOST_BANS, MOST_PINS
from scheduler.blueprints.api.paging import list_of
from scheduler.blueprints.api.schemas.base import Said, Shape, words
from scheduler.blueprints.api.schemas.fields import Inside, OneOf, RowId, Several, Whole
from scheduler.blueprints.api.schemas.plan_answers import ConflictOut, PlanTroubleOut, ProposedOut, UnmetOut
from scheduler.blueprints.api.schemas.repairs import ChoiceIn, DisturbanceOut, RepairOut, UnresolvedOut
from scheduler.blueprints.api.schemas.texts import Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.blueprints.api.schemas.visits import CautionTick, VisitOut
from scheduler.core.verdicts import RefusalCode
from scheduler.planner.asked import ALTERNATIVES, SECONDS
from scheduler.records.plans import PlanKind, PlanState

MOST_INDEX = 1000
PIN_BY_WISH, PIN_BY_STOP = ("wish_id", "tour", "starts_at"), ("plan_id", "proposal", "stop")


class AcceptedAs(StrEnum):
    """Requested from the owners, as is usual, or held for some time."""

    HELD = "held"
    REQUESTED = "requested"


class Seconds(Said, fields.Float):
    """How long a plan may take: more than nothing, and no more than the city allows."""

    default_error_messages = words(
        invalid=_l("Give a number of seconds."),
        range=_l("Must be between %(least)s and %(most)s seconds."),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, metadata={"exclusiveMinimum": 0})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid")
        most = current_app.config["PLAN_SECONDS_MOST"]
        # Compared before anything else is done with it: a JSON number may have any number of digits.
        if not LEAST_SECONDS <= value <= most:
            told = {"least": f"{LEAST_SECONDS:g}", "most": f"{most:g}"}
            raise ValidationError(str(self.error_messages["range"]) % told)
        return float(value)


class PinIn(Shape):
    """What stays: a wish at a session (`wish_id`, `tour`, `starts_at`), or a stop of a former plan
    (`plan_id`, `proposal`, `stop`: its indexes there)."""

    wish_id = RowId()
    tour = SiteCode(30)
    starts_at = Instant()
    plan_id = RowId()
    proposal = Whole(0, MOST_INDEX)
    stop = Whole(0, MOST_INDEX)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def name_one_stop(self, _told: Any, given: Any, **_more: Any) -> None:
        if not isinstance(given, dict):
            return
        named = {name for name in (*PIN_BY_WISH, *PIN_BY_STOP) if given.get(name) is not None}
        if named not in (set(PIN_BY_WISH), set(PIN_BY_STOP)):
            told = _("Name a wish with its tour and starts_at, or a plan_id with its proposal and stop.")
            raise ValidationError(told, "wish_id")


class BanIn(Shape):
    """What is not to be proposed again: a tour, at one hour (`starts_at`), on one day (`on`), or ever."""

    tour = SiteCode(30, required=True)
    starts_at = Instant(allow_none=True, load_default=None)
    on = Day(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def name_hour_or_day(self, _told: Any, given: Any, **_more: Any) -> None:
        if isinstance(given, dict) and given.get("starts_at") is not None and given.get("on") is not None:
            raise ValidationError(_("Give starts_at or on, not both."), "on")


class PlanIn(Shape):
    """A delegation's days to be planned."""

    delegation_id = RowId(required=True)
    pins = Several(Inside(PinIn), MOST_PINS, load_default=list)
    bans = Several(Inside(BanIn), MOST_BANS, load_default=list)
    alternatives = Whole(1, MOST_ALTERNATIVES, load_default=ALTERNATIVES)
    seconds = Seconds(load_default=SECONDS)


class AcceptPlanIn(ChoiceIn):
    """Of a programme: which proposal (its `index`), which of its stops (all unless told), as what
    (requested, unless told). Of a repair: `only`, `edited`, `postpone`. The cautions ticked; of a repair what
    is overridden, too."""

    proposal = Whole(0, MOST_INDEX, allow_none=True, load_default=None)
    as_ = OneOf(AcceptedAs, data_key="as", allow_none=True, load_default=None)
    stops = Several(Whole(0, MOST_INDEX), MOST_INDEX, least=1, allow_none=True, load_default=None)
    hold_until = Instant(allow_none=True, load_default=None)
    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(load_default="")
    override = Several(OneOf(RefusalCode), load_default=list)
    override_reason = Paragraphs(load_default="")


class AcceptedOut(Schema):
    """The visits of the stops accepted, by hour; of a repair also those that it leaves to be settled."""

    visits = fields.List(fields.Nested(VisitOut), required=True)
    unresolved = fields.List(fields.Nested(UnresolvedOut), required=True)


class PinOut(Schema):
    """A stop that stays."""

    wish_id = fields.Integer(required=True)
    tour = fields.String(attribute="tour_code", required=True)
    starts_at = Instant(required=True)


class BanOut(Schema):
    """What is not proposed."""

    tour = fields.String(attribute="tour_code", required=True)
    starts_at = Instant(required=True, allow_none=True)
    on = Day(required=True, allow_none=True)


class FulfilledOut(Schema):
    """A wish that visits booked before fulfil already."""

    wish_id = fields.Integer(required=True)
    visit_ids = fields.List(fields.Integer(), required=True)


class BookedPlanOut(Schema):
    """Which proposal was accepted (null: of a repair), when, and the visits it became or concerned."""

    proposal = fields.Integer(required=True, allow_none=True)
    visit_ids = fields.List(fields.Integer(), required=True)
    at = Instant(required=True)


class PlanBriefOut(Schema):
    """A plan without its answer: `progress` is in percent; `follows_id` the plan that it plans anew."""

    id = fields.Integer(required=True)
    kind = OneOf(PlanKind, required=True)
    delegation_id = fields.Integer(required=True, allow_none=True)
    state = OneOf(PlanState, required=True)
    progress = fields.Integer(required=True)
    trouble = fields.Nested(PlanTroubleOut, required=True, allow_none=True)
    follows_id = fields.Integer(required=True, allow_none=True)
    pins = fields.List(fields.Nested(PinOut), required=True)
    bans = fields.List(fields.Nested(BanOut), required=True)
    alternatives = fields.Integer(required=True)
    seconds = fields.Float(required=True)
    asked_at = Instant(required=True)
    finished_at = Instant(required=True, allow_none=True)
    accepted = fields.Nested(BookedPlanOut, required=True, allow_none=True)


class PlanAnswerOut(Schema):
    """What the planner found. `unmet` is what the best proposal leaves out; each proposal has its own."""

    proposals = fields.List(fields.Nested(ProposedOut), required=True)
    unmet = fields.List(fields.Nested(UnmetOut), required=True)
    conflict = fields.Nested(ConflictOut, required=True, allow_none=True)
    fulfilled = fields.List(fields.Nested(FulfilledOut), required=True)
    disturbance = fields.Nested(DisturbanceOut, required=True, allow_none=True)
    repair = fields.Nested(RepairOut, required=True, allow_none=True)


class PlanOut(PlanBriefOut, PlanAnswerOut):
    """A plan with what was found so far. `unmet` is what the best proposal leaves out; each has its own. One
    of kind repair has a `disturbance` and, once found, a `repair` instead."""


PlansOut = list_of(PlanBriefOut, "PlansOut")
