"""One visit's page, and every act that can be done on it."""

from datetime import timedelta

import pytest

from scheduler.actions.sites import close_site
from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def requested(who, monday_at_ten):
    return make.visit(who, monday_at_ten, 12)


def now_is(visit):
    return db.session.get_one(Visit, visit.id)


def acts_on(page):
    found = [
        summary.text for summary in page.all("summary") if summary.within("details").get("class") == "confirm"
    ]
    return [*found, *(link.text for link in page.all("a") if link.text == "Move")]


def test_the_page_tells_who_where_when_and_how_it_stands(as_officer, requested):
    page = as_officer.get(f"/visits/{requested.id}")
    assert page.all("h1")[0].text == "The museum Requested"
    assert "Monday" in page
    assert "10:00–11:00" in page
    assert "Hanoi planning office" in page
    assert "officer@tests.example: booked" in page


def test_only_what_state_and_role_allow_is_offered(as_officer, as_head, as_manager, museum, requested):
    page = as_officer.get(f"/visits/{requested.id}")
    assert acts_on(page) == ["Confirm", "Decline", "Postpone", "Cancel", "Move"]
    assert acts_on(as_head.get(f"/visits/{requested.id}")) == ["Postpone", "Cancel", "Move"]
    page = as_manager(museum).get(f"/visits/{requested.id}")
    assert acts_on(page) == ["Confirm", "Decline"]


def test_who_came_and_who_did_not_is_asked_once_the_day_has_come(as_manager, museum, requested, that_monday):
    page = as_manager(museum).get(f"/visits/{requested.id}")
    assert acts_on(page) == ["Confirm", "Decline", "Nobody came"]


def test_a_manager_confirms_with_one_click(as_manager, museum, requested):
    manager = as_manager(museum)
    manager.get(f"/visits/{requested.id}")
    manager.submit(f"/visits/{requested.id}/confirm")
    assert "It is recorded." in manager.follow()
    assert now_is(requested).state == VisitState.CONFIRMED


def test_an_officer_records_who_agreed_when_and_how(as_officer, requested):
    as_officer.get(f"/visits/{requested.id}")
    page = as_officer.submit(f"/visits/{requested.id}/confirm", status=422)
    assert "Who agreed for the site" in page
    told = {"agreed_by": "Head of the museum", "agreed_on": "2026-11-20T10:00", "agreed_channel": "telephone"}
    as_officer.submit(f"/visits/{requested.id}/confirm", told)
    assert "Head of the museum, Fri 20 Nov 2026 10:00, Telephone" in as_officer.follow()
    assert now_is(requested).state == VisitState.CONFIRMED


def test_an_agreement_of_tomorrow_is_none(as_officer, requested):
    as_officer.get(f"/visits/{requested.id}")
    told = {"agreed_by": "Head", "agreed_on": "2026-11-23T10:00", "agreed_channel": "telephone"}
    page = as_officer.submit(f"/visits/{requested.id}/confirm", told, status=422)
    assert "The agreement cannot lie in the future." in page
    assert page.all("input", name="agreed_by")[0].get("value") == "Head"


def test_declining_offers_other_times_and_one_click_takes_one(
    as_officer, as_manager, museum, round_tour, requested
):
    make.tour_session(round_tour, seoul(15, 14))
    manager = as_manager(museum)
    manager.get(f"/visits/{requested.id}")
    told = {
        "reason": "A drill that day",
        "offered_second": "2026-12-15T14:00",
        "offered_first": "2026-12-16T14:00",
    }
    manager.submit(f"/visits/{requested.id}/decline", told)
    assert now_is(requested).offered_times == [seoul(15, 14).isoformat(), seoul(16, 14).isoformat()]
    page = as_officer.get(f"/visits/{requested.id}")
    assert "A drill that day" in page
    assert "Take Tue 15 Dec 2026 14:00" in page
    as_officer.submit(f"/visits/{requested.id}/move")
    assert (now_is(requested).state, now_is(requested).starts_at) == (VisitState.REQUESTED, seoul(15, 14))


def test_another_time_in_the_past_is_none(as_officer, requested):
    as_officer.get(f"/visits/{requested.id}")
    told = {"reason": "No", "offered_first": "2026-11-01T14:00"}
    page = as_officer.submit(f"/visits/{requested.id}/decline", told, status=422)
    assert "This lies in the past" in page


@pytest.mark.parametrize(
    ("act", "state"), [("cancel", VisitState.CANCELLED), ("postpone", VisitState.POSTPONED)]
)
def test_who_calls_it_off_and_why_is_asked_and_kept(as_officer, requested, act, state):
    as_officer.get(f"/visits/{requested.id}")
    page = as_officer.submit(f"/visits/{requested.id}/{act}", {"reason": "Illness"}, status=422)
    assert page.all("textarea", id=f"{act}-reason")[0].text == "Illness"
    as_officer.submit(f"/visits/{requested.id}/{act}", {"on_behalf_of": "The delegation"})
    visit = now_is(requested)
    assert (visit.state, visit.ended_by, visit.ended_reason) == (state, "The delegation", "Illness")


