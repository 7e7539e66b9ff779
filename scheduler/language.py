"""In which language somebody reads: asked for by `?lang=` and remembered, the account's, or the browser's."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from babel.languages import get_official_languages
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, refresh

from scheduler.identity import is_api, known
from scheduler.records.delegations import Delegation

REMEMBERED = "lang"
A_YEAR = 365 * 24 * 60 * 60


def set_up(app: Flask) -> None:
    """Choose a language for every request, and remember one that was asked for."""
    Babel(app, locale_selector=chosen_language)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang", "").lower()
        # A program and a calendar have no cookies: they ask anew each time. A paper in a language of its
        # readers says nothing of who prints it.
        is_paper = request.path.endswith(".pdf")
        has_cookies = not is_api() and not is_paper and request.blueprint != "calendar"
        if has_cookies and asked in current_app.config["LANGUAGES"]:
            response.set_cookie(REMEMBERED, asked, max_age=A_YEAR, httponly=True, samesite="Lax")
            if response.location:
                response.location = _in_language(response.location, asked)
        return response


def guest_language(delegation: Delegation) -> str:
    """In which of our languages a delegation is written to: an official one of their country that they also
    speak, else English if they speak it, else the first of ours that they speak, else English."""
    return language_of_guests(delegation.country, delegation.languages)


def language_of_guests(country: str | None, languages: Collection[str]) -> str:
    """The same for guests from a country (ISO 3166-1 alpha-2, if known) who speak some languages."""
    ours = list(current_app.config["LANGUAGES"])
    official = get_official_languages(country or "", regional=True, de_facto=True)
    at_home = [code.split("_")[0] for code in official]
    spoken = [code for code in (*at_home, "en", *ours) if code in ours and code in languages]
    return spoken[0] if spoken else "en"


def speak_to_guests(delegation: Delegation) -> None:
    """For the rest of this request: the delegation's language, unless the reader asked for another one."""
    g.of_guests = guest_language(delegation)
    refresh()


def chosen_language() -> str:
    """The first of: the address, the cookie, the guests' own, the account, the browser, the city's choice."""
    spoken = current_app.config["LANGUAGES"]
    asked_for = request.args.get("lang", "").lower(), request.cookies.get(REMEMBERED)
    for asked in (*asked_for, g.get("of_guests"), _of_account()):
        if asked in spoken:
            return str(asked)
    return request.accept_languages.best_match(list(spoken)) or next(iter(spoken))


def _in_language(address: str, language: str) -> str:
    """An address of this house with the language that was asked for; of another house, as it is."""
    parts = urlsplit(address)
    if parts.netloc not in ("", request.host):
        return address
    asked = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"
    ]
    return urlunsplit(parts._replace(query=urlencode([*asked, ("lang", language)])))


def _of_account() -> str | None:
    found = known()
    return found.language if found else None
