"""The room `imports`: spreadsheets brought in, looked at row by row and mended before anything is kept."""

from flask import Response
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from scheduler.access import Permission
from scheduler.blueprints.exports.files import file_answer, reader_language
from scheduler.blueprints.imports import delegates, visits  # noqa: F401  their doors belong to this room
from scheduler.blueprints.imports.room import bp
from scheduler.doors import allow
from scheduler.papers.empty_list import empty_list, empty_visit_list
from scheduler.papers.harmless import file_name

__all__ = ["bp"]

TITLES = {"delegates": _l("Delegates"), "visits": _l("Visits")}
TEMPLATES = {"delegates": empty_list, "visits": empty_visit_list}


@bp.get("/imports/<any(delegates, visits):what>.<any(xlsx, csv):kind>")
@allow(Permission.BOOK_VISITS)
def template(what: str, kind: str) -> Response:
    """An empty list to fill in, in the reader's language."""
    locale = get_locale()
    is_rtl = locale is not None and locale.text_direction == "rtl"
    make, title = TEMPLATES[what], str(TITLES[what])
    data = make(reader_language(), title=title, is_text=kind == "csv", is_right_to_left=is_rtl)
    return file_answer(data, file_name(title, kind), kind)
