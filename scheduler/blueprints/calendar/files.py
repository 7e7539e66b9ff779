"""Calendar files as HTTP answers."""

from urllib.parse import quote

from flask import Response

from scheduler.calendars.wording import file_name

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_answer(data: bytes, name: str, *, is_download: bool = True, method: str = "") -> Response:
    """A calendar file under a name: to save, or (a feed) to read in place. `method` repeats its METHOD."""
    media_type = f"{MEDIA_TYPE}; method={method}" if method else MEDIA_TYPE
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = _disposition(name, is_download=is_download)
    return answer


def _disposition(name: str, *, is_download: bool) -> str:
    """Both forms of the name: old programs read the first, the others the second (RFC 6266 4.3)."""
    whole = " ".join(file_name(name).split())
    plain = file_name(whole.removesuffix(".ics").encode("ascii", "ignore").decode(), fallback="calendar")
    kind = "attachment" if is_download else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
