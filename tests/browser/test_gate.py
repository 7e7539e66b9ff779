"""At the gate: a manager receives a group on a phone with a bad connection, at a desk, and by keys."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.gate_taps import GateTap
from tests.browser.axe import must_be_for_everyone
from tests.browser.gate_city import SETTLED, Gate, card, must_have_reached, open_roster, press, wait_until
from tests.browser.phone import PHONE, must_be_narrow
from tests.cast import OFFICER, PASSWORD
from tests.engines import on_sqlite

pytestmark = on_sqlite
DESK = {"width": 1440, "height": 900}


def must_be_kept(page: Page, gate: Gate) -> None:
    """The roster is kept for when there is no connection."""
    wait_until(page, "navigator.serviceWorker.controller !== null")
    wait_until(page, f"caches.match('{gate.roster}').then(Boolean)")


def lose_connection(page: Page) -> None:
    """Nothing gets through any more: neither from the page nor from the worker that watches over it."""
    page.context.set_offline(True)
    wait_until(page, "fetch(`/static/favicon.svg?${Math.random()}`).then(() => false, () => true)")


def must_suit_a_thumb(page: Page) -> None:
    must_be_narrow(page)
    for button in page.locator(".gate-card button:visible").all():
        assert button.bounding_box()["height"] >= 48


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_manager_receives_a_group_three_missing_one_tap_twice(page, gate, size):
    open_roster(page, gate, size=size)
    must_be_for_everyone(page)
    if size is PHONE:
        must_suit_a_thumb(page)
    card(page, gate.hanoi).get_by_role("button", name="They are here").dblclick()
    expect(card(page, gate.hanoi)).to_contain_text("All 12 came")
    page.wait_for_timeout(SETTLED)
    for _missing in range(3):
        press(page, gate.hanoi, "One fewer")
    expect(card(page, gate.hanoi)).to_contain_text("9 of 12 came, 3 missing")
    press(page, gate.hanoi, "No photographs")
    card(page, gate.hanoi).locator(".gate-more summary").click()
    card(page, gate.hanoi).get_by_role("textbox").fill("Three wait at the lobby")
    press(page, gate.hanoi, "Keep the note")
    must_have_reached(page)
    expect(card(page, gate.hanoi)).to_contain_text("Carried out")
    kept = gate.as_it_is(gate.hanoi)
    assert (kept.arrived_count, kept.photographs, kept.gate_note) == (
        9,
        "not_allowed",
        "Three wait at the lobby",
    )
    assert gate.acts(gate.hanoi).count("arrive") == 1
    must_be_for_everyone(page)


def test_on_a_phone_the_next_arrival_stands_on_top_and_those_here_lie_folded(page, gate):
    open_roster(page, gate)
    shown = page.locator("tr.roster-row:visible")
    assert [row.get_attribute("id") for row in shown.all()] == [f"visit-{gate.hanoi}", f"visit-{gate.riyadh}"]
    page.get_by_role("button", name="Show those who are here or gone: 1").click()
    expect(card(page, gate.here)).to_be_visible()
    page.set_viewport_size(DESK)
    expect(page.locator("tr.roster-row").first).to_have_id(f"visit-{gate.here}")


def test_with_a_connection_the_page_does_not_say_that_it_is_old(page, gate):
    open_roster(page, gate)
    expect(page.locator(".gate-kept")).to_be_hidden()


def test_the_wrong_card_is_taken_back(page, gate):
    open_roster(page, gate)
    press(page, gate.riyadh, "They are here")
    page.wait_for_timeout(SETTLED)
    press(page, gate.riyadh, "Not here: take it back")
    expect(card(page, gate.riyadh).get_by_role("button", name="They are here")).to_be_focused()
    must_have_reached(page)
    assert gate.as_it_is(gate.riyadh).state == "confirmed"


def test_a_tap_whose_answer_was_lost_is_sent_again_and_counts_once(page, gate):
    open_roster(page, gate)
    lost = []

    def lose_first_answer(route):
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    page.route("**/roster/tap", lose_first_answer)
    press(page, gate.hanoi, "They are here")
    must_have_reached(page)
    assert lost == [200]
    assert gate.acts(gate.hanoi) == ["arrive"]
    assert db.session.scalar(select(func.count()).select_from(GateTap)) == 1


def test_without_a_connection_the_page_says_so_keeps_all_and_sends_it_later(page, gate):
    open_roster(page, gate)
    must_be_kept(page, gate)
    lose_connection(page)
    press(page, gate.hanoi, "They are here")
    press(page, gate.riyadh, "They are here")
    line = page.locator(".gate-line")
    expect(line).to_contain_text("2 entries have not reached the office yet; they are kept on this phone")
    page.reload()
    expect(page.get_by_text("No connection: this is the roster as it stood at")).to_be_visible(timeout=20_000)
    expect(line).to_contain_text("2 entries have not reached the office yet")
    expect(card(page, gate.hanoi)).to_contain_text("All 12 came")
    must_be_for_everyone(page)
    assert gate.as_it_is(gate.hanoi).state == "confirmed"
    page.context.set_offline(False)
    expect(line).to_contain_text("Everything has reached the office.", timeout=20_000)
    assert [gate.as_it_is(each).arrived_count for each in (gate.hanoi, gate.riyadh)] == [12, 8]


def test_after_a_sign_out_nothing_is_shown_without_a_connection(page, gate):
    open_roster(page, gate)
    must_be_kept(page, gate)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    lose_connection(page)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(gate.roster)


def test_a_colleague_who_counts_differently_is_shown_to_the_later_one(page, gate, browser: Browser):
    open_roster(page, gate)
    with browser.new_context() as context:
        other = context.new_page()
        open_roster(other, gate, "colleague", DESK)
        press(other, gate.hanoi, "They are here")
        other.wait_for_timeout(SETTLED)
        press(other, gate.hanoi, "One fewer")
        must_have_reached(other)
    press(page, gate.hanoi, "They are here")
    alert = card(page, gate.hanoi).get_by_role("alert")
    expect(alert).to_contain_text("Not recorded colleague@tests.example counted 11 at")
    page.reload()
    expect(alert).to_contain_text("colleague@tests.example counted 11 at")
    press(page, gate.hanoi, "Understood")
    expect(alert).to_be_hidden()
    press(page, gate.hanoi, "One more")
    must_have_reached(page)
    assert gate.as_it_is(gate.hanoi).arrived_count == 12


def test_a_visit_called_off_meanwhile_says_so_on_its_card(page, gate):
    open_roster(page, gate)
    act_upon(gate.hanoi, Act.CANCEL, Told(), by=OFFICER, at=now())
    press(page, gate.hanoi, "They are here")
    alert = card(page, gate.hanoi).get_by_role("alert")
    expect(alert).to_contain_text("Its state, cancelled, does not allow this.")


def test_by_keyboard_alone(page, gate):
    open_roster(page, gate, size=DESK)
    here = card(page, gate.hanoi)
    here.get_by_role("button", name="They are here").focus()
    page.keyboard.press("Enter")
    expect(here.get_by_role("button", name="One fewer")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Photographs allowed")).to_be_focused()
    page.keyboard.press("Space")
    must_have_reached(page)
    kept = gate.as_it_is(gate.hanoi)
    assert (kept.arrived_count, kept.photographs) == (11, "allowed")


def test_the_code_on_a_programme_leads_to_the_visit_after_signing_in(page, gate):
    page.set_viewport_size(PHONE)
    page.goto(f"{gate.url}/gate/{gate.code}")
    must_be_for_everyone(page)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill("manager@tests.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{gate.roster}#visit-{gate.hanoi}")
    expect(card(page, gate.hanoi)).to_be_in_viewport()
