"""The shapes of several visits at once: batches, a party split over sessions, a day that shifts."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Flag, Headcount, Inside, OneOf, RowId, Several, Whole
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.texts import Language, Line, Paragraphs
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.blueprints.api.schemas.visits import CautionTick, MoveIn, VisitOut, WhichSession
from scheduler.core.lifecycle import VisitState
from scheduler.core.stops import EngagementKind

VERSION = 2**31 - 1


class BatchVisitIn(MoveIn):
    """A visit to book, or with `visit_id` one to move; `version` is the one you read of it."""

    delegation_id = RowId(allow_none=True, load_default=None)
    visit_id = RowId(allow_none=True, load_default=None)
    version = Whole(1, VERSION, allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_whose(self, _told: Any, given: Any, **_more: Any) -> None:
        if not isinstance(given, dict) or given.get("visit_id") is not None:
            return
        if given.get("delegation_id") is None:
            raise ValidationError(_("Name the delegation, or the visit to move."), "delegation_id")
        if given.get("tour_session_id") is None and given.get("tour_code") is None:
            told = _("Name the session: tour_session_id, or tour_code and starts_at.")
            raise ValidationError(told, "tour_session_id")


class BatchIn(Shape):
    """Visits to book and to move: all of them or none."""

    visits = Several(Inside(BatchVisitIn), 50, least=1, required=True)


class BatchOut(Schema):
    """The visits, in the order in which they were asked for."""

    visits = fields.List(fields.Nested(VisitOut), required=True)


class PieceIn(WhichSession):
    """One share of the party, and the session for it."""

    name = Line(200, least=1, required=True)
    headcount = Headcount(required=True)
    assign = Several(RowId(), load_default=list)
    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(load_default="")


class SplitIn(WhichSession):
    """A party to split. With `rehearse`: the session that is too small, and what would be is told. Without:
    the `division` and its `pieces`, and they are booked."""

    must_name_one = False
    rehearse = Flag(load_default=False)
    headcount = Headcount(allow_none=True, load_default=None)
    into = Whole(2, 20, allow_none=True, load_default=None)
    language = Language(allow_none=True, load_default=None)
    division = Line(200, load_default="")
    pieces = Several(Inside(PieceIn), load_default=list)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_what(self, _told: Any, given: dict[str, Any], **_more: Any) -> None:
        names_one = given.get("tour_session_id") is not None or given.get("tour_code") is not None
        if given.get("rehearse") is True and not names_one:
            told = _("Name the session: tour_session_id, or tour_code and starts_at.")
            raise ValidationError(told, "tour_session_id")
        if given.get("rehearse") is not True and not given.get("pieces"):
            raise ValidationError(_("Give at least two pieces, or rehearse."), "pieces")


class PieceOut(Schema):
    """One share; without a session where none near takes it."""

    name = fields.String(required=True)
    headcount = fields.Integer(required=True)
    part_id = fields.Integer(allow_none=True)
    visit_id = fields.Integer(allow_none=True)
    tour_code = fields.String()
    tour_session_id = fields.Integer(allow_none=True)
    starts_at = Instant(allow_none=True)
    ends_at = Instant(allow_none=True)
    cautions = fields.List(fields.Nested(ReasonOut))


class SplitOut(Schema):
    """The division and its pieces, as proposed or as booked (then each has its visit)."""

    division = fields.String(required=True)
    is_whole = fields.Boolean(required=True)
    pieces = fields.List(fields.Nested(PieceOut), required=True)


class EngagementMoveIn(Shape):
    """An engagement and when it starts from now on; how long it lasts stays."""

    engagement_id = RowId(required=True)
    starts_at = Instant(required=True)
    version = Whole(1, VERSION, allow_none=True, load_default=None)


class ShiftVisitIn(MoveIn):
    """A visit of that day and where it goes."""

    visit_id = RowId(required=True)
    version = Whole(1, VERSION, allow_none=True, load_default=None)


class ShiftIn(Shape):
    """A day to shift. With `rehearse`: from when and by how many minutes (earlier: below zero), and what
    would become of each stop is told. Without: what was chosen, and it is done, all or nothing."""

    rehearse = Flag(load_default=False)
    from_ = Instant(data_key="from", allow_none=True, load_default=None)
    minutes = Whole(-1440, 1440, allow_none=True, load_default=None)
    visits = Several(Inside(ShiftVisitIn), 50, load_default=list)
    engagements = Several(Inside(EngagementMoveIn), 50, load_default=list)
    postpone = Several(RowId(), 50, load_default=list)
    reason = Paragraphs(load_default="")
    acknowledge = Several(CautionTick(), load_default=list)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_what(self, _told: Any, given: dict[str, Any], **_more: Any) -> None:
        if given.get("rehearse") is True:
            for name in ("from", "minutes"):
                if given.get(name) is None:
                    raise ValidationError(_("Say from when the day moves, and by how many minutes."), name)


class ShiftedVisitOut(Schema):
    """A visit; in a rehearsal with where it would go (null: no session left that day) and what breaks."""

    visit_id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    state = OneOf(VisitState, required=True)
    tour_code = fields.String()
    starts_at = Instant()
    ends_at = Instant()
    new_starts_at = Instant(allow_none=True)
    refusals = fields.List(fields.Nested(ReasonOut))
    cautions = fields.List(fields.Nested(ReasonOut))


class ShiftedEngagementOut(Schema):
    """An engagement; in a rehearsal with when it would be and what breaks."""

    engagement_id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    kind = OneOf(EngagementKind, required=True)
    title = fields.String()
    starts_at = Instant()
    ends_at = Instant()
    new_starts_at = Instant(allow_none=True)
    refusals = fields.List(fields.Nested(ReasonOut))
    cautions = fields.List(fields.Nested(ReasonOut))


class ShiftOut(Schema):
    """The stops of the rest of the day: as they would be, or, once done, as those that were named are."""

    visits = fields.List(fields.Nested(ShiftedVisitOut), required=True)
    engagements = fields.List(fields.Nested(ShiftedEngagementOut), required=True)
