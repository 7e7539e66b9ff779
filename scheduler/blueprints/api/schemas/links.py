"""The shapes of links to answer by."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import OneOf, RowId, Several
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.records.links import LinkPurpose, LinkState

MOST_ASKED = 100


class SiteLinkIn(Shape):
    """What a site's owner is asked: some visits (`visit_ids`), or all of a local day that wait (`date`)."""

    visit_ids = Several(RowId(), MOST_ASKED, least=1)
    date = Day()
    expires_at = Instant(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_about_what(self, _told: dict[str, Any], given: dict[str, Any], **_more: Any) -> None:
        if ("visit_ids" in given) == ("date" in given):
            raise ValidationError(_("Name either visit_ids or date."), "visit_ids")


class DutyLinkIn(Shape):
    """What a person is asked: some assignments, or all that they were asked to take and have not answered."""

    assignment_ids = Several(RowId(), MOST_ASKED, least=1, allow_none=True, load_default=None)
    expires_at = Instant(allow_none=True, load_default=None)


class AskedOut(Schema):
    """One visit or assignment of a link, and the version that it had when the link was made."""

    id = fields.Integer(required=True)
    version = fields.Integer(required=True)


class LinkAnswerOut(Schema):
    """What was said of one visit (`agree`, `decline`, `other_times`) or assignment (`accept`, `refuse`)."""

    id = fields.Integer(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    answer = fields.String(required=True)
    reason = fields.String(required=True)
    offered_times = fields.List(Instant(), required=True)


class LinkOut(Schema):
    """A link: for whom, about what, how it stands, what was answered."""

    id = fields.Integer(required=True)
    purpose = OneOf(LinkPurpose, required=True)
    site = fields.String(required=True, allow_none=True)
    resource_id = fields.Integer(required=True, allow_none=True)
    asked = fields.List(fields.Nested(AskedOut), required=True)
    state = OneOf(LinkState, required=True)
    made_at = Instant(required=True)
    expires_at = Instant(required=True)
    answered_at = Instant(required=True, allow_none=True)
    answered_by = fields.String(required=True)
    answers = fields.List(fields.Nested(LinkAnswerOut), required=True)


class NewLinkOut(LinkOut):
    """A link with its secret address, which is told this once."""

    url = fields.URL(required=True)


class LinkQuery(Page):
    """Which links."""


LinksOut = list_of(LinkOut, "LinksOut")
