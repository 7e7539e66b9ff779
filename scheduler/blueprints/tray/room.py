"""The room `tray`: its blueprint, for the doors in several files."""

from flask import Blueprint

bp = Blueprint("tray", __name__, url_prefix="/tray")
