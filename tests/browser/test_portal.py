"""A guest on a phone: comes to one stop, not to another, asks for another time, sends a list and mends it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduler.actions.engagements import plan_engagement
from scheduler.actions.feeds import make_feed
from scheduler.clock import now
from scheduler.core.engagements import EngagementRequest
from scheduler.core.participation import Participation
from scheduler.core.stops import EngagementKind
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feeds import FeedKind
from scheduler.records.replies import Proposal, Reply
from tests import make, staff
from tests.browser.phone import PHONE, must_fit
from tests.cast import OFFICER, SEOUL
from tests.engines import on_sqlite
from tests.papers.lists import HEADINGS, workbook

pytestmark = on_sqlite
AN = ["Nguyen Van An", "Director", "Hanoi Transport", "an@hanoi.example"]
BINH = ["Tran Thi Binh", "Engineer", "Hanoi Metro", "binh@hanoi.example"]


@pytest.fixture
def morning():
    """Nine o'clock of a Monday two weeks ahead."""
    day = now().astimezone(SEOUL).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    return day - timedelta(days=day.weekday())


@pytest.fixture
def address(app, serve_city, morning):
    """The guests' page of a delegation with three stops in one day."""
    hanoi = make.delegation(
        "Hanoi planning office",
        country="VN",
        contact_name="Ms Lan",
        arrives_at=morning - timedelta(days=1),
        departs_at=morning + timedelta(days=3),
    )
    topis = make.site(
        "TOPIS",
        name="Transport control room",
        name_native="서울교통정보센터",
        address="110 Sejong-daero, Jung-gu",
        latitude=37.5665,
        longitude=126.978,
        meeting_point="Lobby of the west wing",
        photo_rule="No photographs of the screens",
        safety_gear="Closed shoes",
    )
    room = make.tour(topis, name="How traffic is steered", needs_agreement=True)
    make.visit(hanoi, make.tour_session(room, morning + timedelta(hours=1)), 12, language="en")
    staff.place("LUNCH", name="Restaurant", address="5 Insadong-gil", latitude=37.5741, longitude=126.9854)
    for kind, title, hour in ((EngagementKind.MEAL, "Lunch", 3), (EngagementKind.MEETING, "Talk", 6)):
        starts_at = morning + timedelta(hours=hour)
        request = EngagementRequest(
            delegation_id=hanoi.id,
            kind=kind,
            title=title,
            place="LUNCH",
            host="Vice mayor",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            acknowledge=("all",),
            acknowledge_reason="known",
        )
        plan_engagement(request, by=OFFICER, at=now())
    secret = make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=now())[1]
    db.session.remove()
    return f"{serve_city(workers=1).url}/guests/{secret}"


def test_a_guest_answers_and_sends_a_list_on_a_phone(page, address, morning):
    page.set_viewport_size(PHONE)
    page.goto(address)
    must_fit(page)
    card = page.get_by_role("article", name="How traffic is steered")
    expect(card).to_contain_text("in Vietnam")
    card.get_by_role("button", name="We will be there").click()
    expect(card).to_contain_text("You said: yes")

    page.get_by_role("article", name="Lunch").get_by_role("link", name="Write a few words").click()
    expect(page.get_by_text("We cannot come")).to_be_visible()
    must_fit(page)
    page.get_by_text("We cannot come").click()
    page.get_by_label("Anything the office should know").fill("We fast on that day.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("article", name="Lunch")).to_contain_text("We fast on that day.")

    page.get_by_role("article", name="Talk").get_by_role("link", name="Write a few words").click()
    page.get_by_label("Another time to begin").fill(f"{morning.date()}T16:30")
    page.get_by_role("button", name="Ask the office").click()
    expect(page.get_by_role("article", name="Talk")).to_contain_text("16:30–17:30")
    expect(page.get_by_role("article", name="Talk")).to_contain_text("The office has not decided yet.")
    must_fit(page)
    said = [reply.participation for reply in db.session.query(Reply).order_by(Reply.id)]
    assert said == [Participation.ACCEPTED, Participation.DECLINED]
    assert db.session.query(Proposal).one().starts_at == morning + timedelta(hours=7, minutes=30)


def test_a_guest_mends_a_list_with_two_errors(page, address, tmp_path):
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("link", name="Your people").click()
    expect(page.get_by_label("Your list")).to_be_visible()
    must_fit(page)
    faulty, mended = tmp_path / "list.xlsx", tmp_path / "mended.xlsx"
    faulty.write_bytes(workbook(HEADINGS, AN, [*BINH[:3], "binh at hanoi"], ["", "Driver", "", ""]))
    mended.write_bytes(workbook(HEADINGS, AN, BINH, ["W" * 200, "", "", ""]))
    page.get_by_label("Your list").set_input_files(faulty)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("Row 3, column D: “binh at hanoi” is no mail address")).to_be_visible()
    expect(page.get_by_text("Row 4: there is no name")).to_be_visible()
    must_fit(page)
    page.get_by_role("link", name="Upload again").click()
    page.get_by_label("Your list").set_input_files(mended)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("button", name="Import 3 delegates")).to_be_visible()
    must_fit(page)
    page.get_by_role("button", name="Import 3 delegates").click()
    expect(page.get_by_text("3 delegates were added")).to_be_visible()
    must_fit(page)
    assert db.session.query(Delegate).count() == 3
