"""The room `visits` (being written)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.doors import allow

bp = Blueprint("visits", __name__)


@bp.get("/book")
@allow(Permission.BOOK_VISITS)
def book() -> ResponseReturnValue:
    return ""


@bp.get("/visits/<int:visit_id>")
@allow(Permission.READ_VISITS)
def visit(visit_id: int) -> ResponseReturnValue:
    return ""


@bp.route("/visits/<int:visit_id>/move", methods=["GET", "POST"])
@allow(Permission.BOOK_VISITS)
def move(visit_id: int) -> ResponseReturnValue:
    return ""
