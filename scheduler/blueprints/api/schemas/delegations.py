"""The shapes of delegations."""

from typing import Any

from apiflask import Schema
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Said, Shape, words
from scheduler.blueprints.api.schemas.fields import Codes, Flag, Headcount, OneOf
from scheduler.blueprints.api.schemas.texts import Code, Country, Email, Language, Line, Paragraphs
from scheduler.blueprints.api.schemas.time_fields import Day, Instant
from scheduler.records.delegations import DelegationKind, DelegationState, LetterChannel, Need


class PartnerIn(Said, fields.Raw):
    """A partner by name, or by id."""

    default_error_messages = words(
        invalid=_l("Give a partner's name as a text, or its id as a whole number.")
    )

    def __init__(self, **more: Any) -> None:
        metadata = {"type": ["string", "integer"], "maxLength": 200, "minimum": 1}
        super().__init__(**more, metadata=metadata | {"maximum": 2**31 - 1})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str | int:
        if isinstance(value, str):
            return Line(200, least=1).deserialize(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31:
            return value
        raise ValidationError(str(self.error_messages["invalid"]))


class DelegationColumns(Shape):
    """What may be told of a delegation, and need not."""

    name_native = Line(200)
    partner = PartnerIn(allow_none=True)
    country = Country(allow_none=True)
    purpose = Paragraphs(5000)
    head_post = Line(200)
    has_interpreter = Flag()
    needs = Codes(OneOf(Need), 10)
    topics = Codes(Code(), 50)
    contact_name = Line(200)
    contact_email = Email()
    contact_phone = Line(50)
    letter_channel = OneOf(LetterChannel, allow_none=True)
    letter_on = Day(allow_none=True)
    letter_reference = Line(200)


class DelegationIn(DelegationColumns):
    """A delegation to register."""

    name = Line(200, least=1, required=True)
    kind = OneOf(DelegationKind, load_default=DelegationKind.INSPECTION)
    headcount = Headcount(required=True)
    languages = Codes(Language(), least=1, required=True)
    arrives_at = Instant(required=True)
    departs_at = Instant(required=True)


class DelegationChanges(DelegationColumns):
    """What changes; the rest stays as it is."""

    name = Line(200, least=1)
    kind = OneOf(DelegationKind)
    headcount = Headcount()
    languages = Codes(Language(), least=1)
    arrives_at = Instant()
    departs_at = Instant()
    state = OneOf(DelegationState)


class DelegationQuery(Page):
    """Which delegations: each word of `q` in names, post, contact, letter, country; a day in the stay."""

    q = Line(200)
    state = OneOf(DelegationState)


class PartnerOut(Schema):
    """A city, province or state we have ties with."""

    id = fields.Integer()
    name = fields.String()
    country = fields.String()


class DelegationOut(Schema):
    """A delegation. Times are on the city's clock."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    name_native = fields.String()
    partner = fields.Nested(PartnerOut, allow_none=True)
    country = fields.String(allow_none=True)
    purpose = fields.String()
    kind = OneOf(DelegationKind)
    head_post = fields.String()
    headcount = fields.Integer()
    languages = Codes(fields.String())
    has_interpreter = fields.Boolean()
    needs = Codes(fields.String())
    topics = Codes(fields.String())
    arrives_at = Instant()
    departs_at = Instant()
    contact_name = fields.String()
    contact_email = fields.String()
    contact_phone = fields.String()
    letter_channel = OneOf(LetterChannel, allow_none=True)
    letter_on = Day(allow_none=True)
    letter_reference = fields.String()
    officer = fields.String(attribute="officer.name", allow_none=True)
    state = OneOf(DelegationState)
    version = fields.Integer(required=True)
    registered_at = Instant()
    changed_at = Instant()

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Nobody responsible is told as null."""
        if attr == "officer.name" and obj.officer is None:
            return None
        return super().get_attribute(obj, attr, default)


DelegationsOut = list_of(DelegationOut, "DelegationsOut")
