"""One delegation's page, changing it, its calendar."""

import pytest

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.feeds import FeedLink
from scheduler.records.visits import Visit
from tests import make
from tests.cast import seoul


@pytest.fixture
def who(app):
    return make.delegation(arrives_at=seoul(14, 9), departs_at=seoul(16, 18), contact_name="Liaison desk")


@pytest.fixture
def visit(who):
    return make.visit(who, make.tour_session(make.tour(make.site("TOPIS")), seoul(15, 10)), 12)


def days_on(page):
    return [day.text for day in page.all("h3") if day.within("li")]


def test_the_stay_is_shown_day_by_day_with_the_days_still_free(as_officer, who, visit):
    page = as_officer.get(f"/delegations/{who.id}")
    assert days_on(page) == ["Mon 14 Dec", "Tue 15 Dec", "Wed 16 Dec"]
    days = [item.text for item in page.all("li") if (item.get("class") or "").startswith("day")]
    assert days[0] == "Mon 14 DecArrivalBook: Monday 14 December 2026 No visit yet."
    assert "10:00–11:00 Site TOPIS" in days[1]


def test_a_visit_outside_the_stay_is_shown_too(as_officer, who, visit):
    db.session.get_one(Delegation, who.id).arrives_at = seoul(16, 9)
    db.session.commit()
    page = as_officer.get(f"/delegations/{who.id}")
    assert "Outside the stay" in page


def test_the_journal_says_who_did_what(as_officer, who):
    as_officer.get(f"/delegations/{who.id}/edit")
    as_officer.submit(f"/delegations/{who.id}/edit", {"headcount": "14"})
    page = as_officer.follow()
    assert "officer@city.example: Delegation: changed" in page
    assert "Headcount: 12 → 14" in page


def test_who_read_an_old_version_is_told_and_keeps_what_was_typed(as_officer, who):
    as_officer.get(f"/delegations/{who.id}/edit")
    db.session.get_one(Delegation, who.id).version += 1
    db.session.commit()
    page = as_officer.submit(f"/delegations/{who.id}/edit", {"name": "Typed by me"}, status=409)
    assert "Somebody changed this while you had it open." in page
    assert page.values_of(f"/delegations/{who.id}/edit")["name"] == "Typed by me"
    as_officer.submit(f"/delegations/{who.id}/edit")
    assert db.session.get_one(Delegation, who.id).name == "Typed by me"


def test_a_headcount_below_its_visits_is_refused(as_officer, who, visit):
    as_officer.get(f"/delegations/{who.id}/edit")
    page = as_officer.submit(f"/delegations/{who.id}/edit", {"headcount": "11"}, status=422)
    assert "One of its visits has 12 people; change that visit first." in page


def test_a_delegation_that_is_awaited_is_not_closed(as_officer, who, visit):
    as_officer.get(f"/delegations/{who.id}/edit")
    page = as_officer.submit(f"/delegations/{who.id}/edit", {"state": "closed"}, status=409)
    assert "1 visit is still awaited. Cancel or postpone it first." in page
    db.session.get_one(Visit, visit.id).state = VisitState.CANCELLED
    db.session.commit()
    as_officer.submit(f"/delegations/{who.id}/edit", {"state": "closed"})
    assert db.session.get_one(Delegation, who.id).state == DelegationState.CLOSED


def test_codes_of_the_api_survive_a_change_on_the_page(as_officer, who):
    db.session.get_one(Delegation, who.id).topics = frozenset({"ferries", "water"})
    db.session.commit()
    as_officer.get(f"/delegations/{who.id}/edit")
    as_officer.submit(f"/delegations/{who.id}/edit", {"headcount": "13"})
    assert db.session.get_one(Delegation, who.id).topics == {"ferries", "water"}


def test_the_programme_is_one_calendar_of_all_visits(as_officer, who, visit):
    as_officer.get(f"/delegations/{who.id}/programme.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8"
    assert as_officer.answer.text.count("BEGIN:VEVENT") == 1


def test_a_calendar_link_is_shown_once_and_can_be_ended(as_officer, who, visit):
    as_officer.get(f"/delegations/{who.id}")
    page = as_officer.submit(f"/delegations/{who.id}/feeds", status=201)
    address = page.all("input", id="new-address")[0].get("value")
    path = address.removeprefix("http://localhost")
    as_officer.get(path)
    assert f"UID:{visit.uid}" in as_officer.answer.text
    assert address not in as_officer.get(f"/delegations/{who.id}").html
    link = db.session.query(FeedLink).one()
    as_officer.submit(f"/calendars/{link.id}/revoke")
    as_officer.get(path, status=410)


def test_the_head_of_division_sees_no_way_to_change_it(as_head, who):
    page = as_head.get(f"/delegations/{who.id}")
    assert [form.get("action") for form in page.all("form")] == ["/search", "/sign-out"]
    as_head.get(f"/delegations/{who.id}/edit", status=403)


def test_no_delegation_by_that_number_is_told_as_such(as_officer):
    for number in ("999999", "9" * 30, "0", "x"):
        as_officer.get(f"/delegations/{number}", status=404)


def test_a_page_costs_the_same_number_of_queries_whatever_is_on_it(as_officer, who, visit, counted):
    address = f"/delegations/{who.id}"
    with counted() as few:
        as_officer.get(address)
    tour = make.tour(make.site("MUSEUM"))
    for hour in range(10, 16):
        make.visit(db.session.get_one(Delegation, who.id), make.tour_session(tour, seoul(16, hour)), 5)
    with counted() as many:
        as_officer.get(address)
    assert len(many) == len(few)
