"""Every page that anybody can reach is for everyone: axe finds nothing, and nothing is wider than the window.

One language and theme for each person here; `PAGES_IN=all` takes every language in both themes.
"""

import os
from itertools import product

import pytest
from sqlalchemy import func, select

from scheduler.actions.feeds import make_feed
from scheduler.clock import now
from scheduler.config import SETTINGS
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind
from scheduler.records.visits import Visit
from tests.browser.axe import faults_on
from tests.browser.crawl import pages_from
from tests.browser.phone import PHONE
from tests.cast import OFFICER
from tests.engines import on_sqlite

pytestmark = on_sqlite
# Swagger UI, whose colours and nested buttons axe does not pass: docs/design.md says so.
NOT_OURS = "/api/docs"
DESKTOP = {"width": 1440, "height": 900}
PEOPLE = {
    "officer": ("ar", "dark", PHONE),
    "head": ("zh", "dark", DESKTOP),
    "admin": ("ja", "light", DESKTOP),
    "topis": ("ko", "light", PHONE),
    "guest": ("ar", "light", PHONE),
    "stranger": ("en", "dark", PHONE),
}
EVERY_WAY = product(SETTINGS["LANGUAGES"], ("light", "dark"), (PHONE, DESKTOP))
WAYS = (
    [(who, *way) for way in EVERY_WAY for who in PEOPLE]
    if os.environ.get("PAGES_IN") == "all"
    else [(who, *way) for who, way in PEOPLE.items()]
)


@pytest.mark.parametrize(("who", "language", "theme", "window"), WAYS)
def test_every_page_is_for_everyone(app, city, browser, who, language, theme, window):
    start = guests_page() if who == "guest" else "/"
    context = browser.new_context(color_scheme=theme, viewport=window, timezone_id="Asia/Seoul")
    page = context.new_page()
    page.goto(f"{city}/sign-in?lang={language}")
    if who not in ("guest", "stranger"):
        sign_in(page, who)
    found = {
        address: faults
        for address, answer in pages_from(start, page, base=city, app=app)
        if address != NOT_OURS
        if (faults := [*faults_of_shape(page, answer, language), *faults_on(page)])
    }
    context.close()
    assert found == {}


def guests_page():
    """The page of the delegation with the most visits."""
    whose = select(Visit.delegation_id).group_by(Visit.delegation_id).order_by(func.count().desc())
    of = db.session.scalars(whose).first()
    secret = make_feed(FeedKind.DELEGATION, of, by=OFFICER, at=now())[1]
    db.session.remove()
    return f"/guests/{secret}"


def sign_in(page, who):
    """By the demo's own buttons, which need no word of the page."""
    page.locator(f"form:has(input[value='{who}@demo.example']) button").click()
    page.wait_for_load_state()


def faults_of_shape(page, answer, language):
    told = page.evaluate("[document.documentElement.lang, document.documentElement.scrollWidth - innerWidth]")
    if answer.status >= 400:
        yield f"answers {answer.status}"
    if told[0] != language:
        yield f"speaks {told[0]}"
    if told[1] > 0:
        yield f"{told[1]} pixels too wide"
