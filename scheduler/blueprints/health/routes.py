"""Whether the house stands: alive at all, and ready to answer with its database."""

from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from scheduler.access import Permission
from scheduler.doors import allow
from scheduler.records.database import db
from scheduler.records.sites import Site

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allow(Permission.OPEN)
def healthz() -> Response:
    """The process answers; it says nothing of the database."""
    return jsonify(status="ok")


@bp.get("/readyz")
@allow(Permission.OPEN)
def readyz() -> Response:
    """The database answers too, and its tables are there."""
    try:
        db.session.execute(select(Site.id).limit(1)).all()
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return make_response(jsonify(status="database unavailable"), 503)
    return jsonify(status="ok")
