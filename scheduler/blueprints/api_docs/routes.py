"""The documentation of the API: for programs as OpenAPI, for people as a page."""

from typing import cast

from apiflask import APIFlask
from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.blueprints import BlueprintSetupState

from scheduler.access import Permission
from scheduler.blueprints.api_docs.document import SETTINGS, document
from scheduler.doors import allow

bp = Blueprint("api_docs", __name__)


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    """How APIFlask is to read the doors."""
    state.app.config.update(SETTINGS)


@bp.get("/api/v1/openapi.json")
@allow(Permission.OPEN)
def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(document(cast(APIFlask, current_app)))


@bp.get("/api/docs")
@allow(Permission.OPEN)
def docs() -> str:
    """The same for people, to read and to try."""
    return render_template("api_docs/docs.html")
