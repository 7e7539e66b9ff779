"""People at the doors: a client that signs in really, and looks at every page it is given."""

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from typing import Any

from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from scheduler.records.database import db
from tests.cast import PASSWORD
from tests.pages import Page, faults_of


@dataclass
class Client:
    """Somebody with a browser. Every HTML answer is checked to be a well-formed page of ours.

    `get`, `post` and `submit` take the status they expect and give the page, for which `in` means "says".
    `answer` is the last raw answer. Posting carries the token of the page last seen, as a browser would.
    """

    app: Flask

    def __post_init__(self) -> None:
        self.browser = self.app.test_client()
        self.page = Page("")

    def sign_in(self, email: str, password: str = PASSWORD) -> "Client":
        self.get("/sign-in")
        self.post("/sign-in", {"email": email, "password": password}, status=303)
        return self

    def get(self, path: str, *, status: int = 200, **query: Any) -> Page:
        return self._seen(self.ask(self.browser.get, path, query_string=query or None), status)

    def post(self, path: str, told: dict[str, Any] | None = None, *, status: int = 303) -> Page:
        """Send a form. 303 is what a form that did something answers with; `follow()` goes where it leads."""
        token = {"csrf_token": self.page.token} if self.page.token else {}
        data = token | (told or {})
        return self._seen(
            self.ask(self.browser.post, path, data=data, content_type="multipart/form-data"), status
        )

    def submit(self, action: str, told: dict[str, Any] | None = None, *, status: int = 303) -> Page:
        """Send the form for this path on the page last seen, as it stands but for what is told."""
        return self.post(action, self.page.values_of(action) | (told or {}), status=status)

    def follow(self) -> Page:
        """Go where the last answer led."""
        return self.get(self.answer.headers["Location"])

    def ask(self, method: Callable[..., TestResponse], path: str, **more: Any) -> TestResponse:
        """A request lives outside the test's own context, as it does in a server; afterwards the test reads
        the archive anew."""
        answer = Context().run(method, path, **more)
        answer.request.environ["wsgi.input"].close()
        if has_app_context():
            db.session.rollback()
            db.session.expire_all()
        return answer

    def _seen(self, answer: TestResponse, status: int) -> Page:
        self.answer = answer
        assert answer.status_code == status, f"{answer.status}: {_words_of(answer)}"
        if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303):
            return Page("")
        page = Page(answer.get_data(as_text=True))
        assert faults_of(page) == []
        self.page = page if page.token or not self.page.token else page.with_token(self.page.token)
        return page


def _words_of(answer: TestResponse) -> str:
    """What an unexpected answer says, without its frame."""
    text = answer.get_data(as_text=True)
    if answer.mimetype != "text/html" or "<main" not in text:
        return text[:2000]
    return Page(text).all("main")[0].text[:2000]
