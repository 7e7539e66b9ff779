"""The room itself; its doors stand in the files beside."""

from flask import Blueprint

bp = Blueprint("rosters", __name__, url_prefix="/roster")
