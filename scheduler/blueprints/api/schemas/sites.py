"""The shapes of sites: their facts, their tours, their sessions."""

from typing import Any

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.paging import MOST_PER_PAGE, list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Codes, OneOf, QueryWhole
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.texts import Email, Language, Line
from scheduler.blueprints.api.schemas.time_fields import Day, From, Instant, Until
from scheduler.core.facts import Dating

LAST_PAGE = 100_000


class SessionQuery(Shape):
    """Which sessions, and for whom. Without `from` from now on, without `to` for 14 days; 62 at most."""

    from_ = From(data_key="from")
    to = Until()
    headcount = QueryWhole(1, 5000, load_default=None)
    language = Language()
    delegation = QueryWhole(1, 2**31 - 1)
    page = QueryWhole(1, LAST_PAGE, load_default=1)
    per_page = QueryWhole(1, MOST_PER_PAGE, load_default=MOST_PER_PAGE)


class HoursOut(Schema):
    """Open on one weekday (0 is Monday), within dates that include both ends."""

    weekday = fields.Integer()
    opens = fields.Time(format="%H:%M")
    closes = fields.Time(format="%H:%M")
    valid_from = Day(allow_none=True)
    valid_to = Day(allow_none=True)


class FactOut(Schema):
    """Where one fact comes from, when it was last checked, whether it is only assumed."""

    name = fields.String()
    source = fields.String()
    checked_on = Day()
    is_assumption = fields.Boolean()


class TourOut(Schema):
    """What a site shows. Limits of null do not bind."""

    code = fields.String(required=True)
    name = fields.String()
    name_native = fields.String()
    shows = fields.String()
    topics = Codes(fields.String())
    minutes = fields.Integer()
    smallest_group = fields.Integer()
    largest_group = fields.Integer()
    places = fields.Integer()
    needs_agreement = fields.Boolean()
    needs_guide = fields.Boolean()
    dating = OneOf(Dating)
    people_at_once = fields.Integer(allow_none=True)
    groups_at_once = fields.Integer(allow_none=True)
    active_from = Day(allow_none=True)
    active_to = Day(allow_none=True)


class SiteLineOut(Schema):
    """A site as a list names it."""

    code = fields.String(required=True)
    name = fields.String()
    name_native = fields.String()
    owner_unit = fields.String()
    address = fields.String()
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    zone = fields.String()
    languages = Codes(fields.String())
    version = fields.Integer()


class ClosureRulesOut(Schema):
    """The rules by which a site closes, each a switch of its own (0 is Monday)."""

    weekdays = fields.Method("told_weekdays", metadata={"type": "array", "items": {"type": "integer"}})
    on_public_holidays = fields.Boolean(attribute="closed_on_public_holidays")
    on_main_holidays = fields.Boolean(attribute="closed_on_main_holidays")
    moves_after_holiday = fields.Boolean(attribute="closure_moves_after_holiday")

    def told_weekdays(self, site: object) -> list[int]:
        return sorted(int(day) for day in getattr(site, "closed_weekdays", ()))


class SiteOut(SiteLineOut):
    """A site with its facts, and how sure we are of each."""

    country = fields.String()
    contact_name = fields.String()
    contact_email = fields.String()
    notice_days = fields.Integer()
    people_at_once = fields.Integer(allow_none=True)
    groups_at_once = fields.Integer(allow_none=True)
    turnaround_minutes = fields.Integer()
    arrive_early_minutes = fields.Integer()
    meeting_point = fields.String()
    photo_rule = fields.String()
    safety_gear = fields.String()
    active_from = Day(allow_none=True)
    active_to = Day(allow_none=True)
    hours = fields.List(fields.Nested(HoursOut))
    closure_rules = fields.Nested(ClosureRulesOut)
    facts = fields.List(fields.Nested(FactOut))
    tours = fields.List(fields.Nested(TourOut))

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The closure rules are the site's own columns, told together."""
        return obj if attr == "closure_rules" else super().get_attribute(obj, attr, default)


class SiteChanges(Shape):
    """Who is asked by letter where nobody has an account for the site; an empty text for nobody."""

    contact_name = Line(200)
    contact_email = Email()


class OfferOut(Schema):
    """One session. `id` is null for a window nobody has booked: book it by `tour_code` and `starts_at`."""

    id = fields.Integer(required=True, allow_none=True)
    tour_code = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    places = fields.Integer(required=True)
    places_left = fields.Integer(required=True)
    would_work = fields.Boolean(required=True)
    refusals = fields.List(fields.Nested(ReasonOut), required=True)
    cautions = fields.List(fields.Nested(ReasonOut), required=True)


SitesOut = list_of(SiteLineOut, "SitesOut")
OffersOut = list_of(OfferOut, "OffersOut")