def test_an_arrival_is_counted_and_then_closed(as_officer, who, round_tour, that_monday):
    visit = make.visit(who, make.tour_session(make.tour(make.site("OPEN"), "OPEN"), seoul(14, 10)), 12)
    as_officer.get(f"/visits/{visit.id}")
    as_officer.submit(f"/visits/{visit.id}/arrive", {"count": "11"})
    as_officer.follow()
    as_officer.submit(f"/visits/{visit.id}/close")
    assert (now_is(visit).state, now_is(visit).arrived_count) == (VisitState.CLOSED, 11)


def test_nobody_came_is_recorded(as_officer, requested, that_monday):
    as_officer.get(f"/visits/{requested.id}")
    as_officer.submit(f"/visits/{requested.id}/no-show", {"reason": "Their flight was late"})
    assert now_is(requested).state == VisitState.NO_SHOW


@pytest.mark.parametrize("act", ["arrive", "no-show"])
def test_before_the_day_nobody_has_come_or_stayed_away(as_officer, who, act):
    visit = make.visit(who, make.tour_session(make.tour(make.site("OPEN"), "OPEN"), seoul(14, 10)), 12)
    as_officer.get(f"/visits/{visit.id}")
    page = as_officer.post(f"/visits/{visit.id}/{act}", {"version": visit.version, "count": "12"}, status=409)
    assert "This can be said from Mon 14 Dec 2026 00:00 on." in page
    assert now_is(visit).state == VisitState.CONFIRMED


def test_a_hold_becomes_a_request(as_officer, who, monday_at_ten):
    held = make.visit(who, monday_at_ten, 12, hold_until=AT + timedelta(days=2))
    page = as_officer.get(f"/visits/{held.id}")
    assert "Tue 24 Nov 2026 12:00" in page
    as_officer.submit(f"/visits/{held.id}/request")
    assert now_is(held).state == VisitState.REQUESTED


def test_who_read_an_old_version_is_told_and_keeps_what_was_typed(as_officer, as_manager, museum, requested):
    manager = as_manager(museum)
    as_officer.get(f"/visits/{requested.id}")
    manager.get(f"/visits/{requested.id}")
    manager.submit(f"/visits/{requested.id}/confirm")
    told = {"on_behalf_of": "The delegation", "reason": "Illness"}
    page = as_officer.submit(f"/visits/{requested.id}/cancel", told, status=409)
    assert "Somebody changed this while you had it open." in page
    assert page.values_of(f"/visits/{requested.id}/cancel")["reason"] == "Illness"
    as_officer.submit(f"/visits/{requested.id}/cancel")
    assert now_is(requested).state == VisitState.CANCELLED


def test_an_act_that_the_state_forbids_says_so(as_officer, requested):
    as_officer.get(f"/visits/{requested.id}")
    version = now_is(requested).version
    page = as_officer.post(f"/visits/{requested.id}/close", {"version": version}, status=409)
    assert "This cannot be done now" in page


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_without_a_version_is_refused(as_officer, requested, version):
    as_officer.get(f"/visits/{requested.id}")
    as_officer.post(f"/visits/{requested.id}/close", {"version": version}, status=422)


def test_a_clash_is_shown_with_its_reasons(as_officer, museum, requested):
    close_site(museum.id, Span(seoul(14, 9), seoul(14, 18)), "A pipe burst", by=OFFICER, at=AT)
    page = as_officer.get(f"/visits/{requested.id}")
    assert "This visit clashes: it keeps its place until somebody acts." in page
    assert "A pipe burst" in page


def test_other_peoples_visits_are_not_there(as_manager, requested):
    as_manager(make.site("OTHER")).get(f"/visits/{requested.id}", status=404)


@pytest.mark.parametrize("number", ["999999", "99999999999999999999", "0", "-1", "x"])
def test_no_visit_by_that_number_is_told_as_such(as_officer, number):
    as_officer.get(f"/visits/{number}", status=404)


def test_after_an_act_one_is_led_back_to_where_one_was(as_manager, museum, requested, that_monday):
    manager = as_manager(museum)
    manager.get(f"/visits/{requested.id}")
    manager.submit(f"/visits/{requested.id}/confirm", {"next": "/roster/MUSEUM/2026-12-14"})
    assert manager.answer.headers["Location"] == "/roster/MUSEUM/2026-12-14"
    manager.get(f"/visits/{requested.id}")
    manager.submit(f"/visits/{requested.id}/arrive", {"next": "//elsewhere.example"})
    assert manager.answer.headers["Location"] == f"/visits/{requested.id}"
