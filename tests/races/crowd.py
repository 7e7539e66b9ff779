"""Sixteen clients that ask a served city at one instant, each over a connection of its own."""

import http.client
import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 16
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Ask:
    """One demand of one client; `not_before` holds it back until that instant of `time.time()`."""

    path: str
    body: dict[str, Any]
    method: str = "POST"
    key: str | None = None
    not_before: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What came back: a yes, a no with its reasons, or neither."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """ "accepted", the codes of the refusals, or a fault in words."""
        if self.status in (200, 201):
            return "accepted"
        if self.status == 409:
            stops = [self.body, *self.body.get("visits", [])]
            codes = {refusal["code"] for stop in stops for refusal in stop.get("refusals", [])}
            if codes:
                return " ".join(sorted(codes))
        return f"fault: {self.status} {json.dumps(self.body)[:300]}"


@dataclass(frozen=True)
class Crowd:
    """Where the city is, and the key its API knows us by."""

    url: str
    token: str

    def ask_at_once(self, asks: Sequence[Ask]) -> list[Reply]:
        """All connections stand before the first demand is sent."""
        barrier = threading.Barrier(len(asks), timeout=PATIENCE_SECONDS)
        with ThreadPoolExecutor(len(asks)) as clients:
            return list(clients.map(lambda ask: self._ask(ask, barrier), asks))

    def _ask(self, ask: Ask, barrier: threading.Barrier) -> Reply:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE_SECONDS)
        connection.connect()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if ask.method == "PATCH":
            headers["If-Match"] = "*"
        if ask.key is not None:
            headers["Idempotency-Key"] = ask.key
        barrier.wait()
        time.sleep(max(0.0, ask.not_before - time.time()))
        connection.request(ask.method, f"/api/v1{ask.path}", json.dumps(ask.body), headers)
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        return Reply(answer.status, json.loads(told) if told else {})
