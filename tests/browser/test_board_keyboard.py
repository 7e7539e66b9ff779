"""The board by keyboard alone: one tab stop, arrows, a move, the help, the panel."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.board import bangkok, open_board, wish
from tests.engines import on_sqlite

pytestmark = on_sqlite


def test_a_wish_is_booked_by_keyboard_alone(page, city, sign_in):
    _, first = bangkok()
    sign_in("officer")
    open_board(page, city, view="day", on=first + timedelta(days=1), site="TOPIS")
    assert page.locator("#board button[data-key][tabindex='0']").count() == 1
    wish(page, "Transport course").focus()
    page.keyboard.press("m")
    expect(page.locator(".board-bar")).to_contain_text("Places that would work")
    page.keyboard.press("n")
    expect(page.locator(".board-bar")).to_contain_text("Would work")
    page.keyboard.press("Enter")
    expect(page.locator(".board-toast")).to_contain_text("Booked:")
    page.keyboard.press("u")
    expect(page.locator(".board-toast")).to_contain_text("taken back")


def test_help_and_panel_open_by_a_key_and_escape_leads_back(page, city, sign_in):
    _, first = bangkok()
    sign_in("officer")
    open_board(page, city, view="day", on=first + timedelta(days=1), site="TOPIS")
    start = wish(page, "Bangkok")
    start.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="The board by keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(start).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Plan an engagement")
    page.keyboard.press("Escape")
    expect(start).to_be_focused()
    page.keyboard.press("End")
    expect(start).not_to_be_focused()
