"""The board by mouse: a drop is decided by the server, told with its reasons, and can be undone."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.board import bangkok, drag, open_board, wish
from tests.engines import on_sqlite

pytestmark = on_sqlite


def test_a_wish_is_booked_by_dragging_and_taken_back(page, city, sign_in):
    _, first = bangkok()
    sign_in("officer")
    open_board(page, city, view="day", on=first + timedelta(days=1), site="TOPIS")
    drag(page, wish(page, "Transport course"), "14:00")
    expect(page.locator(".board-toast")).to_contain_text("Booked:")
    expect(page.locator("button.board-chip[data-key*='visit:']")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".board-toast")).to_contain_text("taken back")
    expect(page.locator("button.board-chip[data-key*='site:'][data-key*='visit:']")).to_have_count(0)


def test_a_refused_drop_springs_back_with_its_reasons(page, city, sign_in):
    _, first = bangkok()
    sign_in("officer")
    open_board(page, city, view="day", on=first + timedelta(days=1), site="TOPIS")
    drag(page, wish(page, "Bangkok"), "10:00")
    expect(page.get_by_role("dialog")).to_contain_text("the largest is 30")
    expect(page.locator(".board-ghost")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(wish(page, "Bangkok")).to_be_visible()
