"""An owner without an account answers on a phone; the officer sees it on the desk."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.clock import now
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.link_lookup import awaits_owner
from scheduler.records.visits import Visit
from tests.browser.phone import PHONE, TARGET, must_be_narrow
from tests.engines import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def visit(app, city) -> Visit:
    """A visit of the demo that waits for its owner."""
    rows = select(Visit).where(Visit.state == VisitState.REQUESTED).order_by(Visit.starts_at)
    found = next(visit for visit in db.session.scalars(rows) if awaits_owner(visit, now()))
    assert found.delegation.name
    return found


@pytest.fixture
def address(page: Page, city, sign_in, visit) -> str:
    """What the officer sends the owner."""
    sign_in("officer")
    page.goto(f"{city}/visits/{visit.id}")
    page.get_by_role("button", name="Link for the owner").click()
    address = page.get_by_label("Address of the link").input_value()
    page.get_by_role("button", name="Sign out").click()
    page.set_viewport_size(PHONE)
    page.goto(address)
    return address


def test_an_owner_offers_another_time_on_a_phone(page, city, sign_in, visit, address):
    more, why = page.get_by_label("Another time", exact=True), page.get_by_label("Why not")
    expect(more).to_be_hidden()
    for choice in page.locator(".answer-choice .choice").all():
        assert choice.bounding_box()["height"] >= TARGET
    page.get_by_text("Not then, but at another time").click()
    expect(more).to_be_visible()
    expect(why).to_be_hidden()
    day = visit.starts_at.date()
    more.fill(f"{day}T15:00")
    page.get_by_label("Your name").fill("Kim Minsu")
    assert page.get_by_role("button", name="Send the answer").bounding_box()["height"] >= TARGET
    must_be_narrow(page)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.get_by_text("Other times offered")).to_be_visible()
    must_be_narrow(page)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This was answered already")
    sign_in("officer")
    expect(page.locator("#answered")).to_contain_text("Kim Minsu")


def test_an_answer_that_lacks_something_comes_back_with_it_in_sight(page, city, address):
    page.get_by_text("No, they cannot come").click()
    page.get_by_label("Your name").fill("Kim Minsu")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="Why not")).to_be_visible()
    expect(page.get_by_label("Why not")).to_be_visible()
    must_be_narrow(page)


def test_an_owner_agrees_by_keyboard_alone(page, city, address):
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Kim Minsu")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Agreed")).to_be_visible()
