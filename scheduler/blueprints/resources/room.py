"""The room itself: the blueprint that all its files share."""

from flask import Blueprint

bp = Blueprint("resources", __name__, url_prefix="/resources")
