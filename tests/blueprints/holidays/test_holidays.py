"""Single days that the government names a holiday, or takes back."""

from datetime import date

import pytest

from scheduler.records.database import db
from scheduler.records.sites import OneOffHoliday
from tests import make
from tests.blueprints import soon

NAMED = {"on": "2026-12-01", "name": "Day of mourning", "source": "Announcement of 20 November"}


@pytest.fixture
def visit(app):
    """On Tuesday 1 December, at a site that closes on public holidays."""
    site = soon.site("TOPIS", closed_on_public_holidays=True)
    return soon.visit(make.tour_session(make.tour(site), soon.soon(9)), 12)


def entries():
    return [(row.on, row.name, row.is_holiday) for row in db.session.query(OneOffHoliday)]


def test_a_day_that_breaks_nobody_is_entered_at_once_and_can_be_removed(as_administrator, visit):
    as_administrator.get("/holidays")
    as_administrator.submit("/holidays", NAMED | {"on": "2026-12-02"})
    assert "Day of mourning" in as_administrator.follow()
    assert entries() == [(date(2026, 12, 2), "Day of mourning", True)]
    as_administrator.submit("/holidays/2026-12-02/remove")
    assert "The entry is removed." in as_administrator.follow()
    assert entries() == []


def test_a_day_shows_the_visits_it_would_break_at_every_site_first(as_administrator, visit):
    as_administrator.get("/holidays")
    page = as_administrator.submit("/holidays", NAMED, status=409)
    assert "Closed on the public holiday Day of mourning." in page
    assert entries() == []
    as_administrator.submit("/holidays", {"break_visits": str(visit.id)})
    assert "1 visit now clashes." in as_administrator.follow()
    assert soon.as_it_is(visit).is_clashing


def test_a_holiday_that_was_taken_back_shows_whom_its_return_would_break(as_administrator):
    site = soon.site("TOPIS", closed_on_public_holidays=True)
    as_administrator.get("/holidays")
    as_administrator.submit("/holidays", NAMED | {"on": "2026-12-25", "kind": "ordinary"})
    visit = soon.visit(make.tour_session(make.tour(site), soon.soon(33)), 12)
    as_administrator.get("/holidays")
    page = as_administrator.submit("/holidays/2026-12-25/remove", status=409)
    assert "Closed on the public holiday Christmas Day." in page
    as_administrator.submit("/holidays/2026-12-25/remove", {"break_visits": str(visit.id)})
    assert soon.as_it_is(visit).is_clashing


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"on": "Christmas"}, "Day: Give a date, such as 2026-12-14."),
        ({"name": ""}, "What it is called: This field is required."),
        ({"source": ""}, "Where does this come from?: This field is required."),
        ({"kind": "half"}, "Not a valid choice."),
    ],
)
def test_an_entry_with_a_fault_is_refused_in_words(as_administrator, told, words):
    as_administrator.get("/holidays")
    assert words in as_administrator.submit("/holidays", NAMED | told, status=422)
    assert entries() == []


def test_a_day_is_entered_once(as_administrator):
    as_administrator.get("/holidays")
    as_administrator.submit("/holidays", NAMED)
    as_administrator.follow()
    page = as_administrator.submit("/holidays", NAMED | {"name": "Another"}, status=422)
    assert "There is an entry for Tuesday 1 December 2026 already; remove it first." in page


def test_the_calendar_of_a_year_is_shown(as_administrator):
    soon.site("TOPIS")
    page = as_administrator.get("/holidays", year="2027")
    assert "South Korea, 2027" in page
    assert "Christmas Day" in page


def test_only_administrators_name_holidays(as_officer, as_head):
    as_officer.get("/holidays", status=403)
    as_head.get("/holidays", status=403)


def test_an_entry_that_is_none_is_not_found(as_administrator):
    as_administrator.get("/holidays")
    as_administrator.post("/holidays/2026-12-01/remove", status=404)
    as_administrator.post("/holidays/someday/remove", status=404)
