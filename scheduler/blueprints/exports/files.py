"""A table handed out as a file: its name in any script, its kind, the reader's language and direction."""

from collections.abc import Sequence
from io import BytesIO

from flask import Response, send_file
from flask_babel import get_locale
from flask_babel import gettext as _

from scheduler.blueprints.downloads import name_to_keep
from scheduler.papers.harmless import file_name
from scheduler.papers.table import Table
from scheduler.papers.table_files import as_text, as_workbook

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def spreadsheet(tables: Sequence[Table], name: str, kind: str) -> Response:
    """The answer that saves some tables as an .xlsx or .csv file of this name."""
    locale = get_locale()
    if kind == "csv":
        data = as_text(tables)
    else:
        is_rtl = locale is not None and locale.text_direction == "rtl"
        data = as_workbook(
            tables, language=reader_language(), is_right_to_left=is_rtl, notes_title=_("Remarks")
        )
    return file_answer(data, file_name(name, kind), kind)


def file_answer(data: bytes, name: str, kind: str) -> Response:
    """Bytes as a file to keep, never shown inside our own pages."""
    answer = name_to_keep(send_file(BytesIO(data), mimetype=KINDS[kind]), name)
    answer.headers["Content-Type"] = KINDS[kind]
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def reader_language() -> str:
    """The reader's language by its code alone."""
    return str(get_locale() or "en").split("_")[0]
