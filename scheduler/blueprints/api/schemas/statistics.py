"""The shapes of statistics: every number by its name, parts that add up to their totals."""

from apiflask import Schema
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import QueryWhole
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.blueprints.reports.forms import MOST_YEARS


class StatisticsQuery(Shape):
    """A year, or from one day to another, both included; this year unless given."""

    year = QueryWhole(1900 + MOST_YEARS, 9990)
    first = Day(data_key="from")
    last = Day(data_key="to")

    @validates_schema
    def must_be_a_stretch(self, told: dict[str, object], **_more: object) -> None:
        """Both days or none, forward, and not without end."""
        first, last = told.get("first"), told.get("last")
        if (first is None) != (last is None):
            raise ValidationError(_("Give both days, or a year."), "to" if last is None else "from")
        if first is None or last is None:
            return
        if last < first:  # type: ignore[operator]
            raise ValidationError(_("Must not be before “%(other)s”.", other="from"), "to")
        if (last - first).days > 366 * MOST_YEARS or first.year <= 1900 + MOST_YEARS:  # type: ignore[attr-defined, operator]
            raise ValidationError(_("Give a stretch of %(most)s years at most.", most=MOST_YEARS), "to")


class CountedOut(Schema):
    """Delegations; visits; people counted once for each delegation; people counted at each visit."""

    teams = fields.Integer(required=True)
    visits = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    person_visits = fields.Integer(required=True)


class CountedTallyOut(Schema):
    """What is announced, what arrived of it, and, in neither, who never came and what was called off."""

    announced = fields.Nested(CountedOut, required=True)
    arrived = fields.Nested(CountedOut, required=True)
    no_shows = fields.Integer(required=True)
    called_off = fields.Integer(required=True)


class CountedLineOut(Schema):
    """One part of a total: its code, null where nothing is stated, and what it is called."""

    code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, attribute="words")
    tally = fields.Nested(CountedTallyOut, required=True)


class CountedPartOut(Schema):
    """One breakdown. Its parts and `again`, what they count more than once, add up to the total."""

    by = fields.String(required=True, attribute="code")
    items = fields.List(fields.Nested(CountedLineOut), required=True, attribute="lines")
    again = fields.Nested(CountedTallyOut, required=True)


class CountedStateOut(Schema):
    """The visits of one state."""

    state = fields.String(required=True, attribute="code")
    count = fields.Nested(CountedOut, required=True)


class CountedYearOut(Schema):
    """The same days of one year."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    tally = fields.Nested(CountedTallyOut, required=True)


class StatisticsOut(Schema):
    """The visits of some days, counted apart in every way, as of an instant."""

    first = fields.Date(required=True, data_key="from", attribute="days.first")
    last = fields.Date(required=True, data_key="to", attribute="days.last")
    as_of = Instant(required=True, attribute="at")
    total = fields.Nested(CountedTallyOut, required=True)
    years = fields.List(fields.Nested(CountedYearOut), required=True)
    parts = fields.List(fields.Nested(CountedPartOut), required=True)
    states = fields.List(fields.Nested(CountedStateOut), required=True)
    without_visits = fields.Integer(required=True)
