"""The newcomer's first five minutes in the demo city: on a desk, then another newcomer on a phone."""

import re
from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from scheduler.access import Role
from scheduler.demo.load import DEMO_PASSWORD
from scheduler.records.database import db
from tests import make
from tests.browser.axe import must_be_for_everyone
from tests.browser.phone import PHONE, must_be_narrow
from tests.engines import on_sqlite

pytestmark = on_sqlite
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def newcomers(app, city) -> list[str]:
    """The demo's officer, and a colleague of theirs who comes a little later."""
    colleague = make.account("colleague@demo.example", Role.OFFICER, password=DEMO_PASSWORD)
    colleague.is_demo = colleague.is_guided = True
    db.session.commit()
    return ["officer@demo.example", colleague.email]


@pytest.fixture
def sizes(browser: Browser) -> Iterator[list[Page]]:
    """A page on a desk and one on a phone, each in a browser of its own."""
    contexts = [browser.new_context(locale="en-GB", viewport=size) for size in (DESK, PHONE)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(10_000)
    yield pages
    for context in contexts:
        context.close()


def next_step(page: Page, title: str) -> Page:
    """The guide names this step: follow its button. The page on the way suits everybody."""
    guide = page.get_by_role("complementary", name="First steps")
    expect(guide).to_contain_text(title)
    must_be_narrow(page)
    must_be_for_everyone(page)
    return guide


def go_on(page: Page, title: str, button: str) -> None:
    next_step(page, title).get_by_role("link", name=button).click()


def sign_in(page: Page, city: str, email: str) -> None:
    page.goto(f"{city}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").first.click()


def book_three_stops(page: Page) -> None:
    """Two that work, then one that is full: the nearest that works is one click away."""
    for title in ("Book their first stop", "Book a second stop"):
        go_on(page, title, "Show the sessions")
        page.get_by_role("main").get_by_role("button", name=re.compile("^Book ")).first.click()
        expect(page.get_by_role("status").first).to_contain_text("The visit is booked.")
    go_on(page, "Meet a no", "Ask for the full session")
    expect(page.get_by_role("group", name="The rules say")).to_contain_text("Not enough places")
    must_be_for_everyone(page)
    page.get_by_role("button", name="Book this one").first.click()
    expect(page.get_by_role("status").first).to_contain_text("The visit is booked.")


def take_the_calendar(page: Page) -> Calendar:
    with page.expect_download() as begun:
        go_on(page, "Take their calendar with you", "Download the calendar")
    return Calendar.from_ical(begun.value.path().read_bytes())


def test_a_newcomer_books_meets_a_no_and_sees_the_roster(city, newcomers, sizes):
    for page, email in zip(sizes, newcomers, strict=True):
        sign_in(page, city, email)
        go_on(page, "0 of 6", "Open the form")
        page.get_by_role("main").get_by_role("button", name="Register").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("City of Porto")
        book_three_stops(page)
        assert len(take_the_calendar(page).events) == 3
        page.goto(f"{city}/")
        next_step(page, "5 of 6").get_by_role("button", name="Be the manager").click()
        expect(page.get_by_role("complementary", name="You are the manager now")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("City of Porto")
        must_be_narrow(page)
        page.get_by_role("button", name="Back to the office").click()
        expect(page.get_by_role("main")).to_contain_text("That was all")
        page.get_by_role("main").get_by_role("button", name="I know my way").click()
        expect(page.get_by_role("complementary", name="First steps")).to_have_count(0)


def test_the_search_is_a_key_away_and_on_a_phone_a_tap(city, newcomers, sizes):
    desk, phone = sizes
    sign_in(desk, city, newcomers[0])
    desk.goto(f"{city}/sites")
    desk.keyboard.press("/")
    desk.keyboard.type("sao paulo")
    desk.keyboard.press("Enter")
    expect(desk.locator("#found-delegations")).to_contain_text("City of São Paulo")
    must_be_for_everyone(desk)
    sign_in(phone, city, newcomers[1])
    phone.get_by_role("banner").get_by_role("link", name="Search").click()
    expect(phone.get_by_label("Look for")).to_be_focused()
    phone.get_by_label("Look for").fill("리야드 MAYOR")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("main")).to_contain_text("Nothing found")
    phone.get_by_label("Look for").fill("사우디 mayor")
    phone.keyboard.press("Enter")
    expect(phone.locator("#found-delegations")).to_contain_text("Riyadh Municipality")
    must_be_narrow(phone)
    must_be_for_everyone(phone)
