"""The 47 people of Bangkok who want TOPIS, which takes 30: to a published programme, on the board alone."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.board import bangkok, drag, open_board, wish
from tests.engines import on_sqlite

pytestmark = on_sqlite


def ask_to_come(page: Page, name: str) -> None:
    """In the dialog of people and vehicles: this one."""
    page.get_by_role("dialog").get_by_role("button", name=f"Ask to come : {name}").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Who comes along")).to_be_visible()


def split_and_book(page: Page, city: str, day: date, site: str, what: str, hour: str) -> Locator:
    """Drag a wish onto a session that is too small, split the party, book both parts; the two visits."""
    number, _first = bangkok()
    open_board(page, city, view="day", on=day, delegation=number, site=site)
    drag(page, wish(page, what), hour)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Too many for this tour: a group of 47, and the largest is 30.")
    expect(dialog).not_to_contain_text("Nothing near this time would work.")
    dialog.get_by_role("link", name="Split over several sessions").click()
    dialog.get_by_role("button", name="Book all of them").click()
    expect(page.locator(".board-toast")).to_contain_text("2 visits are booked")
    parts = page.locator("button.board-chip[data-key*='visit:']")
    expect(parts).to_have_count(2)
    return parts


def test_the_47_of_bangkok_get_two_days_published_on_the_board(page, city, sign_in):
    number, first = bangkok()
    sign_in("officer")
    dialog = page.get_by_role("dialog")

    day = first + timedelta(days=1)
    parts = split_and_book(page, city, day, "TOPIS", "Traffic control", "10:00")
    parts.first.click()
    dialog.get_by_role("link", name="People and vehicles").click()
    ask_to_come(page, "Interpreter for English 1")
    ask_to_come(page, "Bus 1")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    parts.last.click()
    dialog.get_by_role("link", name="Plan an engagement").click()
    dialog.get_by_label("What it is", exact=False).first.select_option("meal")
    dialog.get_by_label("Begin").fill(f"{day}T13:00")
    dialog.get_by_label("End").fill(f"{day}T14:00")
    dialog.get_by_role("button", name="Plan it").click()
    expect(dialog.get_by_role("heading", level=2).first).not_to_have_text("Plan an engagement")
    page.keyboard.press("Escape")

    open_board(page, city, view="day", on=first + timedelta(days=3), delegation=number, site="EDC")
    visits = page.locator("button.board-chip[data-key*='visit:']")
    visits.first.click()
    dialog.get_by_role("link", name="People and vehicles").click()
    ask_to_come(page, "Guide of the western parks")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visits.first.click()
    dialog.get_by_role("link", name="Programme").click()
    dialog.get_by_role("button", name="Publish version 1").click()
    expect(dialog.get_by_text("Guests hold version 1, and nothing has changed since.")).to_be_visible()
    assert page.url.startswith(f"{city}/board?")
