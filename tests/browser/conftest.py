"""The demo city behind a real server, met with a real browser."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from sqlite3 import connect

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import make_url

from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.demo.load import DEMO_PASSWORD, load_demo_city
from scheduler.records.availability import offers
from scheduler.records.database import db
from scheduler.records.site_lookup import site_seen_by
from tests import make
from tests.browser.board_city import Museum, museum_at
from tests.browser.gate_city import Gate, gate_at
from tests.cast import OFFICER, PASSWORD, SEOUL
from tests.conftest import app_on

HEADCOUNT = 12


@pytest.fixture(scope="session")
def loaded_city(sqlite_engine) -> Iterator[Path]:
    """The demo city in a file, loaded once for all that copy it."""
    with sqlite_engine.database() as url:
        for _app in app_on(url):
            load_demo_city(now())
        yield Path(str(make_url(url).database))


@pytest.fixture
def city(app, loaded_city, serve_city) -> str:
    """The address of the demo city, loaded not long ago."""
    with closing(connect(loaded_city)) as loaded, closing(connect(db.engine.url.database)) as ours:
        loaded.backup(ours)
    db.session.remove()
    return serve_city(workers=1).url


@pytest.fixture
def friday(app, city) -> date:
    """A Friday, some weeks ahead, on which both Seoul Botanic Park and TOPIS would take twelve people."""
    first = now() + timedelta(days=21)
    sites = [site_seen_by(OFFICER, code).id for code in ("BOTANIC", "TOPIS")]
    asked = VisitRequest(headcount=HEADCOUNT, language="en")
    found = offers(sites, asked, first, first + timedelta(days=50), at=now())
    free = {(o.running.starts_at.astimezone(SEOUL), o.site.code) for o in found if o.would_work}
    at_ten = {starts_at.date() for starts_at, code in free if code == "TOPIS" and starts_at.hour == 10}
    in_park = {starts_at.date() for starts_at, code in free if code == "BOTANIC"}
    return min(day for day in at_ten & in_park if day.weekday() == 4)


@pytest.fixture
def sign_in(page: Page, city: str) -> Callable[[str], None]:
    """Sign in as somebody of the demo, the way people do."""

    def as_person(name: str) -> None:
        page.goto(f"{city}/sign-in")
        page.get_by_label("E-mail").fill(f"{name}@demo.example")
        page.get_by_label("Password").fill(DEMO_PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{city}/")

    return as_person


@pytest.fixture
def museum(app, serve_city) -> Museum:
    """A small city with a museum: everything a story of the board needs."""
    made = museum_at(serve_city(workers=1).url)
    for name in ("officer", "second-officer"):
        make.account(f"{name}@tests.example")
    return made


@pytest.fixture
def open_board(museum) -> Callable[..., None]:
    """Sign in as an officer and open the board of the museum's week."""

    def on_page(page: Page, name: str = "officer", *, view: str = "week", waits: bool = True) -> None:
        page.goto(f"{museum.url}/sign-in")
        page.get_by_label("E-mail").fill(f"{name}@tests.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{museum.url}/")
        page.goto(f"{museum.url}/board?view={view}&on={museum.monday}")
        if waits:
            expect(page.locator(museum.box(museum.first))).to_be_visible()

    return on_page


@pytest.fixture
def board(page, open_board) -> Callable[..., None]:
    """Open the board on this test's page."""
    return partial(open_board, page)


@pytest.fixture
def gate(app, serve_city) -> Gate:
    """A small city with one gate."""
    return gate_at(app, serve_city)
