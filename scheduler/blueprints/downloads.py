"""The name a file is kept under, in any script, and in ASCII for old programs (RFC 6266, RFC 8187)."""

import re
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import dump_options_header

from scheduler.papers.harmless import ascii_name


def name_to_keep(answer: Response, name: str, *, is_shown: bool = False) -> Response:
    """The same answer under a name; to be saved, or shown where the browser can."""
    told = {"filename": ascii_name(name, _last_word_of_address())}
    if told["filename"] != name:
        told["filename*"] = f"UTF-8''{quote(name, safe='')}"
    kind = "inline" if is_shown else "attachment"
    answer.headers["Content-Disposition"] = dump_options_header(kind, told)
    return answer


def _last_word_of_address() -> str:
    """statistics, for /reports/statistics.xlsx: what a file is called whose name has no letter left."""
    stems = [part.partition(".")[0] for part in reversed(request.path.split("/"))]
    return next((stem for stem in stems if re.fullmatch("[A-Za-z][A-Za-z_-]*", stem)), "file")
