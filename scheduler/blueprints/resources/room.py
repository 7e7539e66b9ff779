"""The room itself: the blueprint that all its files share."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from scheduler import wording
from scheduler.resource_words import FAULTS

bp = Blueprint("resources", __name__, url_prefix="/resources")


@bp.record_once
def set_up(_state: BlueprintSetupState) -> None:
    """What the acts of this room find at fault is said in its own words."""
    wording.INVALID.update(FAULTS)
