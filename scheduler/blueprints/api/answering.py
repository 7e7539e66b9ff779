"""From an act to its answer: the version that was read, the key to ask again with, the headers back."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from apiflask.exceptions import HTTPError
from flask import Response, g, jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.exceptions import PreconditionRequired

from scheduler.actions.answers import Answered, answer_once
from scheduler.actions.invalid import Invalid
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.absence import NotFound

View = TypeVar("View", bound=Callable[..., object])

# No row ever has this version: whoever says they saw something else than a version of ours saw an old one.
NEVER = -1
KEY = re.compile(r"[\x21-\x7e]{1,200}")


def writes(*, refuses: bool = False, version: str = "none") -> Callable[[View], View]:
    """Mark a door that writes: takes an Idempotency-Key; may refuse (409); heeds If-Match ("may", "must")."""

    def mark(view: View) -> View:
        view.takes_key, view.refuses, view.takes_version = True, refuses, version  # type: ignore[attr-defined]
        return view

    return mark


def makes_several(view: View) -> View:
    """Mark a door whose 201 is of several things, so of no one address; a rehearsal there answers 200."""
    view.makes_several = True  # type: ignore[attr-defined]
    return view


def calendar_file(view: View) -> View:
    """Mark a door that answers with a calendar file."""
    view.answers_with_calendar = True  # type: ignore[attr-defined]
    return view


def mail_file(view: View) -> View:
    """Mark a door that answers with a mail."""
    view.answers_with_mail = True  # type: ignore[attr-defined]
    return view


def answered(act: Callable[[], Answered], where: Callable[[Any], str] | None = None) -> Response:
    """Do an act, once for each Idempotency-Key, and answer. `where` finds the address of what was made."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        answer = act()
    elif KEY.fullmatch(key):
        demand = [request.method, request.path, g.get("body")]
        answer = answer_once(key, demand, act, by=actor(), at=now())
    else:
        raise header_error("Idempotency-Key", _("Give 1 to 200 visible ASCII characters."))
    response = told(answer.body, answer.status)
    if answer.status == 201 and where is not None:
        response.headers["Location"] = where(answer.body["id"])
    if answer.is_repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def told(body: Mapping[str, Any], status: int = 200) -> Response:
    """An answer, with its version as ETag."""
    if status == 204:
        return make_response("", 204)
    response = make_response(jsonify(body), status)
    if "version" in body:
        response.headers["ETag"] = f'"{body["version"]}"'
    return response


def seen_version() -> int | None:
    """The version that the asker says they read, or None when they do not say or do not care (`*`).

    Only strong tags count (RFC 9110 13.1.1). Of several the newest is taken: versions only rise.
    """
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return None
    tags = request.if_match.as_set()
    versions = [int(tag) for tag in tags if tag and re.fullmatch("[0-9]{1,10}", tag)]
    return max(versions, default=NEVER)


def required_version() -> int | None:
    """The same where saying it is compulsory: 428 without."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired(
            _("Send If-Match with the ETag of what you read, so that nobody overwrites what they missed.")
        )
    return seen_version()


@contextmanager
def naming(**fields: str) -> Iterator[None]:
    """Say which field of the body named something that is not there: `tour="tour_code"`."""
    try:
        yield
    except NotFound as absent:
        field = fields.get(absent.what.replace(" ", "_"))
        if field is None:
            raise
        raise Invalid(field, "unknown", value=absent.which) from None


def header_error(name: str, message: str) -> HTTPError:
    return HTTPError(422, detail={"headers": {name: [message]}})


def something_said(changes: Mapping[str, Any]) -> None:
    """A change must change something."""
    if not changes:
        raise HTTPError(422, detail={"json": {"_schema": [_("Name at least one field to change.")]}})
