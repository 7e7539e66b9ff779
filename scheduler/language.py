"""In which language somebody reads: asked for by `?lang=` and remembered, the account's, or the browser's."""

from flask import Flask, Response, current_app, request
from flask_babel import Babel

from scheduler.identity import is_api, known

REMEMBERED = "lang"
A_YEAR = 365 * 24 * 60 * 60


def set_up(app: Flask) -> None:
    """Choose a language for every request, and remember one that was asked for."""
    Babel(app, locale_selector=chosen_language)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang", "")
        # A program and a calendar have no cookies: they ask anew each time.
        has_cookies = not is_api() and request.blueprint != "calendar"
        if has_cookies and asked in current_app.config["LANGUAGES"]:
            response.set_cookie(REMEMBERED, asked, max_age=A_YEAR, httponly=True, samesite="Lax")
        return response


def chosen_language() -> str:
    """The first of: the address, the cookie, the account, the browser, the city's own choice."""
    spoken = current_app.config["LANGUAGES"]
    for asked in (request.args.get("lang"), request.cookies.get(REMEMBERED), _of_account()):
        if asked in spoken:
            return str(asked)
    return request.accept_languages.best_match(list(spoken)) or next(iter(spoken))


def _of_account() -> str | None:
    found = known()
    return found.language if found else None
