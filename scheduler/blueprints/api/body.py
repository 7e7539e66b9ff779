"""A JSON body, read strictly before anybody looks at its fields."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar

from apiflask.exceptions import HTTPError
from flask import current_app, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

DEEPEST = 20
View = TypeVar("View", bound=Callable[..., object])


def takes_csv(view: View) -> View:
    """Mark a door that takes text/csv as well as JSON; it reads that itself."""
    view.takes_csv = True  # type: ignore[attr-defined]
    return view


def takes_mail(view: View) -> View:
    """Mark a door that takes a mail as it is, message/rfc822, and nothing else: its bytes are in `g.mail`."""
    view.takes_mail = True  # type: ignore[attr-defined]
    return view


def read_body() -> None:
    """Put the body of the request into `g.body`: an object, {} when nothing was sent or it is no JSON by
    right.

    Answers 413 (too large), 415 (no JSON), 400 (broken JSON), 422 (JSON that nobody can mean).
    """
    if getattr(current_app.view_functions[request.endpoint or ""], "takes_mail", False):
        _read_mail()
        return
    request.max_content_length = current_app.config["MAX_JSON_LENGTH"]
    raw, g.body = request.get_data(), {}
    if not raw or _is_csv_by_right():
        return
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if not request.is_json or charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(_("Send JSON in UTF-8, with Content-Type: application/json."))
    body = _parsed(raw)
    for path, message in _faults(body, ""):
        _refuse(path, message)
    if not isinstance(body, dict):
        _refuse("", _("Give a JSON object."))
    g.body = body


def _read_mail() -> None:
    request.max_content_length = current_app.config["MAX_MAIL_LENGTH"]
    g.body, g.mail = {}, request.get_data()
    if request.mimetype != "message/rfc822":
        raise UnsupportedMediaType(_("Send the mail as it is, with Content-Type: message/rfc822."))
    if not g.mail.strip():
        raise BadRequest(_("There is no mail in the body of the request."))


def _is_csv_by_right() -> bool:
    view: Any = current_app.view_functions[request.endpoint or ""]
    return request.mimetype == "text/csv" and getattr(view, "takes_csv", False)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(
            raw.decode(), object_pairs_hook=_once, parse_float=_finite, parse_constant=_no_number
        )
    except RecursionError:
        _refuse("", _too_deep())
    except ValueError as fault:
        raise BadRequest(_("This is no valid JSON: %(fault)s", fault=str(fault)[:200])) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        _refuse(_shown(twice), _("This name is given twice; nobody can tell which value is meant."))
    return told


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(_("%(text)s is no number", text=text[:20]))


def _faults(value: Any, path: str, depth: int = 1) -> Iterator[tuple[str, str]]:
    """What no field can take: nesting without end, NUL, half characters."""
    if depth > DEEPEST:
        yield path, _too_deep()
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _faults(name, _shown(name), depth)
            yield from _faults(inner, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _faults(inner, f"{path}.{place}", depth + 1)
    elif isinstance(value, str) and _is_unspeakable(value):
        yield path, _("Leave out NUL and half characters.")


def _is_unspeakable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text)


def _shown(name: str) -> str:
    return name[:100].encode(errors="replace").decode()


def _too_deep() -> str:
    return _("Nested too deeply: %(most)s levels at most.", most=DEEPEST)


def _refuse(field: str, message: str) -> NoReturn:
    raise HTTPError(422, detail={"json": {_shown(field) or "_schema": [message]}})
