"""The roster on paper: fourteen visits on one A4 sheet lying down."""

import re
from contextvars import Context

from tests import make
from tests.blueprints import soon

NAMES = (
    ("Riyadh Municipality, planning and transport", "أمانة منطقة الرياض"),
    ("Chinese senior officials of ten provinces and cities", "中国省市高级官员研修班"),
)
A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
A4_LYING = re.compile(rb"/MediaBox \[0 0 841[.0-9]* 59[45]")


def test_fourteen_visits_print_on_one_a4_sheet(as_manager, page):
    site = soon.site(
        "TOPIS",
        name="Ttukdo Arisu Center and Waterworks Museum",
        meeting_point="City Hall lobby, 1st floor; guided down to B3 together",
        photo_rule="No photographs of screens. Pictures only in the viewing gallery, when the guide says so.",
        safety_gear="Helmet and closed shoes in the plant; helmets are lent.",
    )
    tour = make.tour(site, needs_agreement=True)
    for number in range(14):
        name, native = NAMES[number % 2]
        who = soon.delegation(
            f"{name} {number}",
            name_native=native,
            head_post="Deputy Minister for Local Government",
            needs={"halal", "prayer_room", "step_free"},
            contact_name="Liaison officer on the bus",
            contact_phone=f"+82 2 2133 55{number:02}",
        )
        soon.visit(make.tour_session(tour, soon.soon(7, 6 + number)), 20, who=who)
    client = as_manager(site)

    def answer(route):
        path = route.request.url.removeprefix("http://127.0.0.1:1")
        given = Context().run(client.browser.get, path)
        body = given.data
        given.close()
        route.fulfill(status=given.status_code, body=body, content_type=given.content_type)

    page.route("**/*", answer)
    page.goto(f"http://127.0.0.1:1/roster/TOPIS/{soon.soon(7).date()}")
    assert page.locator("tr.roster-row").count() == 14
    printed = page.pdf(prefer_css_page_size=True)
    assert len(A_PAGE.findall(printed)) == 1
    assert A4_LYING.search(printed)
