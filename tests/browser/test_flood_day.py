"""A flood closes a site with several delegations: rehearsed first, then repaired, some, then the rest."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.sites import SiteClosure
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make
from tests.browser.axe import must_be_for_everyone
from tests.browser.phone import PHONE, must_fit
from tests.browser.plan_city import PlanCity, delegation_of, moment, plan_city_at, sign_in
from tests.browser.test_plan_a_stay import PATIENCE
from tests.cast import SEOUL
from tests.engines import on_sqlite

pytestmark = on_sqlite
NAMES = ("Riyadh Municipality", "São Paulo", "Bangkok", "Tokyo")


@dataclass(frozen=True)
class Flood:
    """The city, and the visits of the Monday at the control room by hour."""

    city: PlanCity
    visits: list[int]

    def days(self) -> list[int]:
        """On which day after the Monday each visit is now."""
        db.session.rollback()
        return [self._day(visit_id) for visit_id in self.visits]

    def _day(self, visit_id: int) -> int:
        visit = db.session.get_one(Visit, visit_id, populate_existing=True)
        return (visit.starts_at.astimezone(SEOUL).date() - self.city.monday).days


@pytest.fixture
def flood(app, serve_city) -> Flood:
    city = plan_city_at(app, serve_city)
    visits = [_visit(city, name, hour) for name, hour in zip(NAMES, (10, 11, 14, 15), strict=True)]
    db.session.remove()
    return Flood(city, visits)


def _visit(city: PlanCity, name: str, hour: int) -> int:
    starts_at: datetime = moment(city.monday, 0, hour)
    session = db.session.scalar(
        select(TourSession).where(
            TourSession.tour_id == city.tours["TOPIS"], TourSession.starts_at == starts_at
        )
    )
    assert session is not None
    return make.visit(delegation_of(name, city.monday), session, 12).id


def span(page: Page, city: PlanCity, within: str) -> None:
    """The whole Monday, typed."""
    form = page.locator(within)
    form.locator("[name=starts_at]").fill(f"{city.monday}T00:00")
    form.locator("[name=ends_at]").fill(f"{city.monday}T23:00")


def answered(page: Page) -> None:
    expect(page.locator("#plan-part[data-state=done]")).to_be_visible(timeout=PATIENCE)


def test_a_flood_day_is_rehearsed_then_repaired_some_first_then_the_rest(page, flood):
    city = flood.city
    sign_in(page, city)
    page.goto(f"{city.url}/sites/TOPIS/closures")
    page.get_by_role("link", name="What if it closes …").click()
    must_be_for_everyone(page)
    span(page, city, "#closure")
    page.locator("#closure [name=reason]").fill("Flood")
    page.locator("#closure").get_by_role("button", name="Rehearse").click()
    answered(page)
    expect(page.get_by_role("heading", name="4 visits are touched.")).to_be_visible()
    must_be_for_everyone(page)
    db.session.rollback()
    assert list(db.session.scalars(select(SiteClosure))) == []
    assert flood.days() == [0, 0, 0, 0]
    # It happens: closed for real, with what was rehearsed filled in.
    page.get_by_role("button", name="Close for real and repair").click()
    expect(page.get_by_text("this is its repair")).to_be_visible()
    answered(page)
    must_be_for_everyone(page)
    for name in NAMES[2:]:
        page.locator("tr", has_text=name).locator("[name=take]").uncheck()
    page.get_by_role("button", name="Accept the ticked").click()
    expect(page.get_by_text("2 delegations get letters about it; nobody else does.")).to_be_visible()
    days = flood.days()
    assert all(days[:2])
    assert days[2:] == [0, 0]
    page.get_by_role("button", name="Accept the ticked").click()
    expect(page.get_by_text("All of it is settled")).to_be_visible()
    assert all(flood.days())


def test_a_repair_fits_a_phone(page, flood):
    city = flood.city
    page.set_viewport_size(PHONE)
    sign_in(page, city)
    page.goto(f"{city.url}/repairs/new?kind=closure&site=TOPIS")
    must_fit(page)
    span(page, city, "#closure")
    page.locator("#closure").get_by_role("button", name="Rehearse").click()
    answered(page)
    must_fit(page)
