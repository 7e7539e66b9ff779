"""The room `imports`: spreadsheets brought in, looked at first."""

from flask import Blueprint, redirect, url_for
from werkzeug import Response

from scheduler.access import Permission
from scheduler.doors import allow

bp = Blueprint("imports", __name__)


@bp.get("/visits/import")
@allow(Permission.BOOK_VISITS)
def visits() -> Response:
    """Where several visits can be asked for."""
    return redirect(url_for("visits.book"), code=303)
