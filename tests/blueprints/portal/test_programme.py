"""What guests read on their page: everything they need for each stop, and nothing that is not theirs."""

from datetime import timedelta

import pytest

from scheduler.actions.attendance import attend_engagement
from scheduler.actions.delegations import change_delegation
from scheduler.actions.engagements import cancel_engagement
from scheduler.actions.feeds import make_busy_feed, make_feed, revoke_feed
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.programmes import publish
from scheduler.core.duties import DutyState
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from scheduler.records.delegations import DelegationState
from scheduler.records.feeds import FeedKind
from tests import make, staff
from tests.blueprints.portal.conftest import lunch, page_of
from tests.cast import AT, OFFICER, seoul


def test_a_stop_tells_all_that_its_people_need(as_stranger, visit, page_of_all):
    page = as_stranger.get(page_of_all)
    for words in (
        "Monday 14 December 2026",
        "10:00–11:00",
        "08:00–09:00 in Vietnam",
        "How traffic is steered",
        "Control room",
        "서울교통정보센터",
        "110 Sejong-daero",
        "at 09:50, 10 minutes early",
        "Lobby of the west wing",
        "Closed shoes",
        "No photographs of the screens",
        "English",
        "Not yet confirmed",
        "The programme has not been published yet",
        "Fire and ambulance: 119",
        "Police: 112",
    ):
        assert words in page
    maps = [link.get("href") for link in page.all("a") if "openstreetmap" in link.get("href")]
    assert maps == ["https://www.openstreetmap.org/?mlat=37.5665&mlon=126.978#map=17/37.5665/126.978"]


