"""The card at the gate on every width: what fits, what stands where a hand taps twice, what goes away."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gate_city import SETTLED, Gate, card, must_have_reached, open_roster, press
from tests.browser.phone import PHONE, must_be_narrow
from tests.engines import on_sqlite

pytestmark = on_sqlite
FIRST_STEPS_AND_RIBBON = 140
TABLET = {"width": 768, "height": 1024}


def box(page: Page, visit_id: int, part: str) -> dict[str, float]:
    """Where a part of a card stands in the window."""
    found = card(page, visit_id).locator(part).bounding_box()
    assert found is not None
    return dict(found)


def test_no_line_is_wider_than_a_tablet_in_any_language(page, gate):
    open_roster(page, gate, size=TABLET)
    for language in ("en", "ko", "zh", "ja", "ar"):
        page.goto(f"{gate.roster}?lang={language}")
        for width in (768, 1024, 1279, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            must_be_narrow(page)
            sheet = page.locator(".roster-sheet")
            assert sheet.evaluate("each => each.scrollWidth <= each.clientWidth"), (language, width)


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_on_a_phone_the_next_guests_and_their_whole_button_stand_on_the_first_screen(page, gate, language):
    open_roster(page, gate)
    page.goto(f"{gate.roster}?lang={language}")
    button, line = box(page, gate.hanoi, ".gate-big"), card(page, gate.hanoi).bounding_box()
    bar = page.locator(".main-navigation").bounding_box()
    assert button["y"] + button["height"] + FIRST_STEPS_AND_RIBBON < bar["y"]
    assert button["width"] > line["width"] * 0.9
    assert page.locator(".day-navigation").bounding_box()["y"] > line["y"] + line["height"]


@pytest.mark.parametrize(
    "size", [PHONE, TABLET, {"width": 1440, "height": 900}], ids=["phone", "tablet", "desk"]
)
def test_a_second_tap_on_the_same_spot_changes_nothing_however_late(page, gate, size):
    open_roster(page, gate, size=size)
    spot = box(page, gate.hanoi, ".gate-big")
    middle = spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2
    page.mouse.click(*middle)
    for pause in (1000, SETTLED):
        page.wait_for_timeout(pause)
        page.mouse.click(*middle)
    page.mouse.click(spot["x"] + 20, middle[1])
    expect(card(page, gate.hanoi)).to_contain_text("All 12 came")
    must_have_reached(page)
    assert gate.as_it_is(gate.hanoi).arrived_count == 12


def test_a_hand_that_hits_fewer_at_once_is_not_heard_for_two_seconds(page, gate):
    open_roster(page, gate)
    # Within the page, as a busy machine would come too late.
    card(page, gate.hanoi).locator(".gate").evaluate(
        """async card => {
          const byHand = { bubbles: true, detail: 1 };
          const tap = what => card.querySelector(what).dispatchEvent(new MouseEvent("click", byHand));
          tap(".gate-big");
          await new Promise(done => setTimeout(done, 1200));
          tap("[data-say=fewer]");
        }"""
    )
    expect(card(page, gate.hanoi)).to_contain_text("All 12 came")


def test_what_waits_is_told_without_covering_the_card_in_hand(page, gate: Gate):
    open_roster(page, gate)
    page.route("**/roster/tap", lambda route: route.abort())
    press(page, gate.riyadh, "They are here")
    line = page.locator(".gate-line")
    expect(line).to_contain_text("1 entry has not reached the office yet")
    foot = line.bounding_box()["y"]
    for step in card(page, gate.riyadh).locator(".gate-step").all():
        assert step.bounding_box()["y"] + step.bounding_box()["height"] <= foot
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".main a:visible, .main button:visible").last.bounding_box()
    assert last["y"] + last["height"] <= line.bounding_box()["y"]


def test_when_the_only_arrival_is_taken_back_nothing_is_left_to_fold(page, gate):
    open_roster(page, gate)
    page.get_by_role("button", name="Show those who are here or gone: 1").click()
    press(page, gate.here, "Not here: take it back")
    expect(page.locator(".gate-fold")).to_have_count(0)
    expect(card(page, gate.here).get_by_role("button", name="They are here")).to_be_visible()
    must_have_reached(page)


def test_on_paper_a_line_runs_under_its_whole_row_and_no_bar_strikes_through_the_hours(page, gate):
    open_roster(page, gate, size={"width": 1440, "height": 900})
    page.emulate_media(media="print")
    cells = page.locator(".roster > tbody > tr:last-child > :visible").all()
    under = {cell.evaluate("each => getComputedStyle(each).borderBlockEndStyle") for cell in cells}
    assert (len(cells), under) == (9, {"solid"})
    page.goto(f"{gate.url}/week")
    session = page.locator(".week-session").first
    expect(session).to_be_visible()
    expect(session.locator(".fill-bar")).to_be_hidden()
