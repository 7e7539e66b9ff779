"""The query of an address: what no door asked for, and what was said twice."""

from typing import Any

from apiflask.exceptions import HTTPError
from flask import current_app, request
from flask_babel import gettext as _
from marshmallow import Schema


def check_query() -> None:
    """Answer 422 for parameters that this door does not know and for those given twice, with all others
    that are at fault."""
    if not request.args:
        return
    shape = _shape_asked_for()
    known = _names(shape) if shape else set()
    faults: dict[str, Any] = {
        name: [_("There is no such parameter here.")] for name in request.args if name not in known
    }
    faults |= {name: [_("Give this once.")] for name, values in request.args.lists() if len(values) > 1}
    if not faults:
        return
    sound = {name: value for name, value in request.args.items() if name not in faults}
    raise HTTPError(422, detail={"query": (shape.validate(sound) if shape else {}) | faults})


def _shape_asked_for() -> Schema | None:
    view: Any = current_app.view_functions[request.endpoint or ""]
    shapes = getattr(view, "_spec", {}).get("args") or []
    return next((shape for shape, location in shapes if location == "query"), None)


def _names(shape: Schema) -> set[str]:
    return {field.data_key or name for name, field in shape.fields.items()}
