"""One site and all sites: what is known, how sure, and who may say so."""

from datetime import date

import pytest

from scheduler.records.database import db
from scheduler.records.feeds import FeedLink
from scheduler.records.sites import Site, SiteFact
from tests import make
from tests.blueprints import soon


@pytest.fixture
def topis(app):
    made = make.site(
        "TOPIS", name="Control room", name_native="교통정보센터", notice_days=14, people_at_once=30
    )
    made.facts = [
        SiteFact(name="notice", source="assumption of the office", checked_on=date(2025, 6, 1)),
        SiteFact(
            name="address",
            source="https://city.example/topis",
            checked_on=date(2026, 11, 1),
            is_assumption=False,
        ),
    ]
    db.session.commit()
    make.tour(made, name="Control room and briefing")
    return made


def facts():
    rows = db.session.query(SiteFact).populate_existing().all()
    return {row.name: (row.source, row.checked_on, row.is_assumption) for row in rows}


def test_the_list_says_how_sure_we_are_of_each_site(as_officer, topis):
    soon.site("DMC", name="Media city")
    page = as_officer.get("/sites")
    assert "Control room교통정보센터 TOPIS" in page
    assert "Mon–Fri: 10:00–17:00" in page
    assert "1 assumption" in page
    assert "checked over a year ago" in page
    assert "Media city" in page


def test_a_manager_sees_only_their_own_sites(as_manager, topis):
    soon.site("DMC", name="Media city")
    client = as_manager(topis)
    assert "Media city" not in client.get("/sites")
    for path in (
        "",
        "/edit",
        "/hours",
        "/rules",
        "/limits",
        "/closures",
        "/closures/now",
        "/tours",
        "/tours/new",
    ):
        client.get(f"/sites/DMC{path}", status=404)


def test_each_fact_stands_with_its_source_its_date_and_its_doubt(as_officer, topis):
    page = as_officer.get("/sites/TOPIS")
    notice = page.all("tr", id="fact-notice")[0].text
    address = page.all("tr", id="fact-address")[0].text
    assert notice.startswith("Notice 14 days Assumption assumption of the office 1 Jun 2025 over a year ago")
    assert "https://city.example/topis 1 Nov 2026 I checked this today" in address
    assert page.all("a", href="https://city.example/topis")


def test_i_checked_this_today_takes_the_doubt_away(as_manager, topis):
    client = as_manager(topis)
    client.get("/sites/TOPIS")
    client.submit("/sites/TOPIS/facts/notice/checked")
    assert "“Notice” is marked as checked today." in client.follow()
    assert facts()["notice"] == ("Checked by topis@city.example", soon.today(), False)


def test_a_sourced_fact_keeps_its_source_when_checked(as_officer, topis):
    as_officer.get("/sites/TOPIS")
    as_officer.submit("/sites/TOPIS/facts/address/checked")
    assert facts()["address"] == ("https://city.example/topis", soon.today(), False)


def test_a_check_of_something_that_changed_meanwhile_is_refused(as_officer, topis):
    as_officer.get("/sites/TOPIS")
    as_officer.submit("/sites/TOPIS/facts/address/checked")
    as_officer.post("/sites/TOPIS/facts/notice/checked", {"version": "1"}, status=409)
    assert facts()["notice"][2]


def test_the_source_of_one_fact_is_changed_alone(as_officer, topis):
    as_officer.get("/sites/TOPIS/facts/notice")
    told = {"source": "Letter of 12 November", "checked_on": "2026-11-12"}
    as_officer.submit("/sites/TOPIS/facts/notice", told | {"is_assumption": []})
    assert facts()["notice"] == ("Letter of 12 November", date(2026, 11, 12), False)


def test_a_fact_nobody_knows_is_not_there(as_officer, topis):
    as_officer.get("/sites/TOPIS/facts/colour", status=404)


def test_a_calendar_link_is_shown_once_and_can_be_revoked(as_manager, topis):
    client = as_manager(topis)
    client.get("/sites/TOPIS")
    page = client.post("/sites/TOPIS/feeds", status=201)
    address = page.all("input", id="address")[0].get("value")
    assert address.startswith("http")
    assert address not in client.get("/sites/TOPIS").html
    feed = db.session.query(FeedLink).one()
    client.submit(f"/calendars/{feed.id}/revoke")
    assert "The calendar link is revoked" in client.follow()
    assert db.session.get_one(FeedLink, feed.id, populate_existing=True).revoked_at is not None


def test_the_head_of_division_reads_and_changes_nothing(as_head, topis):
    page = as_head.get("/sites/TOPIS")
    actions = [form.get("action") for form in page.all("form")]
    assert [action for action in actions if "/sites/" in action] == []
    as_head.get("/sites/TOPIS/edit", status=403)
    as_head.post("/sites/TOPIS/limits", {"people_at_once": "1"}, status=403)


def test_without_the_token_of_its_form_nothing_is_written(as_officer, topis):
    as_officer.get("/sites/TOPIS/limits")
    as_officer.post("/sites/TOPIS/limits", {"csrf_token": "stolen", "people_at_once": "1"}, status=400)
    assert db.session.get_one(Site, topis.id, populate_existing=True).people_at_once == 30


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "%0A", "%E2%80%AE", "%FF", "x" * 5000])
def test_a_code_that_is_none_is_not_found(as_officer, code):
    for path in ("/sites/{}", "/sites/{}/closures", "/sites/{}/tours/T", "/sites/T/tours/{}", "/roster/{}"):
        as_officer.get(path.format(code), status=404)
