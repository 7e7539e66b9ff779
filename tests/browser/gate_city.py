"""A small city with one gate, where a manager receives three delegations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from scheduler.access import Role
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.blueprints.gate.links import gate_code_of
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.visits import Visit
from tests import make
from tests.browser.phone import PHONE
from tests.cast import OFFICER, PASSWORD, SEOUL

# A hand's second tap is not taken for so long after a card has changed; in milliseconds, and a little more.
SETTLED = 2200


@dataclass
class Gate:
    """A site where Hanoi comes now and Riyadh a little later, served; `here` has come already."""

    url: str
    roster: str
    hanoi: int
    riyadh: int
    here: int
    code: str

    def as_it_is(self, visit_id: int) -> Visit:
        db.session.rollback()
        return db.session.get_one(Visit, visit_id, populate_existing=True)

    def acts(self, visit_id: int) -> list[str]:
        db.session.rollback()
        rows = select(Journal.act).where(Journal.subject == "visit", Journal.subject_id == visit_id)
        return list(db.session.scalars(rows.order_by(Journal.id)))


def gate_at(app: Flask, serve_city: Callable[..., Any]) -> Gate:
    """The site and its three delegations, and a server of one process."""
    site = make.site(
        "TOPIS", name="Control room", name_native="교통정보센터", meeting_point="City Hall lobby"
    )
    tour = make.tour(site, places=100)
    begins = now().replace(second=0, microsecond=0)
    coming = []
    for minute, (name, people) in enumerate((("São Paulo", 5), ("Hanoi planning office", 12), ("Riyadh", 8))):
        who = make.delegation(
            name, arrives_at=begins - timedelta(days=2), departs_at=begins + timedelta(days=2)
        )
        where = make.tour_session(tour, begins + timedelta(minutes=minute))
        coming.append(make.visit_written_past_the_office(who, where, people))
    here, hanoi, riyadh = (visit.id for visit in coming)
    act_upon(here, Act.ARRIVE, Told(count=5), by=OFFICER, at=now())
    for name in ("manager", "colleague"):
        make.account(f"{name}@tests.example", Role.MANAGER, site_ids=(site.id,))
    with app.test_request_context():
        code = gate_code_of(coming[1].delegation, 0)
    day = begins.astimezone(SEOUL).date()
    db.session.remove()
    url = serve_city(workers=1).url
    return Gate(url, f"{url}/roster/TOPIS/{day}", hanoi, riyadh, here, code)


def sign_in(page: Page, gate: Gate, name: str = "manager") -> None:
    page.goto(f"{gate.url}/sign-in")
    page.get_by_label("E-mail").fill(f"{name}@tests.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{gate.url}/")


def open_roster(page: Page, gate: Gate, name: str = "manager", size: Any = PHONE) -> None:
    page.set_viewport_size(size)
    sign_in(page, gate, name)
    page.goto(gate.roster)
    expect(card(page, gate.hanoi).locator(".gate-card")).to_be_visible()


def card(page: Page, visit_id: int) -> Locator:
    return page.locator(f"#visit-{visit_id}")


def press(page: Page, visit_id: int, name: str) -> None:
    card(page, visit_id).get_by_role("button", name=name).click()


def wait_until(page: Page, script: str) -> None:
    """Ask the page until it says yes; the policy of our pages forbids Playwright's own way."""
    for _try in range(150):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def must_have_reached(page: Page) -> None:
    """Nothing waits on the phone any more."""
    wait_until(page, "Object.keys(localStorage).every(name => !name.startsWith('gate:'))")
