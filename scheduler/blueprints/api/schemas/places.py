"""The shapes of places, of the ways between them, and of delegations that should not meet."""

import math
from datetime import datetime
from typing import Any

from apiflask import Schema
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields

from scheduler.actions.travel_files import MOST_LINES, MOST_MINUTES
from scheduler.actions.travel_times import ImportMode
from scheduler.blueprints.api.paging import list_of
from scheduler.blueprints.api.schemas.base import Said, Shape, words
from scheduler.blueprints.api.schemas.fields import Inside, OneOf, QueryWhole, RowId, Several, Whole
from scheduler.blueprints.api.schemas.texts import Line, SiteCode
from scheduler.blueprints.api.schemas.time_fields import From, Instant, instant_in
from scheduler.core.travel import EVERY_HOUR


class Degrees(Said, fields.Float):
    """Degrees north or east (WGS 84)."""

    default_error_messages = words(
        invalid=_l("Give degrees between -%(most)s and %(most)s, such as 37.5665."),
    )

    def __init__(self, most: int, **more: Any) -> None:
        shape = {"minimum": -most, "maximum": most}
        super().__init__(**more, allow_none=True, metadata=shape)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not -self.most <= value <= self.most:
            raise ValidationError(str(self.error_messages["invalid"]) % {"most": self.most})
        return float(value)


class At(From):
    """An instant with its offset; now unless given."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        return instant_in(str(value).replace(" ", "+"))


class PlaceChanges(Shape):
    """What changes of a place. A position is given whole, or taken away whole by two nulls."""

    name = Line(200, least=1)
    name_native = Line(200)
    address = Line(500)
    latitude = Degrees(90)
    longitude = Degrees(180)


class PlaceIn(PlaceChanges):
    """A place that is no site."""

    code = SiteCode(20, required=True)
    name = Line(200, least=1, required=True)


class PlaceOut(Schema):
    """A place; those of sites are changed with their sites."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    name_native = fields.String()
    address = fields.String()
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    is_site = fields.Boolean()
    version = fields.Integer(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A place is a site when it has one."""
        return obj.site_id is not None if attr == "is_site" else super().get_attribute(obj, attr, default)


class TravelTimeIn(Shape):
    """Minutes from one place to another when leaving within a local hour; without one, at any."""

    origin = SiteCode(20, required=True)
    destination = SiteCode(20, required=True)
    hour = Whole(0, 23, allow_none=True, load_default=None)
    minutes = Whole(0, MOST_MINUTES, required=True)


class TravelTimeOut(Schema):
    """A row of the table. `hour` is null for any hour."""

    origin = fields.String(required=True)
    destination = fields.String(required=True)
    hour = fields.Integer(required=True, allow_none=True)
    minutes = fields.Integer(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Any hour is told as none."""
        value = super().get_attribute(obj, attr, default)
        return None if attr == "hour" and value == EVERY_HOUR else value


class RowsQuery(Shape):
    """From or to one place."""

    origin = SiteCode(20, data_key="from")
    destination = SiteCode(20, data_key="to")
    page = QueryWhole(1, 100_000, load_default=1)
    per_page = QueryWhole(1, 200, load_default=50)


class RowQuery(Shape):
    """Which row: without an hour, the one for any hour."""

    origin = SiteCode(20, data_key="from", required=True)
    destination = SiteCode(20, data_key="to", required=True)
    hour = QueryWhole(0, 23, load_default=EVERY_HOUR)


class ImportQuery(Shape):
    """What becomes of rows that are not named; whether it is only tried."""

    mode = OneOf(ImportMode, load_default=ImportMode.ADD)
    rehearsal = QueryWhole(0, 1, load_default=0)


class TravelTableIn(Shape):
    """A whole table. The same may be sent as text/csv: origin,destination,hour,minutes."""

    rows = Several(Inside(TravelTimeIn), MOST_LINES)


class TravelTableOut(Schema):
    """What an import came to, or would come to, in rows."""

    is_rehearsal = fields.Boolean(required=True)
    mode = OneOf(ImportMode, required=True)
    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class WayQuery(Shape):
    """From where to where, leaving when."""

    origin = SiteCode(20, data_key="from", required=True)
    destination = SiteCode(20, data_key="to", required=True)
    at = At()


class WayOut(Schema):
    """How long a way takes and how that is known: table, way_back, model, same_place or unknown."""

    origin = fields.String(required=True, data_key="from")
    destination = fields.String(required=True, data_key="to")
    at = Instant(required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    source = fields.String(required=True)


class KeptApartIn(Shape):
    """Another delegation that this one should not meet, and why."""

    other_id = RowId(required=True)
    reason = Line(300, load_default="")


class KeptApartOut(Schema):
    """A delegation that this one should not meet, and why."""

    other_id = fields.Integer(attribute="other.id", required=True)
    name = fields.String(attribute="other.name", required=True)
    name_native = fields.String(attribute="other.name_native")
    reason = fields.String(required=True)


PlacesOut = list_of(PlaceOut, "PlacesOut")
TravelTimesOut = list_of(TravelTimeOut, "TravelTimesOut")
KeptApartsOut = list_of(KeptApartOut, "KeptApartsOut")
