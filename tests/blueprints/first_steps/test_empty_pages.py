"""Pages with nothing on them say what to do, and lead those who may there."""

import pytest

from tests import make


def ways(page):
    """Where the empty places of a page lead."""
    places = [each for each in page.all("div") if each.get("class") == "empty"]
    return [e.get("href") for e in page.all("a") if any(place in e.parents for place in places)]


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/sites", "/delegations"),
        ("/roster", "/delegations"),
        ("/week", "/delegations"),
        ("/board/list", "/delegations"),
        ("/delegations", "/delegations/register"),
        ("/delegations?q=nobody", "/delegations"),
        ("/book", "/delegations/register"),
        ("/letters", "/book"),
        ("/tray", "/"),
        ("/tray/mails", "/tray"),
        ("/places", "/places/new"),
        ("/links", "/roster"),
        ("/", "/week"),
    ],
)
def test_an_officer_in_an_empty_city_is_led_on(as_officer, path, way):
    assert ways(as_officer.get(path)) == [way]


@pytest.mark.parametrize("path", ["/sites", "/roster", "/week"])
def test_an_administrator_enters_the_first_site(as_administrator, path):
    assert ways(as_administrator.get(path)) == ["/sites/new"]


@pytest.mark.parametrize("path", ["/", "/sites", "/roster", "/week", "/board/list", "/calendars"])
def test_a_manager_without_a_site_is_told_whom_to_ask(as_manager, path):
    page = as_manager().get(path)
    assert "You answer for no site yet" in page
    assert ways(page) == []


def test_the_head_of_division_is_not_sent_where_they_may_not_go(as_head):
    assert ways(as_head.get("/delegations")) == []
    assert ways(as_head.get("/book")) == ["/delegations"]


def test_a_site_without_a_tour_and_a_day_without_a_guest_lead_on(as_manager):
    site = make.site("MUSEUM")
    manager = as_manager(site)
    assert ways(manager.get("/sites/MUSEUM")) == ["/sites/MUSEUM/tours/new"]
    assert ways(manager.get("/sites/MUSEUM/tours")) == ["/sites/MUSEUM/tours/new"]
    assert ways(manager.get("/roster/MUSEUM/2026-12-14")) == ["/week?site=MUSEUM"]
    make.tour(site)
    assert ways(manager.get("/sites/MUSEUM/tours/MUSEUM-T")) == ["/sites/MUSEUM/tours/MUSEUM-T/rounds"]
