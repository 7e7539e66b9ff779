"""The room itself: papers as answers, and what is said where there is nothing to print."""

from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, render_template, send_file
from flask.typing import ResponseReturnValue

from scheduler.blueprints.downloads import name_to_keep
from scheduler.papers.harmless import file_name

bp = Blueprint("papers", __name__)
PDF = "application/pdf"
CONFLICT = 409


@dataclass
class NothingToPrint(Exception):
    """A paper would be empty: what is missing, what to do first, and where."""

    title: str
    what_to_do: str
    url: str = ""
    label: str = ""
    above: tuple[tuple[str, str], ...] = ()


def paper_answer(pdf: bytes, name: str) -> Response:
    """A PDF, shown where the browser can, under a name to keep it by."""
    answer = name_to_keep(send_file(BytesIO(pdf), mimetype=PDF), file_name(name, "pdf"), is_shown=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.errorhandler(NothingToPrint)
def nothing_to_print(nothing: NothingToPrint) -> ResponseReturnValue:
    return render_template("papers/nothing.html", nothing=nothing), CONFLICT