def test_a_confirmed_stop_is_no_longer_marked_and_the_way_to_the_next_is_told(
    as_stranger, visit, meal, page_of_all
):
    agreement = OwnerAgreement(by="Kim", on=AT, channel="telephone")
    act_upon(visit.id, Act.CONFIRM, Told(agreement=agreement), by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "Not yet confirmed" not in page
    assert "15 minutes to the next stop" in page
    assert "Vice mayor" in page


def test_what_was_called_off_is_struck_through_for_a_week_and_then_gone(
    as_stranger, visit, meal, page_of_all, stands_at
):
    cancel_engagement(meal.id, by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "Called off" in page
    assert [deleted.text for deleted in page.all("del")] == ["Lunch", "11:20–13:00"]
    assert "minutes to the next stop" not in page
    stands_at(AT + timedelta(days=8))
    assert "Lunch" not in as_stranger.get(page_of_all)


def test_the_page_shows_the_plan_of_now_and_says_what_changed_since_the_version_held(
    as_stranger, hanoi, visit, meal, page_of_all
):
    publish(hanoi.id, by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "Version 1 of the programme was published on" in page
    assert "No stop and no time has changed since." in page
    cancel_engagement(meal.id, by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "What has changed since version 1" in page
    assert "Taken out Lunch, Restaurant" in page
    publish(hanoi.id, None, "The cook is ill", by=OFFICER, at=AT)
    assert "Version 2 of the programme" in as_stranger.get(page_of_all)


def test_a_delegate_is_told_only_of_changes_to_their_own_stops(as_stranger, hanoi, meal, an, binh):
    attend_engagement(meal.id, [binh.id], by=OFFICER, at=AT)
    publish(hanoi.id, by=OFFICER, at=AT)
    cancel_engagement(meal.id, by=OFFICER, at=AT)
    assert "No stop and no time has changed since." in as_stranger.get(page_of(an))
    assert "Taken out Lunch" in as_stranger.get(page_of(binh))


def test_who_goes_along_is_named_without_a_number_and_only_when_they_said_yes(
    as_stranger, topis, visit, page_of_all
):
    staff.duty(staff.guide(topis, "en", name="Guide Park", phone="010-1111"), visit, state=DutyState.ACCEPTED)
    staff.duty(staff.guide(topis, "en", name="Guide Choi", phone="010-2222"), visit)
    page = as_stranger.get(page_of_all)
    assert "Guide: Guide Park" in page
    assert "Guide Choi" not in page
    assert "010-" not in page.html


@pytest.mark.parametrize(
    ("day", "is_told"),
    [(12, False), (13, True), (14, True), (15, False)],
    ids=["two days", "eve", "day", "after"],
)
def test_the_liaison_officers_number_is_told_on_the_day_and_the_day_before(
    as_stranger, hanoi, visit, page_of_all, stands_at, day, is_told
):
    officer = staff.liaison_officer("en", name="Officer Han", phone="010-3333")
    staff.day_duty(officer, hanoi, seoul(14, 8), state=DutyState.ACCEPTED)
    stands_at(seoul(day, 9))
    page = as_stranger.get(page_of_all)
    assert "Officer Han" in page
    assert ("010-3333" in page) == is_told


def test_an_office_without_a_telephone_is_written_to(app, as_stranger, visit, page_of_all):
    assert "protocol@seoul.example" in as_stranger.get(page_of_all)
    app.config["OFFICE_PHONE"] = "+82 2 000 0000"
    assert [a.get("href") for a in as_stranger.get(page_of_all).all("a") if "tel:+" in a.get("href")] == [
        "tel:+8220000000"
    ]


def test_a_delegate_reads_what_is_theirs_and_nothing_of_the_list(as_stranger, hanoi, visit, meal, an, binh):
    attend_engagement(meal.id, [binh.id], by=OFFICER, at=AT)
    page = as_stranger.get(page_of(an))
    assert "How traffic is steered" in page
    assert "Lunch" not in page
    assert "Binh" not in page.html
    assert "Your people" not in page
    for more in ("/people", "/people/new", "/people/list.csv", f"/people/{an.id}"):
        as_stranger.get(page_of(an) + more, status=404)
    assert "Lunch" in as_stranger.get(page_of(binh))


def test_no_other_delegation_is_ever_seen(as_stranger, visit, meal, page_of_all):
    other = make.delegation("Bangkok", headcount=3)
    theirs = make.visit(other, make.tour_session(make.tour(make.site("OTHER")), seoul(15, 10)), 3)
    page = as_stranger.get(page_of_all)
    assert "Bangkok" not in page.html
    assert "OTHER" not in page.html
    for more in (f"/stops/visit-{theirs.id}", f"/stops/visit-{theirs.id}.ics", "/stops/visit-0", "/stops/x"):
        as_stranger.get(page_of_all + more, status=404)
    told = {"answer": "ACCEPTED", "version": 0}
    as_stranger.post(f"{page_of_all}/stops/visit-{theirs.id}/answer", told, status=404)
    as_stranger.post(f"{page_of_all}/stops/visit-{theirs.id}/wish", {"comment": "x"}, status=404)


def test_the_office_s_own_notes_are_never_told(as_stranger, hanoi, meal, page_of_all):
    lunch(hanoi, seoul(15, 12), note="No nuts; the minister dislikes fish")
    publish(hanoi.id, by=OFFICER, at=AT)
    assert "dislikes" not in as_stranger.get(page_of_all).html


def test_wrong_secrets_and_those_of_other_calendars_are_one_and_the_same_404(as_stranger, hanoi, visit):
    pages = []
    secrets = [
        "forged",
        make_feed(FeedKind.SITE, visit.site_id, by=OFFICER, at=AT)[1],
        make_busy_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)[1],
    ]
    for secret in secrets:
        pages.append(as_stranger.get(f"/guests/{secret}", status=404).text)
    assert len(set(pages)) == 1


def test_the_page_closes_thirty_days_after_they_left(as_stranger, hanoi, visit, page_of_all, stands_at):
    stands_at(hanoi.departs_at + timedelta(days=1))
    page = as_stranger.get(page_of_all)
    assert "Your stay is over" in page
    assert page.all("form") == []
    told = {"answer": "ACCEPTED", "version": visit.sequence}
    as_stranger.post(f"{page_of_all}/stops/visit-{visit.id}/answer", told, status=409)
    as_stranger.get(f"{page_of_all}/people/new", status=409)
    stands_at(hanoi.departs_at + timedelta(days=30))
    assert "Thank you for coming" in as_stranger.get(page_of_all, status=410)
    for more in ("/privacy", "/programme.ics", "/people", f"/stops/visit-{visit.id}"):
        as_stranger.get(page_of_all + more, status=410)


def test_a_page_taken_back_is_gone(as_stranger, visit, link, page_of_all):
    revoke_feed(link[0].id, by=OFFICER, at=AT)
    assert "The office took this address back." in as_stranger.get(page_of_all, status=410)
    as_stranger.post(f"{page_of_all}/stops/visit-{visit.id}/answer", {"answer": "ACCEPTED"}, status=410)


def test_a_delegation_that_was_called_off_says_so(as_stranger, hanoi, visit, page_of_all):
    act_upon(visit.id, Act.CANCEL, Told(reason="no flight"), by=OFFICER, at=AT)
    change_delegation(hanoi.id, {"state": DelegationState.CANCELLED}, by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "This visit was called off" in page
    assert page.all("form") == []
    assert "no flight" not in page.html


def test_the_former_address_leads_to_the_page(as_stranger, visit, link):
    as_stranger.get(f"/programme/{link[1]}", status=301, lang="ko")
    assert as_stranger.answer.headers["Location"] == f"/guests/{link[1]}?lang=ko"
    assert "How traffic is steered" in as_stranger.get(f"/guests/{link[1]}", lang="en")


def test_no_search_engine_and_no_other_page_learns_the_address(as_stranger, visit, page_of_all):
    for more in ("", "/privacy", "/people", "/programme.ics", f"/stops/visit-{visit.id}"):
        as_stranger.get(page_of_all + more)
        headers = as_stranger.answer.headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "private, no-store"


def test_guests_read_in_their_language_unless_they_ask_for_another(as_stranger, hanoi, visit, page_of_all):
    change_delegation(hanoi.id, {"country": "KR", "languages": {"ko", "en"}}, by=OFFICER, at=AT)
    assert as_stranger.get(page_of_all).all("html")[0].get("lang") == "ko"
    assert as_stranger.get(page_of_all, lang="en").all("html")[0].get("lang") == "en"
    assert as_stranger.get(page_of_all).all("html")[0].get("lang") == "en"


def test_calendar_files_hold_the_programme_and_each_stop(as_stranger, visit, meal, page_of_all):
    as_stranger.get(f"{page_of_all}/programme.ics")
    whole = as_stranger.answer.get_data()
    assert whole.count(b"BEGIN:VEVENT") == 2
    as_stranger.get(f"{page_of_all}/stops/engagement-{meal.id}.ics")
    alone = as_stranger.answer.get_data()
    assert alone.count(b"BEGIN:VEVENT") == 1
    assert meal.uid.encode() in alone.replace(b"\r\n ", b"")


def test_an_empty_programme_says_so(as_stranger, page_of_all):
    assert "Nothing is planned for you yet." in as_stranger.get(page_of_all)


def test_the_privacy_notice_names_the_office(as_stranger, page_of_all):
    page = as_stranger.get(f"{page_of_all}/privacy")
    assert "Seoul Protocol Office" in page
    assert "Never a passport number" in page


def test_a_page_costs_the_same_few_queries_however_long(as_stranger, hanoi, meal, page_of_all, counted):
    as_stranger.get(page_of_all)
    with counted() as few:
        as_stranger.get(page_of_all)
    for day in (15, 16, 17, 18):
        lunch(hanoi, seoul(day, 12))
    with counted() as many:
        as_stranger.get(page_of_all)
    assert len(few) == len(many)
    assert len(few) < 25
