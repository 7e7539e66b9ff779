"""The script of an open board, as far as a server can tell: JSON with the page's token."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.clients import Client

PROBLEM = "application/problem+json"
MONDAY = "2026-12-14"


@dataclass
class Script:
    """What a page's script asks and sends; each verb takes the status it expects and gives the JSON."""

    person: Client

    def get(self, door: str, *, status: int = 200, **query: Any) -> Any:
        wanted = {"on": MONDAY} | query
        return self._told(
            self.person.ask(self.person.browser.get, f"/board/{door}", query_string=wanted), status
        )

    def post(self, door: str, body: Any, *, status: int = 200, **more: Any) -> Any:
        token = {"X-CSRFToken": self.person.page.token}
        sent = {"headers": token, "json": body} | more
        return self._told(self.person.ask(self.person.browser.post, f"/board/{door}", **sent), status)

    def _told(self, answer: TestResponse, status: int) -> Any:
        self.answer = answer
        assert answer.status_code == status, f"{answer.status}: {answer.get_data(as_text=True)[:2000]}"
        return answer.get_json() if answer.is_json else answer.get_data(as_text=True)


def named(things: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The one thing of that id."""
    found = [each for each in things if each["id"] == name]
    assert len(found) == 1, f"{name} is not there once: {[each['id'] for each in things]}"
    return found[0]
