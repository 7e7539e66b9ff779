"""The shape of a reason: why not, or "are you sure?"."""

from apiflask import Schema
from marshmallow import fields


class ReasonOut(Schema):
    """A refusal or a caution: its code, the facts behind it, and in words."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    facts = fields.Dict(required=True)
