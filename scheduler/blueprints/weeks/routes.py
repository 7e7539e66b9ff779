"""The room `weeks`."""

from flask import Blueprint

bp = Blueprint("weeks", __name__)
