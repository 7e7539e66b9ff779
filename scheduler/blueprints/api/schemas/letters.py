"""The shapes of letters: to whom, what, how they stand."""

from typing import Any

from apiflask import Schema
from flask_babel import lazy_gettext as _l
from marshmallow import fields

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape, words
from scheduler.blueprints.api.schemas.fields import OneOf
from scheduler.blueprints.api.schemas.texts import Email
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.records.letters import LetterKind, LetterState, Side


class LetterQuery(Page):
    """Which letters."""


class Address(Email):
    """One e-mail address, and never none."""

    default_error_messages = words(form=_l("Give one e-mail address, such as name@city.example."))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.metadata = {"format": "email", "minLength": 1, "maxLength": 254}

    def check(self, text: str) -> None:
        if not text:
            raise self.make_error("form")
        super().check(text)


class AddressIn(Shape):
    """The address that the person really has."""

    to = Address(required=True)


class LetterOut(Schema):
    """One mail to one person. `method` and `sequence` are those of the calendar entry in it (RFC 5546); a
    letter without one has an empty method. `problem` is what the last try that failed was told."""

    id = fields.Integer(required=True)
    kind = OneOf(LetterKind, required=True)
    side = OneOf(Side, required=True)
    to = fields.String(required=True, attribute="address")
    name = fields.String(required=True)
    subject = fields.String(required=True)
    language = fields.String(required=True)
    delegation_id = fields.Integer(required=True, allow_none=True)
    visit_id = fields.Integer(required=True, allow_none=True)
    method = fields.String(required=True)
    sequence = fields.Integer(required=True)
    state = OneOf(LetterState, required=True)
    may_have_arrived = fields.Method("told_doubt", metadata={"type": "boolean"}, required=True)
    tries = fields.Integer(required=True)
    problem = fields.String(required=True)
    message_id = fields.String(required=True)
    written_at = Instant(required=True)
    posted_at = Instant(required=True, allow_none=True)

    def told_doubt(self, letter: Any) -> bool:
        """Whether its reader has it, or may have."""
        return bool(letter.may_have_gone or letter.state in (LetterState.POSTED, LetterState.POSTING))


LettersOut = list_of(LetterOut, "LettersOut")
