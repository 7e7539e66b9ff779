"""The room itself."""

from flask import Blueprint

bp = Blueprint("delegations", __name__, url_prefix="/delegations")
