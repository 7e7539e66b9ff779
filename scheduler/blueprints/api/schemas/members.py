"""The shapes of what stands below a delegation: its wishes and its delegates."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.paging import list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Flag, Headcount, OneOf, RowId, Several, Whole
from scheduler.blueprints.api.schemas.texts import Code, Email, Line, Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.records.delegations import NameOrder


class WishChanges(Shape):
    """What changes of a wish. The planner heeds the rest: it keeps a must before every other wish; of wishes
    that share a word in `either` one is enough; a wish comes after the visit for `after_wish_id`; not on the
    day of arrival, not on that of departure; a tour to fall back on would do for half."""

    tour_code = SiteCode(30, allow_none=True)
    topic = Code(least=0)
    priority = Whole(1, 5)
    preferred_times = Several(Instant())
    headcount = Headcount(allow_none=True)
    note = Paragraphs()
    is_must = Flag()
    either = Line(50)
    after_wish_id = RowId(allow_none=True)
    not_first_day = Flag()
    not_last_day = Flag()
    fallback_tour_code = SiteCode(30, allow_none=True)


class WishIn(WishChanges):
    """A wish for a tour, or for a topic. It occupies nothing."""

    @validates_schema(skip_on_field_errors=False)
    def say_what(self, told: dict[str, Any], **_more: Any) -> None:
        if not told.get("tour_code") and not told.get("topic"):
            raise ValidationError(_("Name a tour or a topic."), "tour_code")


class WishOut(Schema):
    """A wish. 5 is the most urgent."""

    id = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    tour_code = fields.String(allow_none=True)
    topic = fields.String()
    priority = fields.Integer()
    preferred_times = fields.List(Instant())
    headcount = fields.Integer(allow_none=True)
    note = fields.String()
    is_must = fields.Boolean()
    either = fields.String()
    after_wish_id = fields.Integer(allow_none=True)
    not_first_day = fields.Boolean()
    not_last_day = fields.Boolean()
    fallback_tour_code = fields.String(allow_none=True)
    version = fields.Integer(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A wish for a topic names no tour, and most have none to fall back on."""
        if attr in ("tour_code", "fallback_tour_code"):
            tour = getattr(obj, attr.removesuffix("_code"))
            return tour.code if tour is not None else None
        return super().get_attribute(obj, attr, default)


class DelegateChanges(Shape):
    """What changes of a delegate. `precedence` orders: 1 comes first."""

    print_as = Line(200, least=1)
    name_native = Line(200)
    name_roman = Line(200)
    name_order = OneOf(NameOrder)
    post = Line(200)
    organisation = Line(200)
    precedence = Whole(0, 100_000)
    precedence_reason = Line(200)
    email = Email()


class DelegateIn(DelegateChanges):
    """A named member. Never a passport number."""

    print_as = Line(200, least=1, required=True)


class DelegateOut(Schema):
    """A named member, as printed."""

    id = fields.Integer(required=True)
    delegation_id = fields.Integer(required=True)
    print_as = fields.String(required=True)
    name_native = fields.String()
    name_roman = fields.String()
    name_order = OneOf(NameOrder)
    post = fields.String()
    organisation = fields.String()
    precedence = fields.Integer()
    precedence_reason = fields.String()
    email = fields.String()
    version = fields.Integer(required=True)


WishesOut = list_of(WishOut, "WishesOut")
DelegatesOut = list_of(DelegateOut, "DelegatesOut")
