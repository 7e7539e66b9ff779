"""The room itself."""

from flask import Blueprint

bp = Blueprint("board", __name__)
