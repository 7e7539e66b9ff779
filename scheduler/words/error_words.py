"""What a failed request is called on its page, and what to do next where nobody said more."""

from http import HTTPStatus

from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

TITLES = {
    400: _l("Bad Request"),
    401: _l("Unauthorized"),
    403: _l("Forbidden"),
    404: _l("Not Found"),
    405: _l("Method Not Allowed"),
    409: _l("Conflict"),
    413: _l("Request Entity Too Large"),
    415: _l("Unsupported Media Type"),
    422: _l("Unprocessable Entity"),
    429: _l("Too Many Requests"),
    500: _l("Internal Server Error"),
}
# In place of what the library says to everybody in English.
DETAILS = {
    400: _l("What was sent cannot be understood. Go back, check it, send it again."),
    404: _l("There is nothing at this address. Check how it is written."),
    405: _l("This address does not take requests of this kind."),
    413: _l("What was sent is too large. Send less."),
    415: _l("What was sent is of a kind that is not read here."),
    500: _l("Something went wrong on our side. Try again later."),
}


def title_in_words(status: int) -> str:
    """What a status is called, as the heading of a page."""
    return str(TITLES.get(status, HTTPStatus(status).phrase))


def detail_in_words(error: HTTPException) -> str:
    """What to do about it: our own words where the library has nothing but its general ones."""
    told = error.description or ""
    is_general = told == (type(error).description or "")
    return str(DETAILS.get(error.code or 500, told)) if is_general else told
