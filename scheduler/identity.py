"""Who stands at the door: a signed-in person by cookie, or a program by its key; never both at one door."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeVar

from flask import Flask, current_app, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user

from scheduler.access import Actor
from scheduler.actions.tokens import digest_of
from scheduler.records.account_lookup import Known, known_by_id, known_by_token

API_PREFIX = "/api/"
View = TypeVar("View", bound=Callable[..., object])

login_manager = LoginManager()


@dataclass
class Person(UserMixin):
    """A signed-in person as Flask-Login wants to see one."""

    known: Known

    def get_id(self) -> str:
        return f"{self.known.actor.account_id}.{self.known.password_key}"


class CookieOfPages(SecureCookieSessionInterface):
    """A sign-in lasts so long from the last page that was opened. What a page's scripts fetch beside it does
    not renew the cookie: an answer that comes late would undo the sign-out that overtook it."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        return session.modified or (is_page and super().should_set_cookie(app, session))


def set_up(app: Flask) -> None:
    """Let the application know its people."""
    app.session_interface = CookieOfPages()
    login_manager.init_app(app)
    login_manager.session_protection = "basic"


def is_api() -> bool:
    """Whether a program is asking: the API knows keys only, the pages know cookies only."""
    return request.path.startswith(API_PREFIX)


def for_scripts(view: View) -> View:
    """Mark a door that a page's own script asks, as the person who has the page open."""
    view.is_for_scripts = True  # type: ignore[attr-defined]
    return view


def is_script() -> bool:
    """Whether the script of a page is asking: it is told what is wrong as a program is, not by a page."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "is_for_scripts", False))


def known() -> Known | None:
    """Whoever asks, or None. Asked once a request."""
    if "known" not in g:
        g.known = _bearer() if is_api() else getattr(current_user, "known", None)
    found: Known | None = g.known
    return found


def actor() -> Actor:
    """Whoever asks; the gate has already turned away those who must be somebody and are not."""
    found = known()
    if found is None:
        raise LookupError("this door lets strangers in; ask known() instead")
    return found.actor


@login_manager.user_loader
def load_person(user_id: str) -> Person | None:
    """The person a cookie speaks of, as long as the account is active and its password the same."""
    account_id, _, key = user_id.partition(".")
    found = known_by_id(int(account_id)) if account_id.isdecimal() else None
    if found is None or found.password_key != key or not _may_be_here(found):
        return None
    return Person(found)


def _bearer() -> Known | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    found = known_by_token(digest_of(token.strip()))
    return found if found is not None and _may_be_here(found) else None


def _may_be_here(found: Known) -> bool:
    """The demo's accounts have a password that everybody knows: they are believed on this machine alone."""
    if not found.is_demo:
        return True
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
