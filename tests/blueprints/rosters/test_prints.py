"""Since the last print: the roster marks what has changed, in words."""

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from tests import make
from tests.blueprints import soon
from tests.cast import AT, OFFICER

DAY = soon.soon(7).date()


@pytest.fixture
def topis(app):
    return soon.site("TOPIS")


@pytest.fixture
def tour(topis):
    return make.tour(topis)


@pytest.fixture
def coming(tour):
    return soon.visit(make.tour_session(tour, soon.soon(7)), 12)


@pytest.fixture
def manager(as_manager, topis, coming):
    client = as_manager(topis)
    client.get(f"/roster/TOPIS/{DAY}")
    return client


def print_now(client):
    client.submit(f"/roster/TOPIS/{DAY}/print")
    return client.answer.headers["Location"]


def row_of(client, visit):
    return client.get(f"/roster/TOPIS/{DAY}").all("tr", id=f"visit-{visit.id}")[0].text


def test_printing_keeps_the_day_and_leads_to_the_paper(manager, coming):
    assert f"/roster/TOPIS/{DAY}" in print_now(manager)
    assert "print=1" in manager.answer.headers["Location"]
    page = manager.get(f"/roster/TOPIS/{DAY}")
    assert "Last print: " in page
    assert "Changed since the last print" not in page


def test_changed_new_and_called_off_lines_are_marked_in_words(manager, tour, coming):
    off = soon.visit(make.tour_session(tour, soon.soon(7, 13)), 5, who=soon.delegation("Riyadh"))
    print_now(manager)
    coming.headcount = 9
    coming.delegation.needs = {"halal"}
    db.session.commit()
    new = soon.visit(make.tour_session(tour, soon.soon(7, 15)), 3, who=soon.delegation("São Paulo"))
    act_upon(off.id, Act.CANCEL, Told(), by=OFFICER, at=AT)
    row = row_of(manager, coming)
    assert "Changed since the last print" in row
    assert "Headcount: 12 → 9" in row
    assert "Needs: – → Halal food" in row
    assert "New since the last print" in row_of(manager, new)
    gone = [row.text for row in manager.page.all("tr") if "is-gone" in (row.get("class") or "")]
    assert len(gone) == 1
    assert "Riyadh" in gone[0]
    assert "Since the last print: Cancelled" in gone[0]


def test_the_paper_of_a_print_is_marked_against_the_print_before(manager, coming):
    print_now(manager)
    coming.headcount = 9
    db.session.commit()
    print_now(manager)
    assert "Changed since the last print" not in row_of(manager, coming)
    marked = manager.get(f"/roster/TOPIS/{DAY}", print="2")
    assert "Headcount: 12 → 9" in marked


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "-1", "٣"])
def test_a_print_that_is_none_does_no_harm(manager, coming, number):
    assert "Hanoi planning office" in manager.get(f"/roster/TOPIS/{DAY}", print=number)


def test_nobody_prints_what_they_may_not_see(as_manager, manager):
    client = as_manager(soon.site("DMC"))
    client.get("/me")
    client.post(f"/roster/TOPIS/{DAY}/print", status=404)
    manager.post("/roster/TOPIS/nonsense/print", status=404)
