"""Whole stories in a real browser: an officer by mouse, a manager on a phone, a keyboard alone."""

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from scheduler.demo.load import DEMO_PASSWORD
from tests.browser.conftest import HEADCOUNT
from tests.browser.phone import must_be_narrow
from tests.engines import on_sqlite

pytestmark = on_sqlite
NAME = "Planning office of Ulaanbaatar"


def register(page: Page, city: str, day: date) -> None:
    """Register twelve English-speaking people who stay from the day before to the day after."""
    page.goto(f"{city}/delegations")
    page.get_by_role("link", name="Register a delegation").first.click()
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=headcount]").fill(str(HEADCOUNT))
    page.get_by_role("checkbox", name="English").check()
    page.locator("[name=arrives_at]").fill(f"{day - timedelta(days=1)}T08:00")
    page.locator("[name=departs_at]").fill(f"{day + timedelta(days=1)}T20:00")
    page.locator("[name=contact_email]").fill("planning@guests.example")
    page.get_by_role("main").get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def pick(page: Page, day: date, site: str) -> None:
    """From the delegation's page to the sessions of a site on a day."""
    page.get_by_role("link", name="Book a visit").click()
    page.locator("select[name=site]").select_option(site)
    page.locator("[name=on]").fill(str(day))
    page.get_by_role("button", name="Show").click()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    for _press in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard alone does not reach {wanted}")


def test_an_officer_registers_books_and_takes_the_calendar_file(page, city, sign_in, friday):
    sign_in("officer")
    register(page, city, friday)
    pick(page, friday, "BOTANIC")
    page.get_by_role("main").get_by_role("button", name="Book").first.click()
    expect(page.get_by_text("The visit is booked.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="This visit").click()
    file = Path(download.value.path()).read_bytes()
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"Seoul Botanic Park" in file


def test_a_closed_day_is_left_with_one_click_for_one_that_works(page, city, sign_in, friday):
    sign_in("officer")
    register(page, city, friday)
    pick(page, friday + timedelta(days=1), "TOPIS")
    expect(page.get_by_text("Closed to visits on this day")).to_be_visible()
    page.get_by_role("button", name="Book this one").first.click()
    expect(page.get_by_text("The visit is booked.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TOPIS")


def test_a_manager_sees_and_confirms_the_visit_on_a_phone(page, city, sign_in, friday):
    sign_in("officer")
    register(page, city, friday)
    pick(page, friday, "TOPIS")
    page.get_by_role("main").get_by_role("button", name="10:00").click()
    expect(page.get_by_text("The visit is booked.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in("topis")
    page.goto(f"{city}/roster/TOPIS/{friday}")
    row = page.locator("main").get_by_text(NAME).first
    expect(row).to_be_visible()
    must_be_narrow(page)
    page.get_by_role("button", name=f"Confirm: {NAME}").or_(
        page.get_by_role("button", name="Confirm")
    ).first.click()
    expect(page.get_by_text("Confirmed").first).to_be_visible()


def test_a_manager_reaches_the_roster_by_keyboard_alone(page, city):
    page.goto(f"{city}/sign-in")
    tab_to(page, page.get_by_label("E-mail"))
    page.keyboard.type("cityhall@demo.example")
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{city}/")
    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="Roster"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Seoul City Hall")
