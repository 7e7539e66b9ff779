"""The room itself."""

from flask import Blueprint

bp = Blueprint("sessions", __name__)
