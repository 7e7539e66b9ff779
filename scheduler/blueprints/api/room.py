"""The room itself: the blueprint, and what every demand must satisfy before a door opens."""

from apiflask import APIBlueprint
from flask import request
from flask.blueprints import BlueprintSetupState

from scheduler.blueprints.api.body import read_body
from scheduler.blueprints.api.query import check_query

bp = APIBlueprint("api", __name__, url_prefix="/api/v1")


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Programs send their key on purpose, so no foreign page can forge a demand of theirs."""
    state.app.extensions["csrf"].exempt(bp)


@bp.before_request
def look_over() -> None:
    """Refuse what no door could take."""
    check_query()
    if request.method in ("POST", "PUT", "PATCH"):
        read_body()
