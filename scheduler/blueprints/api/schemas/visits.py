"""The shapes of visits: booked, moved, acted upon, told."""

from typing import Any, NoReturn

from apiflask import Schema
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape, words
from scheduler.blueprints.api.schemas.fields import (
    Codes,
    Headcount,
    Inside,
    OneOf,
    QueryWhole,
    RowId,
    Several,
)
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.texts import Language, Line, Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import From, Instant, Until
from scheduler.core.duties import OCCUPYING_DUTIES, DutyState, ResourceKind
from scheduler.core.lifecycle import VisitState
from scheduler.core.verdicts import CautionCode, RefusalCode
from scheduler.words.clash_words import clash_values

SESSION_NAMES = ("tour_session_id", "tour_code", "starts_at")
SITE_ZONE = "tour_session.tour.site.zone"
CAUTIONS = (*(code.value for code in CautionCode), "all")


class CautionTick(Line):
    """The code of a caution, or "all"."""

    default_error_messages = words(unknown=_l("Give codes of cautions, or all."))

    def __init__(self) -> None:
        super().__init__(50, metadata={"enum": list(CAUTIONS)})

    def check(self, text: str) -> None:
        if text not in CAUTIONS:
            raise self.make_error("unknown")


class AgreementIn(Shape):
    """Who agreed for the owner, when, and by which channel."""

    by = Line(200, least=1, required=True)
    at = Instant(required=True)
    channel = Line(100, least=1, required=True)


class WhichSession(Shape):
    """One session, named in exactly one way: by its id, or as a tour at an instant."""

    tour_session_id = RowId(allow_none=True, load_default=None)
    tour_code = SiteCode(30, allow_none=True, load_default=None)
    starts_at = Instant(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def name_one_session(self, _told: Any, given: Any, **_more: Any) -> None:
        if not isinstance(given, dict):
            return
        by_id, tour, starts_at = (given.get(name) is not None for name in SESSION_NAMES)
        if by_id and (tour or starts_at):
            _fault("tour_session_id", _("Name the session by its id, or by tour_code and starts_at."))
        if tour and not starts_at:
            _fault("starts_at", _("tour_code and starts_at go together."))
        if starts_at and not tour:
            _fault("tour_code", _("tour_code and starts_at go together."))
        if self.must_name_one and not (by_id or tour):
            _fault("tour_session_id", _("Name the session: tour_session_id, or tour_code and starts_at."))

    must_name_one = True


def _fault(field: str, message: str) -> NoReturn:
    raise ValidationError(message, field)


class Passing(Shape):
    """What an asker says to be let past cautions, and past the refusals that can be passed."""

    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(load_default="")
    override = Several(OneOf(RefusalCode), load_default=list)
    override_reason = Paragraphs(load_default="")
    owner_agreement = Inside(AgreementIn, allow_none=True, load_default=None)


class WhoGoes(Shape):
    """How many go, which part of the delegation (null: all of it), who is asked to come along."""

    headcount = Headcount(allow_none=True, load_default=None)
    part_id = RowId(allow_none=True)
    assign = Several(RowId(), load_default=list)
    language = Language(allow_none=True, load_default=None)
    hold_until = Instant(allow_none=True, load_default=None)


class VisitIn(WhichSession, WhoGoes, Passing):
    """A visit to book. `headcount` is that of the part, or of the delegation, unless given."""

    delegation_id = RowId(required=True)


class MoveIn(WhichSession, WhoGoes, Passing):
    """Another session, headcount or part for a visit; what is left out stays as it is."""

    must_name_one = False


class RequestIn(Shape):
    """A hold becomes a request; the cautions of today can be ticked."""

    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(load_default="")


class ConfirmIn(Shape):
    """Who agreed; a site's own manager need not say."""

    agreement = Inside(AgreementIn, allow_none=True, load_default=None)


class DeclineIn(Shape):
    """Why not, and when instead."""

    reason = Paragraphs(load_default="")
    offered_times = Several(Instant(), load_default=list)


class CallOffIn(Shape):
    """Why, and for whom."""

    reason = Paragraphs(load_default="")
    on_behalf_of = Line(200, load_default="")


class ArriveIn(Shape):
    """How many came; the visit's headcount unless given."""

    count = Headcount(allow_none=True, load_default=None)


class NothingIn(Shape):
    """The act says it all."""


class VisitQuery(Page):
    """Which visits: those that begin within [from, to]; a day as `to` is the last one in it."""

    site = SiteCode(20)
    delegation = QueryWhole(1, 2**31 - 1)
    from_ = From(data_key="from")
    to = Until()
    state = OneOf(VisitState)


class GuestsOut(Schema):
    """What a site needs to know of its guests."""

    id = fields.Integer()
    name = fields.String()
    name_native = fields.String()
    head_post = fields.String()
    needs = Codes(fields.String())


class AssignedOut(Schema):
    """One person or vehicle of a visit."""

    id = fields.Integer(required=True)
    resource_id = fields.Integer(required=True)
    kind = OneOf(ResourceKind, attribute="resource.kind", required=True)
    name = fields.String(attribute="resource.name", required=True)
    state = OneOf(DutyState, required=True)


class AgreementOut(Schema):
    """Who agreed, when, by which channel."""

    by = fields.String()
    at = Instant()
    channel = fields.String()


class Assignments(fields.List[Any]):
    """Who is asked to come along, or has accepted."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(AssignedOut))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        there = [duty for duty in value if duty.state in OCCUPYING_DUTIES]
        return super()._serialize(there, attr, obj, **kwargs)


class Clash(fields.List[Any]):
    """The later closures and limits that a visit runs against, with their words."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(ReasonOut), allow_none=True)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else clash_values(value)


class VisitOut(Schema):
    """A visit. Times are on the site's clock."""

    id = fields.Integer(required=True)
    uid = fields.String(required=True)
    state = OneOf(VisitState, required=True)
    sequence = fields.Integer(required=True)
    version = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    delegation = fields.Nested(GuestsOut)
    site = fields.String(attribute="tour_session.tour.site.code")
    tour_code = fields.String(attribute="tour_session.tour.code")
    tour_session_id = fields.Integer()
    starts_at = Instant(zone_of=SITE_ZONE)
    ends_at = Instant(zone_of=SITE_ZONE)
    headcount = fields.Integer()
    part_id = fields.Integer(allow_none=True)
    part = fields.String(attribute="part.name", allow_none=True, dump_default=None)
    assignments = Assignments()
    language = fields.String(allow_none=True)
    hold_until = Instant(zone_of=SITE_ZONE, allow_none=True)
    asked_at = Instant(zone_of=SITE_ZONE)
    changed_at = Instant(zone_of=SITE_ZONE)
    acknowledged = fields.List(fields.String())
    acknowledge_reason = fields.String()
    overridden = fields.List(fields.String())
    override_reason = fields.String()
    agreement = fields.Nested(AgreementOut, allow_none=True)
    offered_times = fields.List(Instant(zone_of=SITE_ZONE))
    ended_by = fields.String()
    ended_reason = fields.String()
    arrived_count = fields.Integer(allow_none=True)
    arrived_at = Instant(zone_of=SITE_ZONE, allow_none=True)
    is_clashing = fields.Boolean()
    clash = Clash()


VisitsOut = list_of(VisitOut, "VisitsOut")
