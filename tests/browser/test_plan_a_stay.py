"""An officer plans four days on the map, changes her mind twice and books them; on a phone it fits, too."""

from time import monotonic

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests.browser.axe import must_be_for_everyone
from tests.browser.phone import PHONE, must_fit
from tests.browser.plan_city import PlanCity, plan_city_at, sign_in
from tests.engines import on_sqlite

pytestmark = on_sqlite
# Planners are processes that must start on a busy machine.
PATIENCE = 60_000


@pytest.fixture
def city(app, serve_city) -> PlanCity:
    return plan_city_at(app, serve_city)


def visits() -> list[Visit]:
    db.session.rollback()
    return list(db.session.scalars(select(Visit).order_by(Visit.starts_at)))


def choose(page: Page, city: PlanCity, *sites: str) -> None:
    """From the delegation's page to the map, and a click on the mark of each site."""
    page.goto(f"{city.url}/delegations/{city.guests}")
    page.get_by_role("link", name="Plan the stay").click()
    for site in sites:
        page.locator(f".site-mark[data-site={site}]").click()


def propose(page: Page) -> None:
    page.get_by_role("button", name="Propose programmes").last.click()
    programmes_come(page)


def programmes_come(page: Page) -> None:
    expect(page.locator("#plan-part[data-state=done]")).to_be_visible(timeout=PATIENCE)


def first(page: Page):
    return page.locator("#programme-0")


def test_she_plans_four_days_changes_her_mind_twice_and_books(page, city, request):
    sign_in(page, city)
    began = monotonic()
    choose(page, city, "TOPIS", "WRC", "PARK", "DMC")
    expect(page.locator("[data-chosen]")).to_have_text("4")
    propose(page)
    expect(page.get_by_role("heading", name="3 programmes found")).to_be_visible()
    # Her mind changes: this one stays, that one not on that day.
    first(page).get_by_label("Pin: Traffic control room").check()
    first(page).get_by_label("Ban Botanic park").select_option(label="Not on this day")
    expect(page.locator(".minds-count")).to_have_text("Pinned: 1 · Banned: 1")
    page.get_by_role("button", name="Ask again").click()
    programmes_come(page)
    expect(first(page).locator(".plan-stop", has_text="Traffic control room")).to_contain_text("Pinned")
    # And again: one wish more, one less; what was pinned stays pinned.
    page.get_by_role("link", name="Change wishes and days").click()
    expect(page.get_by_text("What you decided stays: 1 pinned, 1 banned.")).to_be_visible()
    page.locator(".site-mark[data-site=MUSEUM]").click()
    page.locator(".site-mark[data-site=DMC]").click()
    propose(page)
    expect(first(page).locator(".plan-stop", has_text="Stream museum")).to_be_visible()
    expect(first(page).locator(".plan-stop", has_text="Digital media city")).to_have_count(0)
    first(page).get_by_role("button", name="Book as requested").click()
    expect(page.get_by_text("4 visits of the programme are booked.")).to_be_visible()
    request.node.user_properties.append(("seconds", round(monotonic() - began, 1)))
    booked = {visit.tour_session.tour_id for visit in visits()}
    assert booked == {city.tours[code] for code in ("TOPIS", "WRC", "PARK", "MUSEUM")}


def test_the_pages_are_for_everyone_and_speak_when_they_are_done(page, city):
    sign_in(page, city)
    choose(page, city, "TOPIS", "WRC", "PARK")
    must_be_for_everyone(page)
    propose(page)
    expect(page.get_by_role("status").filter(has_text="3 programmes found")).to_be_attached()
    expect(page.locator("#programmes")).to_be_focused()
    must_be_for_everyone(page)


def test_on_a_phone_everything_fits_and_one_programme_is_shown_at_a_time(page, city):
    page.set_viewport_size(PHONE)
    sign_in(page, city)
    choose(page, city, "TOPIS", "WRC")
    must_fit(page)
    # Enter asks: it neither adds a line of the frame nor takes one away.
    page.get_by_label("Visits a day, at most").press("Enter")
    programmes_come(page)
    must_fit(page)
    expect(page.locator("article:visible")).to_have_count(1)
    page.get_by_role("link", name="Programme 2").click()
    expect(page.locator("#programme-1")).to_be_visible()
    expect(first(page)).to_be_hidden()


def test_a_reload_in_the_middle_loses_nothing(page, city):
    sign_in(page, city)
    choose(page, city, "TOPIS", "WRC", "PARK")
    page.get_by_role("button", name="Propose programmes").last.click()
    page.wait_for_url("**/plans/*")
    here = page.url
    page.reload()
    page.goto(f"{city.url}/")
    page.goto(here)
    programmes_come(page)
    expect(page.locator("article").first).to_be_visible()


def test_without_a_script_the_list_and_the_buttons_do_it_all(browser, city):
    context = browser.new_context(java_script_enabled=False, locale="en-GB", timezone_id="Asia/Seoul")
    page = context.new_page()
    sign_in(page, city)
    page.goto(f"{city.url}/delegations/{city.guests}/plan")
    page.get_by_role("checkbox", name="Traffic control room").check()
    page.get_by_role("button", name="Propose programmes").last.click()
    expect(page.locator("#plan-part[data-state=done]")).to_be_visible(timeout=PATIENCE)
    first(page).get_by_role("button", name="Book as requested").click()
    expect(page.get_by_text("1 visit of the programme is booked.")).to_be_visible()
    context.close()
