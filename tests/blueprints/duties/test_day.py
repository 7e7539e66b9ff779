"""The page of the day: whoever has the secret reads the duties on a phone; nobody else reads anything."""

import pytest

from scheduler.actions.feeds import make_busy_feed, make_feed, revoke_feed
from scheduler.core.duties import DutyState
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedKind
from tests import make, staff
from tests.blueprints.conftest import StandingClock
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def topis(app):
    return make.site(
        "TOPIS",
        name="Control room",
        name_native="상황실",
        address="110 Sejong-daero",
        meeting_point="Lobby",
        zone="Asia/Seoul",
    )


@pytest.fixture
def guide(topis):
    return staff.guide(topis, "en", name="Guide for English 1")


@pytest.fixture
def visit(topis):
    who = make.delegation("Hanoi", name_native="Hà Nội", needs={"halal", "vehicle"}, contact_phone="+84 1")
    return make.visit(who, make.tour_session(make.tour(topis, name="Briefing"), seoul(14, 10)))


@pytest.fixture
def monday_morning(monkeypatch):
    monkeypatch.setattr(StandingClock, "stands_at", seoul(14, 8))


def address_of(resource):
    _feed, secret = make_feed(FeedKind.RESOURCE, resource.id, by=OFFICER, at=AT)
    return f"/day/{secret}"


def test_a_duty_is_told_with_all_that_is_needed_on_the_way(as_stranger, monday_morning, guide, visit):
    officer = make.account("kim@city.example")
    db.session.get_one(Delegation, visit.delegation_id).officer_id = officer.id
    db.session.commit()
    staff.duty(guide, visit, starts_at=seoul(14, 9, 30), ends_at=seoul(14, 11, 15), note="Bring the loop")
    page = as_stranger.get(address_of(guide))
    assert "Guide for English 1" in page
    for words in (
        "Monday 14 December 2026 Today",
        "09:30–11:15",
        "Asked",
        "Control room",
        "상황실",
        "110 Sejong-daero",
        "Lobby",
        "10:00–11:00 Briefing Confirmed",
        "Hanoi",
        "Hà Nội",
        "10 people",
        "English",
        "Halal food",
        "A vehicle of the city",
        "Bring the loop",
        "kim@city.example",
    ):
        assert words in page.text, words
    assert [link.get("href") for link in page.all("a", class_="duty-mail")] == ["mailto:kim@city.example"]
    assert "+84" not in page


def test_the_secret_is_kept_from_searches_caches_and_other_pages(as_stranger, guide):
    as_stranger.get(address_of(guide))
    wanted = {
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
    assert {name: as_stranger.answer.headers[name] for name in wanted} == wanted


def test_days_follow_each_other_and_today_is_always_there(as_stranger, monday_morning, topis, guide):
    who = make.delegation("Hanoi", headcount=7)
    assert "Nothing today." in as_stranger.get(address_of(guide))
    for day in (13, 15, 16, 28, 29):
        staff.day_duty(guide, who, seoul(day, 9))
    page = as_stranger.get(address_of(guide))
    days = [heading.text for heading in page.all("h2")]
    assert days == [
        "Monday 14 December 2026 Today",
        "Tuesday 15 December 2026",
        "Wednesday 16 December 2026",
        "Monday 28 December 2026",
    ]
    assert "With the delegation all the time" in page
    assert "7 people" in page
    assert "protocol@seoul.example" in page


def test_what_was_called_off_says_so_and_what_was_refused_is_gone(as_stranger, monday_morning, guide, visit):
    staff.duty(guide, visit, DutyState.RELEASED)
    who = make.delegation("Kampala")
    staff.day_duty(guide, who, seoul(15, 9), state=DutyState.REFUSED)
    staff.day_duty(guide, who, seoul(14, 7), state=DutyState.ACCEPTED)
    page = as_stranger.get(address_of(guide))
    assert "Called off: you need not go." in page
    assert [card.get("class") for card in page.all("article")] == ["card duty-card", "card duty-card is-off"]
    assert "07:00–15:00 now Accepted" in page
    assert "Tuesday" not in page


def test_nobody_reads_anothers_duties(as_stranger, guide, visit):
    other = staff.guide(visit.tour_session.tour.site, name="Guide 2")
    staff.duty(other, visit)
    assert "Hanoi" not in as_stranger.get(address_of(guide))


def test_only_the_secret_of_a_resource_opens_the_page(as_stranger, guide, visit, topis):
    for kind, subject in ((FeedKind.SITE, topis.id), (FeedKind.DELEGATION, visit.delegation_id)):
        _feed, secret = make_feed(kind, subject, by=OFFICER, at=AT)
        as_stranger.get(f"/day/{secret}", status=404)
    for secret in ("x", "x" * 3000, "%ff", "서울"):
        as_stranger.get(f"/day/{secret}", status=404)


def test_a_revoked_link_says_that_it_is_gone(as_stranger, guide):
    feed, secret = make_feed(FeedKind.RESOURCE, guide.id, by=OFFICER, at=AT)
    revoke_feed(feed.id, by=OFFICER, at=AT)
    page = as_stranger.get(f"/day/{secret}", status=410)
    assert "This page was withdrawn. Ask the office for a new link." in page
    assert as_stranger.answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_is_read_in_the_language_asked_for(as_stranger, guide):
    page = as_stranger.get(address_of(guide), lang="ko")
    assert page.all("html")[0].get("lang") == "ko"


def test_a_link_is_made_shown_once_and_ended(as_officer, as_stranger, guide):
    as_officer.get(f"/resources/{guide.id}")
    page = as_officer.post(f"/resources/{guide.id}/links", status=201)
    day, calendar = (
        page.all("input", id=name)[0].get("value") for name in ("day-address", "calendar-address")
    )
    assert (day.count("http://localhost/day/"), calendar.count("http://localhost/calendar/")) == (1, 1)
    as_stranger.get(day.removeprefix("http://localhost"))
    assert "day-address" not in as_officer.get(f"/resources/{guide.id}").html
    revoke = next(
        form.get("action") for form in as_officer.page.all("form") if "revoke" in (form.get("action") or "")
    )
    as_officer.submit(revoke)
    as_stranger.get(day.removeprefix("http://localhost"), status=410)
    assert "made a calendar link" in as_officer.follow()


def test_nobody_has_a_link_who_is_not_there(as_officer, guide):
    as_officer.get(f"/resources/{guide.id}")
    as_officer.post("/resources/999/links", status=404)


def test_busy_times_of_somebody_do_not_open_their_page(as_stranger, guide):
    _feed, secret = make_busy_feed(FeedKind.RESOURCE, guide.id, by=OFFICER, at=AT)
    as_stranger.get(f"/day/{secret}", status=404)


def test_the_page_costs_the_same_for_one_duty_and_for_ten(as_stranger, monday_morning, guide, counted):
    who, path = make.delegation("Hanoi"), address_of(guide)
    numbers = []
    for hour in range(10):
        staff.day_duty(guide, who, seoul(14 + hour, 9))
        with counted() as queries:
            as_stranger.get(path)
        numbers.append(len(queries))
    assert numbers[0] == numbers[-1]
