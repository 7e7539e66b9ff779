"""The gate before every door: which permission it asks for is written at the door, and none is no entry."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.identity import is_api, is_script, known
from scheduler.problems import problem

View = TypeVar("View", bound=Callable[..., object])

# Everything a page needs comes from the project itself; nothing inline, nothing framed.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}


class NoPermissionStated(RuntimeError):
    """A door was built without saying who may pass it."""


def allow(permission: Permission) -> Callable[[View], View]:
    """State at a door which permission it asks for."""

    def state(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return state


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What a door asks for; files of the project itself are open."""
    if endpoint == "static":
        return Permission.OPEN
    return getattr(app.view_functions[endpoint], "permission", None)


def set_up(app: Flask) -> None:
    """Put the gate before every door, and the safe headers on every answer."""

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        permission = permission_of(app, request.endpoint)
        if permission is None:
            raise NoPermissionStated(request.endpoint)
        if permission is Permission.OPEN:
            return None
        somebody = known()
        if somebody is None:
            return _turn_away()
        somebody.actor.must(permission)
        return None

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if known_to_be_private(response):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def known_to_be_private(response: Response) -> bool:
    """What somebody signed in was shown belongs in no shared cache."""
    return request.endpoint != "static" and "Cache-Control" not in response.headers


def _turn_away() -> ResponseReturnValue:
    """A program is told how to sign in; a person is led there, and back again after."""
    if is_api():
        answer = problem(401, "no_key", detail="Send a valid key: Authorization: Bearer <token>.")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Delegation Scheduler"'
        return answer
    if is_script():
        return problem(401, "signed_out", detail=_("You are signed out. Sign in again, then go on."))
    # Without its language: who chooses another one on the way keeps that.
    kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "lang"])
    wanted = f"{request.path}?{kept}".rstrip("?") if request.method in ("GET", "HEAD") else None
    return redirect(url_for("front_desk.sign_in", next=wanted), code=303)
