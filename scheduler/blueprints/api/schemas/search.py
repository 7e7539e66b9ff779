"""The shapes of the search."""

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import QueryWhole
from scheduler.blueprints.api.schemas.texts import Line


class SearchQuery(Shape):
    """What to look for, and how much of each kind to tell."""

    q = Line(200, least=1, required=True)
    most = QueryWhole(1, 25, load_default=5)


class FoundOut(Schema):
    """One thing that was found: what it is called, words about it, and where to read it."""

    name = fields.String(required=True)
    second_name = fields.String(required=True)
    about = fields.List(fields.String(), required=True)
    url = fields.String(required=True)


class FoundGroupOut(Schema):
    """What was found of one kind, and how much there is in all. Kinds not yours to read are left out."""

    kind = fields.String(required=True)
    number = fields.Integer(required=True)
    items = fields.List(fields.Nested(FoundOut), required=True)


class SearchOut(Schema):
    """What was found, kind by kind, the best match first."""

    groups = fields.List(fields.Nested(FoundGroupOut), required=True)
