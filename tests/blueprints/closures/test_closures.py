"""Closing a site by date, and this minute."""

import pytest

from scheduler.records.database import db
from scheduler.records.sites import SiteClosure
from tests import make
from tests.blueprints import soon
from tests.cast import AT


@pytest.fixture
def topis(app):
    return soon.site("TOPIS", name="Control room")


@pytest.fixture
def tour(topis):
    return make.tour(topis)


def closures():
    return [(c.starts_at, c.ends_at, c.reason) for c in db.session.query(SiteClosure)]


def told(first, last, reason="Pump test"):
    return {"starts_at": soon.typed(first), "ends_at": soon.typed(last), "reason": reason}


def test_a_closure_that_breaks_nobody_is_entered_at_once_and_can_be_removed(as_manager, topis):
    client = as_manager(topis)
    client.get("/sites/TOPIS/closures")
    client.submit("/sites/TOPIS/closures", told(soon.soon(3, 9), soon.soon(5, 18)))
    assert "25 Nov 2026 09:00" in client.follow()
    assert closures() == [(soon.soon(3, 9), soon.soon(5, 18), "Pump test")]
    made = db.session.query(SiteClosure).one()
    client.submit(f"/sites/TOPIS/closures/{made.id}/remove")
    assert "No closures to come" in client.follow()
    assert closures() == []


def test_a_closure_shows_whom_it_would_break_before_it_is_entered(as_manager, topis, tour):
    visit = soon.visit(make.tour_session(tour, soon.soon(3)), 12)
    client = as_manager(topis)
    client.get("/sites/TOPIS/closures")
    page = client.submit("/sites/TOPIS/closures", told(soon.soon(3, 9), soon.soon(3, 18)), status=409)
    assert "this would break 1 visit" in page
    assert closures() == []
    client.submit("/sites/TOPIS/closures", {"break_visits": str(visit.id)})
    assert "1 visit now clashes." in client.follow()
    assert soon.as_it_is(visit).is_clashing


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (told(soon.soon(3, 9), soon.soon(3, 9)), "Must be after “Closed from”."),
        (told(soon.soon(3, 9), soon.soon(3, 18), ""), "Reason: This field is required."),
        (told(soon.soon(3, 9), soon.soon(3, 18), "x" * 301), "Too long: 301 characters, 300 at most."),
        (told(soon.soon(-9, 9), soon.soon(-8, 9)), "This lies in the past"),
        (told(soon.soon(3), soon.soon(5000)), "Too long: 3660 days at most."),
        (told(soon.soon(3), soon.soon(4)) | {"starts_at": "2026-11-25"}, "Give a date and a time"),
    ],
)
def test_a_closure_that_cannot_be_meant_is_refused_in_words(as_officer, topis, sent, words):
    as_officer.get("/sites/TOPIS/closures")
    page = as_officer.submit("/sites/TOPIS/closures", sent, status=422)
    assert words in page
    assert page.values_of("/sites/TOPIS/closures")["ends_at"] == sent["ends_at"]
    assert closures() == []


def test_close_now_lists_who_is_still_expected_today_and_closes_with_one_click(as_manager, topis, tour):
    visit = soon.visit(make.tour_session(tour, soon.soon(0, 14)), 12)
    make.other_booking(make.tour_session(tour, soon.soon(0, 16)), 20, "School class")
    client = as_manager(topis)
    page = client.get("/sites/TOPIS/closures/now")
    assert "Still expected today 1" in page
    assert "16:00–17:00 School class, 20 people" in page
    shown = page.all("button", name="break_visits")[0].get("value")
    client.submit("/sites/TOPIS/closures/now", {"reason": "Flood warning", "break_visits": shown})
    assert "The site is closed from now on." in client.follow()
    assert closures() == [(AT, soon.soon(1, 0), "Flood warning")]
    assert soon.as_it_is(visit).is_clashing


def test_closing_for_longer_shows_todays_arrivals_first_and_then_the_rest(as_manager, topis, tour):
    later = soon.visit(make.tour_session(tour, soon.soon(1, 9)), 12, who=soon.delegation("Riyadh"))
    today = soon.visit(make.tour_session(tour, soon.soon(0, 14)), 12, who=soon.delegation("Hanoi"))
    client = as_manager(topis)
    client.get("/sites/TOPIS/closures/now")
    sent = {"reason": "Flood", "until": "moment", "ends_at": soon.typed(soon.soon(2, 12))}
    page = client.submit("/sites/TOPIS/closures/now", sent | {"break_visits": str(today.id)}, status=409)
    rows = [e.text for e in page.all("tr") if "Closed from" in e.text]
    assert len(rows) == 2
    assert "Hanoi" in rows[0]
    assert "Today" in rows[0]
    assert "Riyadh" in rows[1]
    client.submit("/sites/TOPIS/closures/now", {"break_visits": f"{today.id} {later.id}"})
    assert closures() == [(AT, soon.soon(2, 12), "Flood")]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"until": "moment"}, "Give the date and time, or choose the end of today."),
        ({"until": "moment", "ends_at": "2026-11-22T11:00"}, "Must lie in the future."),
        ({"until": "never"}, "Not a valid choice"),
        ({"reason": ""}, "Reason: This field is required."),
    ],
)
def test_closing_now_needs_a_reason_and_a_sensible_end(as_officer, topis, sent, words):
    as_officer.get("/sites/TOPIS/closures/now")
    assert words in as_officer.submit("/sites/TOPIS/closures/now", {"reason": "Flood"} | sent, status=422)
    assert closures() == []


def test_only_who_may_change_a_site_closes_it(as_manager, as_head, topis):
    as_head.get("/sites/TOPIS/closures")
    as_head.get("/sites/TOPIS/closures/now", status=403)
    elsewhere = as_manager(soon.site("DMC"))
    elsewhere.get("/sites/TOPIS/closures/now", status=404)
    elsewhere.post("/sites/TOPIS/closures/1/remove", status=404)
