"""The shapes of feeds."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import OneOf, RowId
from scheduler.blueprints.api.schemas.texts import SiteCode
from scheduler.records.feeds import FeedKind


class FeedIn(Shape):
    """A calendar to subscribe to: of a site (`site`), or of a delegation (`delegation_id`)."""

    kind = OneOf(FeedKind, required=True)
    site = SiteCode(20)
    delegation_id = RowId()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_of_what(self, told: dict[str, Any], given: dict[str, Any], **_more: Any) -> None:
        if "kind" not in told:
            return
        wanted, other = "site", "delegation_id"
        if told["kind"] is FeedKind.DELEGATION:
            wanted, other = other, wanted
        faults = {}
        if wanted not in given:
            faults[wanted] = [_("A feed of this kind needs it.")]
        if other in told:
            faults[other] = [_("A feed of this kind does not take it.")]
        if faults:
            raise ValidationError(faults)


class FeedOut(Schema):
    """A feed with its secret address, which is told this once."""

    id = fields.Integer(required=True)
    kind = OneOf(FeedKind, required=True)
    url = fields.URL(required=True)
