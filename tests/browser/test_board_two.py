"""Two officers at one board: each sees what the other does within five seconds, without loading anew."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.board import bangkok, drag, open_board, wish
from tests.engines import on_sqlite

pytestmark = on_sqlite
WITHIN = 5000


def test_a_booking_of_one_is_seen_by_the_other_within_five_seconds(page, city, sign_in):
    _, first = bangkok()
    sign_in("officer")
    other = page.context.new_page()
    for each in (page, other):
        open_board(each, city, view="day", on=first + timedelta(days=1), site="TOPIS")
    drag(page, wish(page, "Transport course"), "14:00")
    expect(page.locator(".board-toast")).to_contain_text("Booked:")
    booked = other.locator("button.board-chip[data-key*='site:'][data-key*='visit:']")
    expect(booked).to_have_count(1, timeout=WITHIN)
    expect(wish(other, "Transport course")).to_have_count(0)
