"""The shapes of feeds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import OneOf, RowId
from scheduler.blueprints.api.schemas.texts import Line, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.records.feeds import FeedKind

MOST_OF_AN_ADDRESS = 254


class AskedKind(StrEnum):
    """What a program may ask for: `guide` and `interpreter` are feeds of a resource of that kind."""

    SITE = "site"
    DELEGATION = "delegation"
    DELEGATE = "delegate"
    RESOURCE = "resource"
    GUIDE = "guide"
    INTERPRETER = "interpreter"
    OFFICER = "officer"
    DIVISION = "division"
    BUSY = "busy"


_K = AskedKind
# Which field names the subject of each kind; it must be given, but for an officer's own feed.
SUBJECTS: Mapping[AskedKind, str] = {
    _K.SITE: "site",
    _K.DELEGATION: "delegation_id",
    _K.DELEGATE: "delegate_id",
    _K.RESOURCE: "resource_id",
    _K.GUIDE: "resource_id",
    _K.INTERPRETER: "resource_id",
    _K.OFFICER: "account",
}
FIELDS = frozenset(SUBJECTS.values())


class FeedIn(Shape):
    """A calendar to subscribe to: of a site (`site`), a delegation (`delegation_id`), the stops that a
    delegate attends (`delegate_id`), somebody's duties (`resource_id`), the delegations of an officer
    (`account`, an e-mail address; your own if left out), or everything (division). `busy` is the times alone,
    without a word, of whatever one of these fields names; of everything if none does."""

    kind = OneOf(AskedKind, required=True)
    site = SiteCode(20)
    delegation_id = RowId()
    delegate_id = RowId()
    resource_id = RowId()
    account = Line(MOST_OF_AN_ADDRESS, least=1)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def say_of_what(self, told: dict[str, Any], given: dict[str, Any], **_more: Any) -> None:
        if "kind" not in told:
            return
        named = sorted(given.keys() & FIELDS)
        faults = _of_busy(named) if told["kind"] is _K.BUSY else _of_kind(told["kind"], named)
        if faults:
            raise ValidationError(faults)


class FeedOut(Schema):
    """A feed with its secret address, which is told this once. The same secret opens `day_url` (somebody's
    duties of the day) or `page_url` (the guests' page), where there is one."""

    id = fields.Integer(required=True)
    kind = OneOf(FeedKind, required=True)
    url = fields.URL(required=True)
    day_url = fields.URL(required=True, allow_none=True)
    page_url = fields.URL(required=True, allow_none=True)


class FeedListed(Schema):
    """A feed that still opens, of whatever one of the fields names; its secret is not kept. `is_derived`:
    letters tell its address."""

    id = fields.Integer(required=True)
    kind = OneOf(FeedKind, required=True)
    site = fields.String(required=True, allow_none=True)
    delegation_id = fields.Integer(required=True, allow_none=True)
    delegate_id = fields.Integer(required=True, allow_none=True)
    resource_id = fields.Integer(required=True, allow_none=True)
    account = fields.String(required=True, allow_none=True)
    is_derived = fields.Boolean(required=True)
    made_at = Instant(required=True)


class FeedQuery(Page):
    """Which feeds."""


FeedsOut = list_of(FeedListed, "FeedsOut")


def _of_kind(kind: AskedKind, named: list[str]) -> dict[str, list[str]]:
    wanted = SUBJECTS.get(kind)
    faults = {name: [_("A feed of this kind does not take it.")] for name in named if name != wanted}
    if wanted is not None and wanted not in named and kind is not _K.OFFICER:
        faults[wanted] = [_("A feed of this kind needs it.")]
    return faults


def _of_busy(named: list[str]) -> dict[str, list[str]]:
    if len(named) < 2:
        return {}
    return {name: [_("Busy times are of one thing: name only one.")] for name in named}
