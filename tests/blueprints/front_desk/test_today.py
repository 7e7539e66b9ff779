"""Today: what needs whom, and what is on."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import close_site
from scheduler.core.lifecycle import Act, VisitState
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.sites import SiteFact
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def who(app):
    return make.delegation(arrives_at=seoul(1, month=11))


@pytest.fixture
def museum(app):
    return make.site("MUSEUM", name="The museum", weekdays=range(7))


@pytest.fixture
def tour(museum):
    return make.tour(museum, needs_agreement=True)


def pile(page, code):
    """The words of one pile."""
    found = page.all("section", id=code)
    return found[0].text if found else None


def test_a_request_waits_for_its_owner_and_silence_is_flagged(as_officer, as_manager, museum, tour, who):
    visit = make.visit(who, make.tour_session(tour, seoul(14, 10)))
    assert "Silent" not in pile(as_officer.get("/"), "requested")
    db.session.get_one(Visit, visit.id).asked_at = AT - timedelta(days=4)
    db.session.commit()
    assert "Silent for 4 days" in pile(as_officer.get("/"), "requested")
    page = as_manager(museum).get("/")
    assert pile(page, "requested").startswith("Waiting for your answer 1")


def test_a_hold_that_runs_out_within_a_day_is_shown(as_officer, tour, who):
    make.visit(who, make.tour_session(tour, seoul(14, 10)), hold_until=AT + timedelta(hours=23))
    make.visit(who, make.tour_session(tour, seoul(14, 14)), hold_until=AT + timedelta(hours=25))
    assert "Runs out Mon 23 Nov 2026 11:00" in pile(as_officer.get("/"), "holds")
    assert pile(as_officer.get("/"), "holds").startswith("Holds that run out within a day 1")


def test_a_clash_is_shown_with_its_reason(as_officer, museum, tour, who):
    make.visit(who, make.tour_session(tour, seoul(14, 10)))
    close_site(museum.id, Span(seoul(14, 9), seoul(14, 18)), "A pipe burst", by=OFFICER, at=AT)
    assert "A pipe burst" in pile(as_officer.get("/"), "clashing")


def test_one_click_takes_another_time_that_was_offered(as_officer, tour, who):
    visit = make.visit(who, make.tour_session(tour, seoul(14, 10)))
    make.tour_session(tour, seoul(15, 14))
    told = Told(reason="A drill", offered_times=(seoul(15, 14),))
    act_upon(visit.id, Act.DECLINE, told, by=OFFICER, at=AT)
    page = as_officer.get("/")
    assert "Take Tue 15 Dec 2026 14:00" in pile(page, "declined")
    as_officer.submit(f"/visits/{visit.id}/move")
    moved = db.session.get_one(Visit, visit.id)
    assert (moved.state, moved.starts_at) == (VisitState.REQUESTED, seoul(15, 14))


def test_an_offer_that_no_longer_works_says_why(as_officer, tour, who):
    visit = make.visit(who, make.tour_session(tour, seoul(14, 10)))
    told = Told(reason="A drill", offered_times=(seoul(15, 14),))
    act_upon(visit.id, Act.DECLINE, told, by=OFFICER, at=AT)
    as_officer.get("/")
    page = as_officer.submit(f"/visits/{visit.id}/move", status=409)
    assert "No session of this tour starts" in page


def test_an_arrival_that_nobody_recorded_is_asked_for(as_officer, tour, who):
    visit = make.visit(who, make.tour_session(tour, seoul(23, 10, month=11)))
    kept = db.session.get_one(Visit, visit.id)
    kept.state = VisitState.CONFIRMED
    kept.tour_session.starts_at = seoul(21, 10, month=11)
    kept.tour_session.ends_at = kept.tour_session.clear_at = seoul(21, 11, month=11)
    db.session.commit()
    assert "Did they come, and how many?" in pile(as_officer.get("/"), "unrecorded")


def test_what_is_on_today_and_tomorrow_is_told_by_the_citys_clock(as_officer, museum, who):
    open_tour = make.tour(museum, "OPEN")
    make.visit(who, make.tour_session(open_tour, seoul(22, 16, month=11)), 5)
    make.visit(who, make.tour_session(open_tour, seoul(23, 10, month=11)), 6)
    page = as_officer.get("/")
    assert "16:00–17:00" in pile(page, "today")
    assert "10:00–11:00" in pile(page, "tomorrow")


def test_a_manager_sees_their_own_sites_alone(as_manager, tour, who):
    make.visit(who, make.tour_session(tour, seoul(14, 10)))
    page = as_manager(make.site("OTHER")).get("/")
    assert "Nothing waits for you" in page
    assert "The museum" not in page


def test_the_head_of_division_sees_the_week_in_figures(as_head, museum, who):
    open_tour = make.tour(museum, "OPEN")
    make.visit(who, make.tour_session(open_tour, seoul(22, 16, month=11)), 5)
    page = as_head.get("/")
    assert [(dt.text, dd.text) for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)] == [
        ("Delegations", "1"),
        ("Visits", "1"),
        ("People", "5"),
        ("Not answered yet", "0"),
    ]


def test_the_administrator_sees_accounts_and_sites_in_doubt(as_administrator, museum):
    db.session.add(SiteFact(site_id=museum.id, name="hours", checked_on=(AT - timedelta(days=400)).date()))
    db.session.commit()
    page = as_administrator.get("/")
    assert "The museum 1 fact, the oldest checked on" in page
    assert "Administrator1" in page.text.replace(" ", "")


def test_a_clear_desk_says_so(as_officer):
    assert "Nothing waits for you" in as_officer.get("/")


def test_today_costs_the_same_number_of_queries_whatever_waits(as_officer, tour, counted, who):
    with counted() as few:
        as_officer.get("/")
    for hour in range(10, 16):
        make.visit(make.delegation(f"Delegation {hour}"), make.tour_session(tour, seoul(14, hour)))
    with counted() as many:
        as_officer.get("/")
    assert len(many) == len(few)
