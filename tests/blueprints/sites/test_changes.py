"""Changing a site: whom it would break is shown first, and nothing is written until somebody agrees."""

from datetime import date, time

import pytest
from sqlalchemy import select

from scheduler.access import Role
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.sites import Site, SiteFact
from tests import make
from tests.blueprints import soon

HOW = {"source": "Call with the site", "checked_on": "2026-11-20"}


@pytest.fixture
def topis(app):
    """Open Monday to Friday from ten to five."""
    return make.site("TOPIS", name="Control room", people_at_once=40, languages={"en", "ko"})


@pytest.fixture
def visit(topis):
    """Twelve people on Tuesday 1 December at ten."""
    return soon.visit(make.tour_session(make.tour(topis), soon.soon(9)), 12)


def as_it_is(topis):
    return db.session.get_one(Site, topis.id, populate_existing=True)


def test_only_what_differs_is_written_with_its_source(as_officer, topis):
    as_officer.get("/sites/TOPIS/edit")
    as_officer.submit("/sites/TOPIS/edit", HOW | {"notice_days": "7", "languages": ["en", "ja"]})
    assert "The facts were changed." in as_officer.follow()
    changed = as_it_is(topis)
    assert (changed.notice_days, changed.languages, changed.name) == (7, {"en", "ja"}, "Control room")
    noted = {fact.name: (fact.source, fact.checked_on, fact.is_assumption) for fact in changed.facts}
    assert noted == {
        "notice": ("Call with the site", date(2026, 11, 20), False),
        "languages": ("Call with the site", date(2026, 11, 20), False),
    }


def test_everything_that_the_form_knows_can_be_changed(as_officer, topis):
    told = {
        "name": "TOPIS",
        "name_native": "토피스",
        "owner_unit": "Transport division",
        "contact_name": "Kim Minsu",
        "contact_email": "desk@topis.example",
        "address": "110 Sejong-daero",
        "latitude": "37.5665",
        "longitude": "126.9780",
        "meeting_point": "Lobby",
        "notice_days": "14",
        "arrive_early_minutes": "20",
        "turnaround_minutes": "15",
        "photo_rule": "No pictures",
        "safety_gear": "Helmet",
        "active_from": "2026-01-01",
        "active_to": "2027-12-31",
    }
    as_officer.get("/sites/TOPIS/edit")
    as_officer.submit("/sites/TOPIS/edit", HOW | told)
    site = as_it_is(topis)
    numbers = {"latitude": 37.5665, "longitude": 126.978, "notice_days": 14, "arrive_early_minutes": 20}
    dates = {"active_from": date(2026, 1, 1), "active_to": date(2027, 12, 31), "turnaround_minutes": 15}
    assert {name: getattr(site, name) for name in told} == told | numbers | dates


def test_whom_letters_go_to_is_shown_with_its_source_and_kept_out_of_the_journal(as_officer, topis):
    contact = {"contact_name": "Kim Minsu", "contact_email": "desk@topis.example"}
    as_officer.get("/sites/TOPIS/edit")
    as_officer.submit("/sites/TOPIS/edit", HOW | contact)
    page = as_officer.follow()
    [row] = page.all("tr", id="fact-contact")
    assert row.text.startswith("Whom letters go to Kim Minsudesk@topis.example Call with the site")
    told = str([(line.before, line.after) for line in db.session.scalars(select(Journal))])
    assert "change_site" in [line.act for line in db.session.scalars(select(Journal))]
    assert "desk@topis.example" not in told
    assert "Kim Minsu" not in told
    make.account("topis@city.example", Role.MANAGER, site_ids=(topis.id,))
    assert "The site managers, who have accounts" in as_officer.get("/sites/TOPIS")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "Name in English: This field is required."),
        ({"name": "a\nb"}, "Write this on one line"),
        ({"name": "x" * 10_000}, "Too long: 10000 characters, 200 at most."),
        ({"contact_name": "a\nBcc: b@c.example"}, "Write this on one line"),
        ({"contact_email": "desk"}, "Give one e-mail address, such as name@city.example."),
        ({"contact_email": "담당@topis.example"}, "Give an address of plain Latin letters, without accents"),
        ({"notice_days": "366"}, "Must be between 0 and 365."),
        ({"notice_days": "soon"}, "Give a whole number between 0 and 365."),
        ({"turnaround_minutes": "721"}, "Must be between 0 and 720."),
        ({"latitude": "91", "longitude": "0"}, "Give degrees between -90 and 90"),
        ({"latitude": "nan", "longitude": "0"}, "Give degrees between -90 and 90"),
        ({"latitude": "37.5"}, "Give both latitude and longitude, or neither."),
        ({"languages": ["tlh"]}, "tlh"),
        ({"active_from": "2027-01-01", "active_to": "2026-01-01"}, "Must not be before the first day."),
        ({"source": ""}, "Where does this come from?: This field is required."),
        ({"checked_on": "2026-11-23"}, "This lies in the future."),
        ({"version": "none"}, "Version you read"),
    ],
)
def test_a_fault_is_named_all_that_was_typed_is_kept_and_nothing_written(as_officer, topis, told, words):
    as_officer.get("/sites/TOPIS/edit")
    sent = HOW | {"meeting_point": "At the gate"} | told
    page = as_officer.submit("/sites/TOPIS/edit", sent, status=422)
    assert words in page
    assert page.values_of("/sites/TOPIS/edit")["meeting_point"] == "At the gate"
    assert as_it_is(topis).meeting_point == ""


