"""Programs at the doors: clients of the API with a key of their own."""

from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from scheduler.records.database import db

PROBLEM = "application/problem+json"
# What every write of the same thing may say again and again.
DECEMBER_14 = "2026-12-14T10:00:00+09:00"


@dataclass
class Program:
    """A client with a key. Each verb takes the status it expects and gives the JSON; failures must be problem
    documents. `answer` is the last raw answer."""

    app: Flask
    key: str = ""
    answer: TestResponse = field(init=False)

    def get(self, path: str, *, status: int = 200, **query: Any) -> Any:
        return self.ask("GET", path, status=status, query_string=query or None)

    def post(self, path: str, body: Any = None, *, status: int = 201, **headers: str) -> Any:
        return self.ask("POST", path, status=status, headers=headers, **_json(body))

    def patch(self, path: str, body: Any, *, status: int = 200, **headers: str) -> Any:
        return self.ask("PATCH", path, status=status, headers=headers, **_json(body))

    def put(self, path: str, body: Any, *, status: int = 200, **headers: str) -> Any:
        return self.ask("PUT", path, status=status, headers=headers, **_json(body))

    def delete(self, path: str, *, status: int = 204, **headers: str) -> Any:
        return self.ask("DELETE", path, status=status, headers=headers)

    def send(self, method: str, path: str, raw: bytes, *, status: int, content_type: str) -> Any:
        """A body exactly as it stands."""
        return self.ask(method, path, status=status, data=raw, content_type=content_type)

    def ask(self, method: str, path: str, *, status: int, headers: Any = None, **more: Any) -> Any:
        told = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.key:
            told["Authorization"] = f"Bearer {self.key}"
        client = self.app.test_client(use_cookies=False)
        # A request lives outside the test's own context, as it does in a server.
        address = path if path.startswith("/api") else f"/api/v1{path}"
        self.answer = Context().run(client.open, address, method=method, headers=told, **more)
        if has_app_context():
            db.session.rollback()
        assert self.answer.status_code == status, f"{self.answer.status}: {self.answer.text[:3000]}"
        if status >= 400:
            return self._problem(status)
        return self.answer.get_json() if self.answer.is_json else self.answer.data

    def _problem(self, status: int) -> Any:
        assert self.answer.content_type == PROBLEM
        told = self.answer.get_json()
        assert (told["status"], told["type"]) == (status, f"/api/problems/{told['code']}")
        return told

    @property
    def etag(self) -> str:
        return self.answer.headers["ETag"]


def fields_at_fault(problem: Any) -> list[str]:
    """Which fields a 422 names."""
    return sorted(error["field"] for error in problem["errors"])


def codes(reasons: Any) -> list[str]:
    """The codes of refusals or cautions."""
    return [reason["code"] for reason in reasons]


def _json(body: Any) -> dict[str, Any]:
    return {} if body is None else {"json": body}
