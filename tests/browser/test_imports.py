"""An officer brings in a list with three errors and mends them on the page, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from tests import make
from tests.browser.axe import must_be_for_everyone
from tests.browser.phone import PHONE, must_be_narrow, must_fit
from tests.cast import PASSWORD
from tests.engines import on_sqlite
from tests.papers.lists import AN, BINH, HEADINGS, workbook

pytestmark = on_sqlite
DESK = {"width": 1440, "height": 900}
# An address that is none, nobody's name, and somebody named twice.
FAULTY = workbook(
    HEADINGS,
    AN,
    [*BINH[:3], "binh at hanoi"],
    ["", "Driver", "", ""],
    [AN[0], "Deputy director", "Hanoi Transport", ""],
)


@pytest.fixture
def signed_in(page, app, serve_city):
    """A function: the officer's browser of this size, on the page of a delegation of Hanoi."""
    make.account("officer@tests.example")
    hanoi = make.delegation("Hanoi planning office", country="VN", registered_at=now(), changed_at=now())
    address = f"/delegations/{hanoi.id}"
    db.session.remove()
    url = serve_city(workers=1).url

    def on(size):
        page.set_viewport_size(size)
        page.goto(f"{url}/sign-in")
        page.get_by_label("E-mail").fill("officer@tests.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{url}/")
        page.goto(url + address)
        return page

    return on


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_officer_mends_three_errors_on_the_page_and_imports(signed_in, size, tmp_path):
    page = signed_in(size)

    def looks_right():
        (must_fit if size is PHONE else must_be_narrow)(page)
        must_be_for_everyone(page)

    page.get_by_role("link", name="Import a list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a list of delegates")
    looks_right()
    file = tmp_path / "list.xlsx"
    file.write_bytes(FAULTY)
    page.get_by_label("Your list").set_input_files(file)
    page.get_by_role("button", name="Look at the list").click()

    expect(page.get_by_text("3 rows to mend")).to_be_visible()
    expect(page.get_by_text("Row 3, column D: “binh at hanoi” is no mail address")).to_be_visible()
    looks_right()
    page.get_by_role("link", name="Row 3, column D").click()
    faulty = page.get_by_label("Row 3: E-mail")
    expect(faulty).to_have_attribute("aria-invalid", "true")
    faulty.fill(BINH[3])
    page.get_by_label("Row 4: Name").fill("Le Van Cuong")
    page.get_by_role("button", name="Check again").click()

    expect(page.get_by_text("1 row to mend")).to_be_visible()
    looks_right()
    page.locator("#row-5").get_by_role("checkbox").check()
    page.get_by_role("button", name="Import the 3 right rows").click()
    expect(page.get_by_text("3 delegates were added.")).to_be_visible()
    expect(page.get_by_text("1 row was left out.")).to_be_visible()
    must_be_narrow(page)
    must_be_for_everyone(page)
    names = [each.print_as for each in db.session.query(Delegate).order_by(Delegate.id)]
    assert names == [AN[0], BINH[0], "Le Van Cuong"]


def test_a_form_that_works_says_so_and_is_sent_once(signed_in, tmp_path):
    page = signed_in(DESK)
    page.get_by_role("link", name="Import a list").click()
    file = tmp_path / "list.xlsx"
    file.write_bytes(FAULTY)
    page.get_by_label("Your list").set_input_files(file)
    asked = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    # The answer is held back: what the page says meanwhile can be read.
    page.route("**/delegates/import", lambda route: page.wait_for_timeout(400) or route.continue_())
    page.get_by_role("button", name="Look at the list").dblclick()
    expect(page.get_by_text("3 rows to mend")).to_be_visible()
    assert len(asked) == 1
