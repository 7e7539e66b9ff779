"""A guest from Jeddah reads the programme in Arabic: on a phone, on a desk, on paper."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from scheduler.actions.feeds import make_feed
from scheduler.actions.programmes import publish
from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind
from tests import make
from tests.browser.axe import must_be_for_everyone
from tests.browser.phone import PHONE, must_be_narrow
from tests.cast import OFFICER, SEOUL
from tests.engines import on_sqlite

pytestmark = on_sqlite
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def address(app, serve_city):
    """The page of a delegation that reads Arabic, with a published programme of two stops in one day."""
    morning = now().astimezone(SEOUL).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    morning -= timedelta(days=morning.weekday())
    jeddah = make.delegation(
        "Jeddah Municipality",
        name_native="أمانة محافظة جدة",
        country="SA",
        languages={"ar", "en"},
        arrives_at=morning - timedelta(days=1),
        departs_at=morning + timedelta(days=3),
    )
    for code, name, hour, latitude in (
        ("TOPIS", "Transport control room", 1, 37.5665),
        ("MUSEUM", "Museum", 5, 37.57),
    ):
        site = make.site(code, name=name, latitude=latitude, longitude=126.978, languages={"en", "ar"})
        make.visit(
            jeddah, make.tour_session(make.tour(site), morning + timedelta(hours=hour)), 10, language="ar"
        )
    publish(jeddah.id, by=OFFICER, at=now())
    secret = make_feed(FeedKind.DELEGATION, jeddah.id, by=OFFICER, at=now())[1]
    db.session.remove()
    return f"{serve_city(workers=1).url}/guests/{secret}"


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_a_guest_reads_the_programme_in_arabic(page: Page, address, window):
    page.set_viewport_size(window)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jeddah Municipality")
    stop = page.get_by_role("article", name="Tour of TOPIS").first
    expect(stop).to_contain_text("10:00–11:00")
    # Arabic begins at the right: the heading's own box ends where the card's does.
    heading, card = stop.get_by_role("heading").bounding_box(), stop.bounding_box()
    assert card["x"] + card["width"] - heading["x"] - heading["width"] < 40
    must_be_narrow(page)
    must_be_for_everyone(page)
    stop.get_by_role("button", name="سنحضر").click()
    expect(page.get_by_role("article", name="Tour of TOPIS").first).to_contain_text("ردكم: حضور")
    must_be_for_everyone(page)
    paper = page.request.get(page.locator("a[href*='programme.pdf']").first.evaluate("link => link.href"))
    assert paper.headers["content-type"] == "application/pdf", (paper.status, paper.url, paper.text()[-900:])
    assert paper.body().startswith(b"%PDF-")


def test_english_is_one_tap_away_and_stays(page: Page, address):
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "en")
