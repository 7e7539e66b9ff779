"""What a screen reader tells and a keyboard reaches: landmarks, names, and verdicts that are read out."""

import re

import pytest
from playwright.sync_api import expect

from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests.browser.axe import must_be_for_everyone
from tests.cast import PASSWORD
from tests.engines import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def book(museum, page):
    """Open the booking of the museum's first session for its guests, signed in."""

    def opened():
        page.goto(f"{museum.url}/sign-in")
        page.get_by_label("E-mail").fill("officer@tests.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{museum.url}/")
        asked = f"delegation={museum.who.id}&tour_session_id={museum.first.id}&headcount=10"
        page.goto(f"{museum.url}/book/session?{asked}")

    return opened


def test_a_page_is_told_by_its_landmarks_and_names(page, book):
    book()
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("search", name="Search everything")).to_be_visible()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_attached()
    unnamed = page.locator("input:visible, select:visible, textarea:visible").evaluate_all(
        "fields => fields.filter(f => !f.labels?.length && !f.ariaLabel).map(f => f.outerHTML)"
    )
    assert unnamed == []
    must_be_for_everyone(page)


def test_a_no_is_read_out_with_its_reasons_and_the_keyboard_goes_on_to_the_nearest_yes(page, book, museum):
    book()
    museum.fill(museum.first)
    page.get_by_role("main").get_by_role("button", name="Request the visit").or_(
        page.get_by_role("main").get_by_role("button", name="Book")
    ).last.focus()
    page.keyboard.press("Enter")
    verdict = page.get_by_role("alert", name="The rules say")
    expect(verdict).to_contain_text("Not enough places")
    expect(verdict).to_be_focused()
    must_be_for_everyone(page)
    page.keyboard.press("Tab")
    nearest = page.locator(":focus")
    expect(nearest).to_have_accessible_name(re.compile("^Book this one : .*The museum: A round$"))
    page.keyboard.press("Enter")
    told = page.get_by_role("status").filter(has_text="The visit is booked.")
    expect(told).to_be_visible()
    db.session.rollback()
    assert db.session.query(Visit).filter_by(delegation_id=museum.who.id).count() == 1
