"""A small city behind a real server, an officer's program at its API, and strangers who subscribe."""

import itertools
import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.clock import now
from scheduler.records.database import db
from tests import make
from tests.cast import SEOUL
from tests.strangers.clients import Khal, Seen, Vdirsyncer


@dataclass(frozen=True)
class Office:
    """An officer's program: `ask` the API of the city served at `url`."""

    url: str
    key: str

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON that comes back. Whatever is refused raises."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if method == "PATCH":
            headers["If-Match"] = "*"
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.url}/api/v1{path}", data=data, headers=headers, method=method)
        with urllib.request.urlopen(asked) as answer:
            return json.loads(answer.read() or b"null")

    def book(self, delegation_id: int, tour_code: str, starts_at: datetime) -> int:
        """Book ten people into the session that begins then; the number of the visit."""
        session = {"tour_code": tour_code, "starts_at": starts_at.isoformat(), "headcount": 10}
        who = {"delegation_id": delegation_id, "acknowledge": ["all"], "acknowledge_reason": "known"}
        return int(self.ask("POST", "/visits", session | who)["id"])

    def feed(self, kind: str, **subject: Any) -> tuple[int, str]:
        """The number of a new feed, and its secret address."""
        made = self.ask("POST", "/feeds", {"kind": kind, **subject})
        return made["id"], made["url"]


@dataclass(frozen=True)
class Town:
    """Two sites with rounds at ten and at two on a Monday and a Tuesday some weeks ahead, two delegations."""

    monday: date
    hanoi: int
    kampala: int

    def at(self, hour: int, *, day: int = 0) -> datetime:
        """An hour of that Monday, or of a day after it."""
        morning = datetime(self.monday.year, self.monday.month, self.monday.day, tzinfo=SEOUL)
        return morning + timedelta(days=day, hours=hour)


@dataclass(frozen=True)
class Subscriber:
    """Somebody with vdirsyncer and khal who subscribed to a feed."""

    fetching: Vdirsyncer
    reading: Khal
    first: date

    def look(self) -> list[Seen]:
        """Fetch, then read."""
        self.fetching.sync()
        return self.shown()

    def shown(self) -> list[Seen]:
        """What was fetched last."""
        return self.reading.events(self.first)


@pytest.fixture
def town(app) -> Town:
    today = now().astimezone(SEOUL).date()
    monday = today + timedelta(days=28 - today.weekday())
    town = Town(monday, *(guests(name, monday) for name in ("Hanoi", "Kampala")))
    for code in ("TOPIS", "PARK"):
        rounds = make.tour(make.site(code, name=code, address="Sejong-daero 1"), needs_agreement=True)
        for day, hour in itertools.product((0, 1), (10, 14)):
            make.tour_session(rounds, town.at(hour, day=day))
    db.session.remove()
    return town


def guests(name: str, monday: date) -> int:
    arrives_at = datetime(monday.year, monday.month, monday.day, tzinfo=SEOUL) - timedelta(days=2)
    return int(make.delegation(name, arrives_at=arrives_at, departs_at=arrives_at + timedelta(days=9)).id)


@pytest.fixture
def office(app, town, serve_city) -> Office:
    key = make.token("officer@city.example")
    db.session.remove()
    return Office(serve_city(workers=1).url, key)


@pytest.fixture
def subscribe(tmp_path, town) -> Callable[[str], Subscriber]:
    """Subscribe to the feed at an address."""

    def at_address(url: str) -> Subscriber:
        folder: Path = tmp_path / f"subscriber-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return Subscriber(Vdirsyncer(folder, url), Khal(folder), town.monday)

    return at_address
