"""The shapes of what happens at a site: closures, other bookings, rosters."""

from typing import Any

from apiflask import Schema
from marshmallow import fields

from scheduler.actions.prints import Change
from scheduler.blueprints.api.paging import list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import Codes, Headcount, OneOf
from scheduler.blueprints.api.schemas.texts import Line
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.blueprints.api.schemas.visits import SITE_ZONE, VisitOut, WhichSession
from scheduler.core.gate import Photographs
from scheduler.core.lifecycle import VisitState


class ClosureIn(Shape):
    """From when to when nobody can come, and why."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    reason = Line(300, least=1, required=True)


class ClosureOut(Schema):
    """A dated closure."""

    id = fields.Integer(required=True)
    starts_at = Instant(zone_of="site.zone", required=True)
    ends_at = Instant(zone_of="site.zone", required=True)
    reason = fields.String(required=True)


class ClosureMadeOut(ClosureOut):
    """A closure, with the visits it runs against: they stay, flagged."""

    visits = fields.List(fields.Nested(VisitOut), required=True)


class ReopenedOut(Schema):
    """A closure taken back, with the visits that no longer clash."""

    id = fields.Integer(required=True)
    visits = fields.List(fields.Nested(VisitOut), required=True)


class OtherBookingIn(WhichSession):
    """Places for somebody who is no delegation."""

    name = Line(200, least=1, required=True)
    headcount = Headcount(required=True)


class OtherBookingOut(Schema):
    """Places taken by schools, citizens or the site itself."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    headcount = fields.Integer(required=True)
    tour_session_id = fields.Integer(required=True)
    tour_code = fields.String(attribute="tour_session.tour.code")
    starts_at = Instant(attribute="tour_session.starts_at", zone_of=SITE_ZONE)
    ends_at = Instant(attribute="tour_session.ends_at", zone_of=SITE_ZONE)
    booked_at = Instant(zone_of=SITE_ZONE)


class RosterQuery(Shape):
    """Which day; today at the site unless given."""

    date = Day()


class RosterGuestsOut(Schema):
    """The delegation by both its names."""

    id = fields.Integer()
    name = fields.String()
    name_native = fields.String()


class ContactOut(Schema):
    """Whom to call on the day."""

    name = fields.String(attribute="contact_name")
    phone = fields.String(attribute="contact_phone")


class RosterLineOut(Schema):
    """One visit of the day."""

    visit_id = fields.Integer(attribute="id", required=True)
    version = fields.Integer()
    tour_code = fields.String(attribute="tour_session.tour.code")
    tour_session_id = fields.Integer()
    starts_at = Instant(zone_of=SITE_ZONE)
    ends_at = Instant(zone_of=SITE_ZONE)
    delegation = fields.Nested(RosterGuestsOut)
    headcount = fields.Integer()
    head_post = fields.String(attribute="delegation.head_post")
    language = fields.String(allow_none=True)
    needs = Codes(fields.String(), attribute="delegation.needs")
    contact = fields.Nested(ContactOut)
    state = OneOf(VisitState)
    arrived_count = fields.Integer(allow_none=True)
    is_clashing = fields.Boolean()
    photographs = OneOf(Photographs)
    gate_note = fields.String()
    since_last_print = OneOf(Change, allow_none=True, dump_default=None)
    changed_fields = fields.List(fields.String(), dump_default=list)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The contact is told by columns of the delegation."""
        return obj.delegation if attr == "contact" else super().get_attribute(obj, attr, default)


class OtherBookingLineOut(OtherBookingOut):
    """Another booking of the day."""


class RosterOut(Schema):
    """A site's day in order of hour. `expected` counts delegations and others together."""

    site = fields.String(required=True)
    date = fields.Date(required=True)
    expected = fields.Integer(required=True)
    items = fields.List(fields.Nested(RosterLineOut), required=True)
    other_bookings = fields.List(fields.Nested(OtherBookingLineOut), required=True)
    last_printed_at = fields.DateTime(required=True, allow_none=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "Always null."})


ClosuresOut = list_of(ClosureOut, "ClosuresOut")