def test_who_read_an_older_version_is_told_and_keeps_what_they_typed(as_officer, topis):
    as_officer.get("/sites/TOPIS/edit")
    first = as_officer.page
    as_officer.submit("/sites/TOPIS/edit", HOW | {"meeting_point": "Gate 1"})
    as_officer.page = first
    page = as_officer.submit("/sites/TOPIS/edit", HOW | {"meeting_point": "Gate 2"}, status=409)
    assert "Somebody changed this while you had it open" in page
    assert page.values_of("/sites/TOPIS/edit")["meeting_point"] == "Gate 2"
    assert as_it_is(topis).meeting_point == "Gate 1"


def shorter_day(client):
    """All hours as they are, Tuesday from noon."""
    client.get("/sites/TOPIS/hours")
    rows = client.page.values_of("/sites/TOPIS/hours")
    tuesday = next(name for name, value in rows.items() if name.endswith("weekday") and value == "1")
    return {tuesday.replace("weekday", "opens"): "12:00"} | HOW


def test_shorter_hours_show_whom_they_would_break_before_anything_is_saved(as_manager, topis, visit):
    client = as_manager(topis)
    page = client.submit("/sites/TOPIS/hours", shorter_day(client), status=409)
    assert "Nothing is saved yet: this would break 1 visit" in page
    row = next(e.text for e in page.all("tr") if "Hanoi planning office" in e.text)
    assert "Dec 2026 10:00" in row
    assert "Outside the opening hours" in row
    assert [hours.opens for hours in as_it_is(topis).hours] == [time(10)] * 5
    assert not soon.as_it_is(visit).is_clashing


def test_saved_anyway_the_visit_stays_and_is_marked(as_manager, topis, visit):
    client = as_manager(topis)
    page = client.submit("/sites/TOPIS/hours", shorter_day(client), status=409)
    anyway = page.all("button", name="break_visits")[0].get("value")
    client.submit("/sites/TOPIS/hours", {"break_visits": anyway})
    assert "1 visit now clashes." in client.follow()
    assert soon.as_it_is(visit).is_clashing
    assert soon.as_it_is(visit).state == VisitState.CONFIRMED
    assert sorted(hours.opens for hours in as_it_is(topis).hours) == [time(10)] * 4 + [time(12)]


def test_what_was_agreed_to_for_one_visit_is_not_agreed_to_for_another(as_manager, topis, visit):
    client = as_manager(topis)
    client.submit("/sites/TOPIS/hours", shorter_day(client), status=409)
    client.submit("/sites/TOPIS/hours", {"break_visits": "999"}, status=409)
    assert not soon.as_it_is(visit).is_clashing


