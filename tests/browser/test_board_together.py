"""Two officers at one board: each sees the other's change, and a stale drag is refused with what changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.browser.test_board import drag, session_of
from tests.engines import on_sqlite

pytestmark = on_sqlite

# The promise, in milliseconds.
SOON = 5_000


@pytest.fixture
def second_page(browser: Browser) -> Iterator[Page]:
    """The window of a second officer."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Seoul")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_each_officer_sees_what_the_other_does_within_five_seconds(page, second_page, open_board, museum):
    visit = make.visit(museum.who, museum.first)
    open_board(page)
    open_board(second_page, "second-officer")
    drag(page, museum.button(f"visit:{visit.id}"), museum.box(museum.second))
    moved = f"{museum.box(museum.second)} .board-chip"
    expect(page.locator(moved)).to_be_visible()
    expect(second_page.locator(moved)).to_be_visible(timeout=SOON)
    drag(second_page, museum.button(f"visit:{visit.id}"), museum.box(museum.third))
    again = f"{museum.box(museum.third)} .board-chip"
    expect(second_page.locator(again)).to_be_visible()
    expect(page.locator(again)).to_be_visible(timeout=SOON)


def test_a_stale_drag_is_refused_with_what_changed_meanwhile(page, second_page, open_board, museum):
    visit = make.visit(museum.who, museum.first)
    open_board(page)
    page.locator(museum.button(f"visit:{visit.id}")).focus()
    page.keyboard.press("m")
    open_board(second_page, "second-officer")
    drag(second_page, museum.button(f"visit:{visit.id}"), museum.box(museum.second))
    expect(second_page.locator(f"{museum.box(museum.second)} .board-chip")).to_be_visible()
    expect(page.locator(f"{museum.box(museum.second)} .board-chip")).to_be_visible(timeout=SOON)
    page.locator(museum.button(f"session:{museum.third.id}")).focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Changed meanwhile")
    expect(dialog).to_contain_text("second-officer")
    assert session_of(visit.id) == museum.second.id


def test_the_focus_stays_when_others_change_something(page, second_page, open_board, museum):
    visit = make.visit(museum.who, museum.first)
    open_board(page)
    page.locator(museum.button(f"session:{museum.third.id}")).focus()
    open_board(second_page, "second-officer")
    drag(second_page, museum.button(f"visit:{visit.id}"), museum.box(museum.third))
    expect(page.locator(f"{museum.box(museum.third)} .board-chip")).to_be_visible(timeout=SOON)
    expect(page.locator(museum.button(f"session:{museum.third.id}"))).to_be_focused()
