"""The board by mouse in a small city: drops, refusals, questions, undo, the panel, a narrow window."""

import re

from playwright.sync_api import Page, expect

from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.browser.phone import must_be_narrow
from tests.engines import on_sqlite

pytestmark = on_sqlite


def drag(page: Page, what: str, onto: str) -> None:
    """From the middle of one thing to the middle of another, as a hand does it."""
    page.locator(what).scroll_into_view_if_needed()
    begin = page.locator(what).bounding_box()
    assert begin is not None
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(begin["x"] + begin["width"] / 2 + 20, begin["y"] + 20, steps=3)
    expect(page.locator(".board-ghost")).to_be_visible()
    expect(page.locator(".would-work, .would-ask, .would-refuse").first).to_be_attached()
    end = page.locator(onto).bounding_box()
    assert end is not None
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 12, steps=6)
    page.mouse.up()


def session_of(visit_id: int) -> int:
    """Which session a visit is in by now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Visit, visit_id).tour_session_id


def test_a_wish_dragged_onto_a_session_is_booked_and_undone(page, board, museum):
    wish = museum.wish()
    board()
    drag(page, museum.button(f"wish:{wish.id}"), museum.box(museum.second))
    expect(page.locator(".board-toast")).to_contain_text("Hanoi planning office")
    expect(page.locator(".board-tray button")).to_have_count(0)
    expect(page.locator(f"{museum.box(museum.second)} .board-chip")).to_contain_text("Hanoi planning office")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".board-tray button")).to_have_count(1)
    expect(page.locator(f"{museum.box(museum.second)} .board-chip")).to_have_count(0)


def test_a_visit_dragged_onto_another_session_moves_there(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    drag(page, museum.button(f"visit:{visit.id}"), museum.box(museum.second))
    expect(page.locator(f"{museum.box(museum.second)} .board-chip")).to_be_visible()
    expect(page.locator(f"{museum.box(museum.second)} .fill-words")).to_have_text("10 of 30")
    assert session_of(visit.id) == museum.second.id


def test_what_would_refuse_is_dimmed_while_dragging(page, board, museum):
    museum.fill(museum.second)
    wish = museum.wish()
    board()
    page.locator(museum.button(f"wish:{wish.id}")).focus()
    page.keyboard.press("m")
    expect(page.locator(museum.box(museum.second))).to_have_class(re.compile("would-refuse"))
    expect(page.locator(museum.box(museum.first))).to_have_class(re.compile("would-work"))


def test_a_refusal_springs_back_with_its_reasons_and_an_alternative_books(page, board, museum):
    museum.fill(museum.second)
    visit = make.visit(museum.who, museum.first)
    board()
    drag(page, museum.button(f"visit:{visit.id}"), museum.box(museum.second))
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-code=no_places_left]")).to_be_visible()
    expect(page.locator(".board-ghost")).to_have_count(0)
    expect(page.locator(f"{museum.box(museum.first)} .board-chip")).to_be_visible()
    assert session_of(visit.id) == museum.first.id
    dialog.get_by_role("button", name="Take this one").first.click()
    expect(page.locator(".board-toast")).to_be_visible()
    assert session_of(visit.id) not in (museum.first.id, museum.second.id)


def test_a_question_is_asked_and_its_answer_kept(page, board, museum):
    wish = museum.wish()
    museum.let_facts_grow_old()
    board()
    drag(page, museum.button(f"wish:{wish.id}"), museum.box(museum.second))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Please confirm")).to_be_visible()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_label("Why it is right all the same").fill("They asked for it themselves")
    dialog.get_by_role("button", name="Book all the same").click()
    expect(page.locator(f"{museum.box(museum.second)} .board-chip")).to_be_visible()


def test_escape_during_a_drag_puts_the_thing_back(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    begin = page.locator(museum.button(f"visit:{visit.id}")).bounding_box()
    page.mouse.move(begin["x"] + 20, begin["y"] + 10)
    page.mouse.down()
    page.mouse.move(begin["x"] + 90, begin["y"] + 60, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".board-ghost")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert session_of(visit.id) == museum.first.id


def test_a_click_opens_the_panel(page, board, museum):
    visit = make.visit(museum.who, museum.first)
    board()
    page.locator(museum.button(f"visit:{visit.id}")).click()
    expect(page.get_by_role("dialog")).to_contain_text("Hanoi planning office")


def test_a_narrow_window_is_led_to_the_list(page, board, museum):
    page.set_viewport_size({"width": 360, "height": 780})
    board(waits=False)
    page.get_by_role("link", name="Open the list").click()
    expect(page).to_have_url(f"{museum.url}/board/list?view=week&on={museum.monday}&rows=sites")
    must_be_narrow(page)