def test_rows_are_added_and_removed_without_a_script(as_officer, topis):
    as_officer.get("/sites/TOPIS/hours")
    rows = as_officer.page.values_of("/sites/TOPIS/hours")
    friday = next(name for name, value in rows.items() if name.endswith("weekday") and value == "4")
    empty = next(name for name, value in rows.items() if name.endswith("weekday") and value == "")
    prefix, new = friday.removesuffix("weekday"), empty.removesuffix("weekday")
    told = {f"{prefix}{part}": "" for part in ("weekday", "opens", "closes")}
    told |= {f"{new}weekday": "5", f"{new}opens": "09:00", f"{new}closes": "12:30"}
    told |= {f"{new}valid_from": "2027-03-01", f"{new}valid_to": "2027-10-31"}
    as_officer.submit("/sites/TOPIS/hours", HOW | told)
    saturday = as_it_is(topis).hours[-1]
    assert [hours.weekday for hours in as_it_is(topis).hours] == [0, 1, 2, 3, 5]
    assert (saturday.opens, saturday.closes) == (time(9), time(12, 30))
    assert (saturday.valid_from, saturday.valid_to) == (date(2027, 3, 1), date(2027, 10, 31))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"hours-5-weekday": "5"}, "Needed in this row."),
        ({"hours-0-closes": "09:00"}, "Must be after the opening."),
        ({"hours-0-opens": "25:00"}, "Give a time of day, such as 14:30."),
        ({"hours-0-valid_from": "2027-02-01", "hours-0-valid_to": "2027-01-01"}, "Must not be before"),
        ({"hours-0-weekday": "8"}, "Not a valid choice."),
        ({"hours-²-weekday": "1", "hours-0-opens": "noon"}, "Give a time of day, such as 14:30."),
    ],
)
def test_a_wrong_row_is_marked_and_nothing_written(as_officer, topis, told, words):
    as_officer.get("/sites/TOPIS/hours")
    assert words in as_officer.submit("/sites/TOPIS/hours", HOW | told, status=422)
    assert len(as_it_is(topis).hours) == 5


def test_a_closing_rule_shows_whom_it_would_break(as_officer, topis, visit):
    as_officer.get("/sites/TOPIS/rules")
    page = as_officer.submit("/sites/TOPIS/rules", HOW | {"closed_weekdays": ["1"]}, status=409)
    assert "Closed every Tuesday." in page
    as_officer.submit("/sites/TOPIS/rules", {"break_visits": str(visit.id)})
    assert as_it_is(topis).closed_weekdays == {"1"}
    assert soon.as_it_is(visit).is_clashing


def test_a_rule_that_breaks_nobody_is_saved_at_once(as_officer, topis, visit):
    as_officer.get("/sites/TOPIS/rules")
    switches = {"closed_on_public_holidays": "y", "closure_moves_after_holiday": "y"}
    as_officer.submit("/sites/TOPIS/rules", HOW | {"closed_weekdays": ["0"]} | switches)
    site = as_it_is(topis)
    told = (site.closed_on_public_holidays, site.closed_on_main_holidays, site.closure_moves_after_holiday)
    assert told == (True, False, True)


def test_a_lower_limit_shows_whom_it_would_break_and_a_looser_one_frees_them(as_officer, topis, visit):
    as_officer.get("/sites/TOPIS/limits")
    page = as_officer.submit("/sites/TOPIS/limits", HOW | {"people_at_once": "10"}, status=409)
    assert "Too many people at once" in page
    as_officer.submit("/sites/TOPIS/limits", {"break_visits": str(visit.id)})
    assert soon.as_it_is(visit).is_clashing
    as_officer.get("/sites/TOPIS/limits")
    as_officer.submit("/sites/TOPIS/limits", HOW | {"people_at_once": ""})
    assert "1 visit clashes no longer." in as_officer.follow()
    assert as_it_is(topis).people_at_once is None


def test_the_end_of_operation_shows_whom_it_would_break(as_officer, topis, visit):
    as_officer.get("/sites/TOPIS/edit")
    page = as_officer.submit("/sites/TOPIS/edit", HOW | {"active_to": "2026-11-30"}, status=409)
    assert "The site is not in operation on" in page
    assert as_it_is(topis).active_to is None
    assert db.session.query(SiteFact).count() == 0
