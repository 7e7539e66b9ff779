"""The room `delegations` (being written)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.doors import allow

bp = Blueprint("delegations", __name__)


@bp.get("/delegations")
@allow(Permission.READ_DELEGATIONS)
def index() -> ResponseReturnValue:
    return ""


@bp.get("/delegations/register")
@allow(Permission.WRITE_DELEGATIONS)
def register() -> ResponseReturnValue:
    return ""
