"""The 47 people of Bangkok who want TOPIS, which takes 30: to a published programme, on the board alone."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.board import bangkok, drag, open_board, wish
from tests.engines import on_sqlite

pytestmark = on_sqlite


def ask_to_come(page: Page, name: str) -> None:
    """In the dialog of people and vehicles: this one."""
    page.get_by_role("dialog").get_by_role("button", name=f"Ask to come : {name}").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Who comes along")).to_be_visible()


def test_the_47_of_bangkok_get_a_published_programme_on_the_board(page, city, sign_in):
    number, first = bangkok()
    day = first + timedelta(days=1)
    sign_in("officer")
    open_board(page, city, view="day", on=day, delegation=number, site="TOPIS")
    drag(page, wish(page, "Traffic control"), "10:00")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Too many for this tour: a group of 47, and the largest is 30.")
    dialog.get_by_role("link", name="Split over several sessions").click()
    dialog.get_by_role("button", name="Book all parts").click()
    expect(page.locator(".board-toast")).to_contain_text("2 visits are booked")
    parts = page.locator("button.board-chip[data-key*='visit:']")
    expect(parts).to_have_count(2)
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
    parts.last.click()
    dialog.get_by_role("link", name="Programme").click()
    dialog.get_by_role("button", name="Publish version 1").click()
    expect(dialog.get_by_text("Guests hold version 1, and nothing has changed since.")).to_be_visible()
    assert page.url.startswith(f"{city}/board?")
