"""The shapes of feeds."""

from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import OneOf, RowId
from scheduler.blueprints.api.schemas.texts import SiteCode
from scheduler.records.feeds import FeedKind

OF_WHAT = {FeedKind.SITE: "site", FeedKind.DELEGATION: "delegation_id", FeedKind.RESOURCE: "resource_id"}
OTHERS = {name: set(OF_WHAT.values()) - {name} for name in OF_WHAT.values()}


class FeedIn(Shape):
    """A calendar to subscribe to: of a site (`site`), a delegation (`delegation_id`), or of somebody's duties
    (`resource_id`)."""

    kind = OneOf(FeedKind, required=True)
    site = SiteCode(20)
    delegation_id = RowId()
    resource_id = RowId()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_of_what(self, told: dict[str, Any], given: dict[str, Any], **_more: Any) -> None:
        if "kind" not in told:
            return
        wanted = OF_WHAT[told["kind"]]
        faults = {name: [_("A feed of this kind does not take it.")] for name in told.keys() & OTHERS[wanted]}
        if wanted not in given:
            faults[wanted] = [_("A feed of this kind needs it.")]
        if faults:
            raise ValidationError(faults)


class FeedOut(Schema):
    """A feed with its secret address, which is told this once; `day_url` is the page of somebody's duties."""

    id = fields.Integer(required=True)
    kind = OneOf(FeedKind, required=True)
    url = fields.URL(required=True)
    day_url = fields.URL(required=True, allow_none=True)
