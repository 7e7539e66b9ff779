"""A site's week hour by hour: on its own page, on the week's page of one site, drawn and as a table."""

import pytest

from scheduler.records.site_loads import week_load
from tests import make
from tests.blueprints import soon


@pytest.fixture
def museum(app):
    return soon.site("MUSEUM", name="Museum", name_native="박물관")


@pytest.fixture
def visit(museum):
    return soon.visit(make.tour_session(make.tour(museum, places=30), soon.soon(9)), 12)


def monday():
    on = soon.soon(9).date()
    return on.fromordinal(on.toordinal() - on.weekday())


def pictures(page):
    return page.all("svg", role="img")


def test_the_week_of_one_site_shows_its_load_in_figures(as_officer, visit):
    page = as_officer.get("/week", **{"from": monday().isoformat(), "site": "MUSEUM"})
    assert len(pictures(page)) == 1
    assert "12/30" in page
    assert "10:00: 12 of 30 places taken" in page


def test_the_week_of_all_sites_shows_none(as_officer, visit):
    assert pictures(as_officer.get("/week", **{"from": monday().isoformat()})) == []


def test_a_sites_own_page_shows_this_week_and_leads_to_others(as_officer, visit):
    page = as_officer.get("/sites/MUSEUM")
    assert len(pictures(page)) == 1
    assert page.all("a", href="/week?site=MUSEUM")


def test_a_manager_sees_it_too(as_manager, museum, visit):
    assert len(pictures(as_manager(museum).get("/sites/MUSEUM"))) == 1


def test_it_costs_the_same_number_of_queries_whatever_is_on(museum, visit, counted):
    with counted() as few:
        week_load(museum.id, monday(), at=soon.soon(0))
    tour = make.tour(museum, "OTHER")
    for hour in (11, 13, 14):
        make.tour_session(tour, soon.soon(9, hour))
    with counted() as many:
        week_load(museum.id, monday(), at=soon.soon(0))
    assert len(few) == len(many)
