"""One's own calendars, and the doors by which every link is made, renewed and ended."""

from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.actions.feeds import make_feed
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feeds import FeedKind, FeedLink
from tests import make, staff
from tests.cast import AT, OFFICER


@pytest.fixture
def topis(app):
    return make.site("TOPIS", name="TOPIS")


@pytest.fixture
def hanoi(app):
    guests = make.delegation("Hanoi")
    db.session.add(Delegate(delegation_id=guests.id, print_as="Ms Hoa"))
    db.session.commit()
    return guests


def forms(page):
    """What each button on a page would send to make a link."""
    found = [form for form in page.all("form") if form.get("action") == "/calendars"]
    fields = [field for field in page.all("input") if field.get("name") != "csrf_token"]
    return [
        {field.get("name"): field.get("value") for field in fields if field.within("form") is form}
        for form in found
    ]


def value(page, name):
    return page.all("input", id=name)[0].get("value")


def test_an_officer_makes_their_own_and_the_divisions(as_officer):
    page = as_officer.get("/calendars")
    account = db.session.query(Account).one()
    own = {"of": "officer", "number": str(account.id)}
    assert forms(page) == [own, own | {"busy": "y"}, {"of": "division"}, {"of": "division", "busy": "y"}]
    for told in forms(page):
        as_officer.get("/calendars")
        made = as_officer.post("/calendars", told, status=201)
        as_officer.get(urlsplit(value(made, "address")).path)
        assert ("VFREEBUSY" in as_officer.answer.text) is ("busy" in told)
    assert len(as_officer.get("/calendars").all("li")) >= 4


def test_the_ways_to_subscribe_carry_the_address_as_each_program_wants_it(as_officer):
    as_officer.get("/calendars")
    page = as_officer.post("/calendars", {"of": "division"}, status=201)
    address = value(page, "address")
    webcal = address.replace("http:", "webcal:")
    hrefs = [link.get("href") for link in page.all("a")]
    google = next(href for href in hrefs if href.startswith("https://calendar.google.com/calendar/r?"))
    outlook = next(
        href for href in hrefs if href.startswith("https://outlook.office.com/calendar/0/addfromweb?")
    )
    assert google.partition("cid=")[2] == webcal.replace(":", "%3A").replace("/", "%2F")
    assert parse_qs(urlsplit(outlook).query) == {"url": [address], "name": ["Delegations in Seoul"]}
    assert {webcal, address} < set(hrefs)


def test_a_manager_makes_links_of_their_sites_and_of_nothing_else(as_manager, topis, hanoi):
    make.site("OTHER", name="Other")
    client = as_manager(topis)
    page = client.get("/calendars")
    site = {"of": "site", "number": str(topis.id)}
    assert forms(page) == [site, site | {"busy": "y"}]
    assert "Other" not in page
    client.post("/calendars", site | {"busy": "y"}, status=201)
    client.post("/calendars", {"of": "division"}, status=403)
    client.post("/calendars", {"of": "delegation", "number": hanoi.id}, status=404)


def test_a_head_makes_those_of_officers(as_head, as_officer):
    officer = db.session.query(Account).filter_by(email="officer@city.example").one()
    page = as_head.get("/calendars")
    assert [option.get("value") for option in page.all("option")] == [str(officer.id)]
    as_head.post("/calendars", {"of": "officer", "number": officer.id}, status=201)
    assert "The delegations of one officer" in as_officer.get("/calendars")


def test_a_link_is_renewed_and_ended_where_it_is_listed(as_officer, hanoi, topis):
    guide = staff.guide(topis)
    member = db.session.query(Delegate).one()
    subjects = [
        (FeedKind.SITE, topis.id, "/sites/TOPIS"),
        (FeedKind.DELEGATION, hanoi.id, f"/delegations/{hanoi.id}"),
        (FeedKind.DELEGATE, member.id, f"/delegations/{hanoi.id}"),
        (FeedKind.RESOURCE, guide.id, f"/resources/{guide.id}"),
        (FeedKind.DIVISION, None, "/calendars"),
    ]
    for kind, number, home in subjects:
        old, secret = make_feed(kind, number, by=OFFICER, at=AT)
        as_officer.get(home)
        page = as_officer.submit(f"/calendars/{old.id}/renew", status=201)
        assert home in [(link.get("href") or "").partition("#")[0] for link in page.all("a")]
        path = urlsplit(value(page, "address")).path
        as_officer.get(f"/calendar/{secret}.ics", status=410)
        as_officer.get(path)
        new = db.session.query(FeedLink).order_by(FeedLink.id.desc()).first()
        as_officer.get(home)
        as_officer.submit(f"/calendars/{new.id}/revoke")
        assert as_officer.answer.headers["Location"].partition("#")[0] == home
        assert "The calendar link is revoked" in as_officer.follow()
        as_officer.get(path, status=410)


def test_the_same_secret_is_shown_with_the_page_it_opens(as_officer, hanoi, topis):
    guide, member = staff.guide(topis), db.session.query(Delegate).one()
    as_officer.get(f"/delegations/{hanoi.id}")
    page = as_officer.submit("/calendars", {"of": "delegate", "number": member.id, "busy": ""}, status=201)
    assert "Ms Hoa in Seoul" in page
    as_officer.get(urlsplit(value(page, "page-address")).path)
    page = as_officer.post("/calendars", {"of": "resource", "number": guide.id, "busy": "y"}, status=201)
    assert page.all("input", id="page-address") == []


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"of": "busy", "number": "1"},
        {"of": "party"},
        {"of": "site"},
        {"of": "site", "number": "x"},
        {"of": "site", "number": "-1"},
        {"of": "site", "number": str(2**40)},
        {"of": "division", "number": "1"},
    ],
)
def test_what_no_button_of_ours_sends_makes_nothing(as_officer, told):
    as_officer.get("/calendars")
    as_officer.post("/calendars", told, status=422)
    assert db.session.query(FeedLink).count() == 0


def test_only_those_who_read_visits_have_calendars(as_stranger, as_administrator, as_head, topis):
    as_stranger.get("/calendars", status=303)
    as_administrator.get("/calendars", status=403)
    feed, _secret = make_feed(FeedKind.SITE, topis.id, by=OFFICER, at=AT)
    as_head.get("/calendars")
    as_head.post(f"/calendars/{feed.id}/renew", status=404)
    as_head.post(f"/calendars/{feed.id}/revoke", status=404)
    assert "/calendars" in [link.get("href") for link in as_head.get("/me").all("a")]
