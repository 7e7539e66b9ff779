"""The OpenAPI document: what APIFlask reads off the doors, completed by what the doors have in common."""

import re
from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from werkzeug.routing import Rule

from scheduler.access import EVERYBODY, TABLE
from scheduler.blueprints.api_docs import words

PROBLEM_TYPE = "application/problem+json"
PROBLEM_SHAPE = {"schema": {"$ref": "#/components/schemas/Problem"}}
SETTINGS = {
    "OPENAPI_VERSION": "3.1.0",
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "AUTO_AUTH_ERROR_RESPONSE": False,
    "AUTO_404_RESPONSE": False,
    "SERVERS": [{"url": "/"}],
}

Operation = dict[str, Any]


def document(app: APIFlask) -> dict[str, Any]:
    """The whole document, made once for each app."""
    if "api_document" not in app.extensions:
        app.extensions["api_document"] = _made(app)
    made: dict[str, Any] = app.extensions["api_document"]
    return made


def _made(app: APIFlask) -> dict[str, Any]:
    made: Any = app.spec
    made["info"] = {"title": words.TITLE, "version": words.VERSION, "description": words.DESCRIPTION}
    made["tags"] = [{"name": name, "description": text} for name, text in words.TAGS.items()]
    made["security"] = [{"token": []}]
    parts = made.setdefault("components", {})
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for name, shape in parts["schemas"].items():
        if name.endswith("Out"):
            # What is answered is always answered whole.
            shape["required"] = sorted(shape["properties"])
        if name.endswith("Changes"):
            shape["minProperties"] = 1
    parts["schemas"]["Problem"] = words.PROBLEM
    parts["parameters"] = {"IdempotencyKey": words.KEY, "IfMatch": words.SEEN}
    parts["responses"] = {f"Problem{status}": _problem(text) for status, text in words.PROBLEMS.items()}
    for rule, method in _doors(app):
        path = re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)
        _complete(made["paths"][path][method], app.view_functions[rule.endpoint], parts["schemas"])
    return made


def _doors(app: APIFlask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method.lower()


def _complete(operation: Operation, view: Any, shapes: dict[str, Any]) -> None:
    operation["operationId"] = view.__name__
    operation["tags"] = [words.TAG_OF_ROOM[view.__module__.rsplit(".", 1)[-1]]]
    operation["parameters"] = [_told(parameter) for parameter in operation.get("parameters", [])]
    if getattr(view, "takes_key", False):
        operation["parameters"].append({"$ref": "#/components/parameters/IdempotencyKey"})
    version = getattr(view, "takes_version", "none")
    if version == "may":
        operation["parameters"].append({"$ref": "#/components/parameters/IfMatch"})
    elif version == "must":
        operation["parameters"].append(words.SEEN | {"required": True})
    if "requestBody" in operation:
        operation["requestBody"]["required"] = _needs_body(operation["requestBody"], shapes)
    if getattr(view, "takes_csv", False):
        operation["requestBody"]["content"]["text/csv"] = {"schema": {"type": "string"}}
    if getattr(view, "takes_mail", False):
        content = {"message/rfc822": {"schema": {"type": "string", "minLength": 1}}}
        operation["requestBody"] = {"required": True, "content": content}
        known = _content(operation["responses"]["201"])
        operation["responses"]["200"] = {"description": "The very same mail was handed in before.", **known}
    if getattr(view, "answers_with_calendar", False):
        operation["responses"] = {"200": _calendar()}
    if getattr(view, "answers_with_mail", False):
        operation["responses"] = {"200": _mail()}
    _answer_well(operation, view)
    for status in sorted(_problems(operation, view)):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _told(parameter: Operation) -> Operation:
    """Ids and codes in addresses say what they are."""
    if parameter["in"] != "path":
        return parameter
    if parameter["name"] == "code":
        schema: dict[str, Any] = {"type": "string", "maxLength": 20, "pattern": "^[A-Za-z0-9_-]+$"}
        return parameter | {"required": True, "schema": schema, "example": "TOPIS"}
    schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
    return parameter | {"required": True, "schema": schema}


def _answer_well(operation: Operation, view: Any) -> None:
    """The headers of an answer that was a success, and the second way in which a booking succeeds."""
    answers = operation["responses"]
    if view.__name__ == "book_visit":
        answers["200"] = {
            "description": "An identical visit was awaited already.",
            **_content(answers["201"]),
        }
    makes_several = getattr(view, "makes_several", False)
    if makes_several and "201" in answers and _rehearses(view):
        answers["200"] = {"description": "What would be; nothing is written.", **_content(answers["201"])}
    for status, answer in answers.items():
        headers: dict[str, Any] = {}
        if "version" in _properties(operation, view):
            headers["ETag"] = {"description": "The version, quoted.", "schema": {"type": "string"}}
        if status in ("201", "202") and getattr(view, "takes_key", False) and not makes_several:
            headers["Location"] = {"description": "Where it is now.", "schema": {"type": "string"}}
        if headers:
            answer["headers"] = headers


def _rehearses(view: Any) -> bool:
    """Whether its body can ask for a rehearsal."""
    asked = getattr(view, "_spec", {}).get("body")
    return "rehearse" in getattr(asked, "fields", {})


def _properties(operation: Operation, view: Any) -> set[str]:
    """The fields of what a door answers with."""
    told = getattr(view, "_spec", {}).get("response") or {}
    return set(getattr(told.get("schema"), "fields", {}))


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    return {"content": answer["content"]}


def _needs_body(body: dict[str, Any], shapes: dict[str, Any]) -> bool:
    reference = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    return bool(shapes[reference].get("required")) or reference.endswith("Changes")


def _problems(operation: Operation, view: Any) -> set[int]:
    problems = {401, 404, 405, 422}
    if TABLE[view.permission] != EVERYBODY:
        problems.add(403)
    if "requestBody" in operation:
        problems |= {400, 413, 415}
    if getattr(view, "takes_key", False) or getattr(view, "answers_with_calendar", False):
        problems.add(409)
    version = getattr(view, "takes_version", "none")
    return problems | {"none": set(), "may": {412}, "must": {412, 428}}[version]


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {PROBLEM_TYPE: PROBLEM_SHAPE}}


def _mail() -> dict[str, Any]:
    return {
        "description": "A mail (RFC 5322).",
        "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
    }


def _calendar() -> dict[str, Any]:
    return {
        "description": "A calendar file (RFC 5545).",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
    }
