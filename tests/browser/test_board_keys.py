"""The board by keyboard alone: one tab stop, arrows, picking up and dropping, help, another week."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests import make
from tests.engines import on_sqlite

pytestmark = on_sqlite


def here(page: Page) -> str:
    """What has the focus, by the id the board knows it under."""
    key = page.evaluate("document.activeElement.dataset.key ?? ''")
    return str(key).rpartition(" ")[2]


def test_the_grid_is_one_tab_stop_and_the_arrows_lead_on(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    assert page.locator("#board button[tabindex='0']").count() == 1
    page.locator("#board button[tabindex='0']").focus()
    seen = [here(page)]
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        seen.append(here(page))
    first, second, third = (f"session:{told.id}" for told in (museum.first, museum.second, museum.third))
    assert seen == [first, f"visit:{visit.id}", second, third, second, first, third]
    assert page.locator("#board button[tabindex='0']").count() == 1


def test_up_leads_to_the_tray_and_down_back_to_the_same_hour(page, board, museum):
    wish = museum.wish()
    board()
    page.locator(museum.button(f"session:{museum.second.id}")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert here(page) == f"wish:{wish.id}"
    page.keyboard.press("ArrowDown")
    assert here(page) == f"session:{museum.third.id}"


def test_a_wish_is_placed_undone_and_told_without_a_mouse(page, board, museum):
    museum.fill(museum.first)
    wish = museum.wish()
    board()
    page.locator(museum.button(f"wish:{wish.id}")).focus()
    page.keyboard.press("m")
    bar = page.locator(".board-bar")
    expect(bar).to_contain_text("Places that would work: 2")
    page.keyboard.press("ArrowDown")
    expect(bar).to_contain_text("Would be refused:")
    page.keyboard.press("n")
    expect(bar).to_contain_text("Would work.")
    assert here(page) == f"session:{museum.second.id}"
    page.keyboard.press("m")
    chip = page.locator(f"{museum.box(museum.second)} .board-chip")
    expect(chip).to_be_focused()
    page.keyboard.press("u")
    expect(chip).to_have_count(0)
    expect(page.locator(".board-tray button")).to_have_count(1)


def test_escape_puts_back_what_was_picked_up(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    page.locator(museum.button(f"visit:{visit.id}")).focus()
    page.keyboard.press("m")
    expect(page.locator("#board")).to_have_class("board is-carrying")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#board")).to_have_class("board")
    expect(page.locator(".board-toast")).to_contain_text("is back where it was")
    assert here(page) == f"visit:{visit.id}"


def test_a_refused_drop_is_explained_and_leaves_the_focus_on_the_board(page, board, museum):
    museum.fill(museum.second)
    visit = make.visit(museum.who, museum.first)
    board()
    page.locator(museum.button(f"visit:{visit.id}")).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("[data-code=no_places_left]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert here(page) == f"session:{museum.second.id}"


def test_enter_opens_the_panel_and_escape_returns(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    page.locator(museum.button(f"visit:{visit.id}")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Hanoi planning office")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert here(page) == f"visit:{visit.id}"


def test_a_question_mark_tells_the_keys(page, board, museum):
    board()
    page.locator("#board button[tabindex='0']").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="The board by keyboard")).to_contain_text("Pick up; drop here")


def test_what_is_picked_up_comes_along_to_another_week(page, board, museum):
    wish = museum.wish()
    board()
    page.locator(museum.button(f"wish:{wish.id}")).focus()
    page.keyboard.press("m")
    expect(page.locator(".board-bar")).to_contain_text("Places that would work: 3")
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**on={museum.monday + timedelta(days=7)}**")
    expect(page.locator("#board")).to_have_class("board is-carrying")
    expect(page.locator(".board-bar")).to_contain_text("Moving Hanoi planning office")
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**on={museum.monday}**")
    expect(page.locator(".board-bar")).to_contain_text("Moving Hanoi planning office")
