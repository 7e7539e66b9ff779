"""What the board's script sends: what is dropped where, and what is to be undone. Read strictly."""

import re
from typing import Any, ClassVar

from apiflask.exceptions import HTTPError
from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validates_schema
from werkzeug.exceptions import UnsupportedMediaType

from scheduler.blueprints.api.body import read_body
from scheduler.blueprints.api.schemas.base import Said, Shape, words
from scheduler.blueprints.api.schemas.fields import Inside, RowId, Several, Whole
from scheduler.blueprints.api.schemas.texts import Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.blueprints.api.schemas.visits import CautionTick
from scheduler.core.duties import ResourceKind

NAME = re.compile(r"([a-z]+):([1-9][0-9]{0,8})")
VERSIONS = 2**31 - 1


def named(text: object, kinds: tuple[str, ...]) -> tuple[str, int] | None:
    """A thing on the board by its name: "visit:7" is ("visit", 7). None when it is nothing of these kinds."""
    found = NAME.fullmatch(text) if isinstance(text, str) else None
    return (found[1], int(found[2])) if found and found[1] in kinds else None


class Thing(Said, fields.Field[tuple[str, int]]):
    """A thing on the board: its kind and its number."""

    default_error_messages = words(invalid=_l("Give one of: %(choices)s."))

    def __init__(self, *kinds: str, **more: Any) -> None:
        super().__init__(**more)
        self.kinds = kinds

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[str, int]:
        found = named(value, self.kinds)
        if found is None:
            choices = ", ".join(f"{kind}:1" for kind in self.kinds)
            raise ValidationError(str(self.error_messages["invalid"]) % {"choices": choices})
        return found


class Kind(Said, fields.String):
    """What is to be undone."""

    default_error_messages = words(invalid=_l("Give one of: %(choices)s."))
    kinds: ClassVar = ("book", "move", "assign")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in self.kinds:
            raise ValidationError(str(self.error_messages["invalid"]) % {"choices": ", ".join(self.kinds)})
        return value


class DropIn(Shape):
    """Something dropped in a row: on a session, or at an instant."""

    item = Thing("visit", "wish", required=True)
    row = Thing("site", "delegation", *(kind.value for kind in ResourceKind), required=True)
    session = Thing("session", allow_none=True, load_default=None)
    tour_code = SiteCode(30, allow_none=True, load_default=None)
    start = Instant(required=True)
    seen = Whole(1, VERSIONS, allow_none=True, load_default=None)
    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(500, load_default="")


class BackIn(Shape):
    """Where a visit was before it was moved."""

    session = Thing("session", allow_none=True, load_default=None)
    tour_code = SiteCode(30, required=True)
    start = Instant(required=True)


class UndoIn(Shape):
    """A drop taken back, as long as what it made is still as it was made."""

    visit_id = RowId(load_default=None)
    assignment_id = RowId(load_default=None)
    seen = Whole(1, VERSIONS, required=True)
    kind = Kind(required=True)
    back_to = Inside(BackIn, allow_none=True, load_default=None)

    @validates_schema
    def name_what_was_dropped(self, told: dict[str, Any], **_more: Any) -> None:
        needed = "assignment_id" if told["kind"] == "assign" else "visit_id"
        if told[needed] is None:
            raise ValidationError(str(_("This is needed.")), needed)


def body_as(shape: type[Shape]) -> dict[str, Any]:
    """The body of the request in this shape. Answers 422 with what is wrong."""
    if not request.is_json:
        raise UnsupportedMediaType(_("Send JSON in UTF-8, with Content-Type: application/json."))
    read_body()
    try:
        told: dict[str, Any] = shape().load(g.body)
    except ValidationError as fault:
        raise HTTPError(422, detail={"json": fault.messages}) from None
    return told
