"""The shapes of guides, interpreters, vehicles and liaison officers: what is told of them, their leave."""

from typing import Any

from apiflask import Schema
from flask_babel import lazy_gettext as _l
from marshmallow import fields

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape, words
from scheduler.blueprints.api.schemas.fields import Codes, Inside, OneOf, Several, Whole
from scheduler.blueprints.api.schemas.texts import Code, Email, Language, Line, Paragraphs, SiteCode
from scheduler.blueprints.api.schemas.time_fields import Day, HourOfDay, Instant
from scheduler.core.duties import ResourceKind


class LanguageOrPair(Code):
    """A language by its ISO 639 code, or two with a hyphen between: from either into the other."""

    default_error_messages = words(
        form=_l("Give a language such as ar, of interpreters a pair of languages such as ar-ko.")
    )
    pattern = r"^[a-z]{2,3}(-[a-z]{2,3})?$"

    def __init__(self, **more: Any) -> None:
        super().__init__(7, **more)


class YesOrNo(Line):
    """True or false in a query, where everything is text."""

    default_error_messages = words(form=_l("Give true or false."))

    def __init__(self) -> None:
        super().__init__(5, metadata={"enum": ["true", "false"]})

    def check(self, text: str) -> None:
        if text not in ("true", "false"):
            raise self.make_error("form")


class WorkingHoursIn(Shape):
    """At work on one weekday (0 is Monday) between two local times, within dates that include both ends."""

    weekday = Whole(0, 6, required=True)
    starts = HourOfDay(required=True)
    ends = HourOfDay(required=True)
    valid_from = Day(allow_none=True, load_default=None)
    valid_to = Day(allow_none=True, load_default=None)


class ResourceColumns(Shape):
    """What may be told of a resource, and need not. `hours` are all of them; none: whenever wanted."""

    name_native = Line(200)
    languages = Codes(LanguageOrPair(), 30)
    sites = Codes(SiteCode(20), 100)
    seats = Whole(1, 500, allow_none=True)
    base = SiteCode(20, allow_none=True)
    most_a_day = Whole(1, 50, allow_none=True)
    setup_minutes = Whole(0, 240)
    wrap_up_minutes = Whole(0, 240)
    email = Email()
    phone = Line(50)
    note = Paragraphs(1000)
    active_from = Day(allow_none=True)
    active_to = Day(allow_none=True)
    hours = Several(Inside(WorkingHoursIn), 60)


class ResourceIn(ResourceColumns):
    """Somebody or something that serves visits. Guides need `languages` and `sites`, interpreters pairs of
    languages, vehicles `seats`, liaison officers `languages`."""

    kind = OneOf(ResourceKind, required=True)
    name = Line(200, least=1, required=True)


class ResourceChanges(ResourceColumns):
    """What changes; the rest stays as it is. The kind stays for good."""

    name = Line(200, least=1)


class ResourceQuery(Page):
    """Which resources. `former` adds those who are not on duty today."""

    kind = OneOf(ResourceKind)
    language = Language()
    site = SiteCode(20)
    q = Line(100)
    former = YesOrNo()


class WorkingHoursOut(Schema):
    """At work on one weekday (0 is Monday) between two local times."""

    weekday = fields.Integer()
    starts = fields.Time(format="%H:%M")
    ends = fields.Time(format="%H:%M")
    valid_from = Day(allow_none=True)
    valid_to = Day(allow_none=True)


class LeaveIn(Shape):
    """From when to when somebody is away. Never an illness by name."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    reason = Line(300, load_default="")


class LeaveOut(Schema):
    """Away from one instant to another."""

    id = fields.Integer(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    reason = fields.String(required=True)


class LeaveMadeOut(LeaveOut):
    """Leave, with the ids of the duties that lie within it: they stay until somebody releases them."""

    duties = fields.List(fields.Integer(), required=True)


class ResourceOut(Schema):
    """A guide, interpreter, vehicle or liaison officer."""

    id = fields.Integer(required=True)
    kind = OneOf(ResourceKind, required=True)
    name = fields.String(required=True)
    name_native = fields.String()
    languages = Codes(fields.String())
    sites = fields.List(fields.String())
    seats = fields.Integer(allow_none=True)
    base = fields.String(allow_none=True)
    most_a_day = fields.Integer(allow_none=True)
    setup_minutes = fields.Integer()
    wrap_up_minutes = fields.Integer()
    zone = fields.String()
    email = fields.String()
    phone = fields.String()
    note = fields.String()
    active_from = Day(allow_none=True)
    active_to = Day(allow_none=True)
    hours = fields.List(fields.Nested(WorkingHoursOut))
    leave = fields.List(fields.Nested(LeaveOut))
    version = fields.Integer(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Sites and base are told by their codes."""
        if attr == "sites":
            return [site.code for site in obj.sites]
        if attr == "base":
            return obj.base.code if obj.base is not None else None
        return super().get_attribute(obj, attr, default)


ResourcesOut = list_of(ResourceOut, "ResourcesOut")
LeavesOut = list_of(LeaveOut, "LeavesOut")
