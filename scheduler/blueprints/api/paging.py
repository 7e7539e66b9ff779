"""Lists, a page at a time: {"items": […], "next": url or null}."""

from collections.abc import Callable, Sequence
from typing import Any

from apiflask import Schema
from flask import request, url_for
from marshmallow import fields
from sqlalchemy import Select

from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import QueryWhole
from scheduler.records.database import db

PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 50, 200, 100_000


class Page(Shape):
    """Which part of a list."""

    page = QueryWhole(1, LAST_PAGE, load_default=1)
    per_page = QueryWhole(1, MOST_PER_PAGE, load_default=PER_PAGE)


def page_of_rows(rows: Select[Any], asked: dict[str, Any], told: Callable[[Any], Any]) -> dict[str, Any]:
    """One page of a query, each row told by `told`."""
    first = (asked["page"] - 1) * asked["per_page"]
    found = db.session.scalars(rows.limit(asked["per_page"] + 1).offset(first)).unique().all()
    return _page(found, asked, told)


def page_of_values(
    values: Sequence[Any], asked: dict[str, Any], told: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of a list that is known whole."""
    first = (asked["page"] - 1) * asked["per_page"]
    return _page(values[first : first + asked["per_page"] + 1], asked, told)


def list_of(shape: type[Schema], name: str) -> type[Schema]:
    """The shape of a list."""
    items = fields.List(fields.Nested(shape), required=True)
    following = fields.URL(required=True, allow_none=True, metadata={"description": "The next page."})
    made: type[Schema] = Schema.from_dict({"items": items, "next": following}, name=name)  # type: ignore[assignment]
    return made


def _page(found: Sequence[Any], asked: dict[str, Any], told: Callable[[Any], Any]) -> dict[str, Any]:
    kept = found[: asked["per_page"]]
    following = _next(asked["page"] + 1) if len(found) > len(kept) else None
    return {"items": [told(item) for item in kept], "next": following}


def _next(page: int) -> str | None:
    if page > LAST_PAGE:
        return None
    query = request.args.to_dict() | {"page": str(page)}
    return url_for(request.endpoint or "", **(request.view_args or {}), **query, _external=True)
