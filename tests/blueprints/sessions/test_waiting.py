"""The waiting list on the pages: joined where there is no room, left, served, shown on Today."""

import pytest

from scheduler.actions.lifecycle import act_upon
from scheduler.actions.waiting import join_waiting
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.waiting import Waiting
from tests import make
from tests.blueprints import soon
from tests.cast import AT, OFFICER


@pytest.fixture
def running(app):
    """A round of thirty places, next week."""
    return make.tour_session(make.tour(soon.site("TOPIS", name="Control room")), soon.soon(7))


@pytest.fixture
def full(running):
    """Twelve guests and a school class in it: two places are left."""
    make.other_booking(running, 16)
    return soon.visit(running, 12, who=soon.delegation("Guests"))


@pytest.fixture
def hanoi(app):
    return soon.delegation(headcount=12)


@pytest.fixture
def path(running):
    return f"/sessions/{running.id}/waiting"


def waits(who, where):
    request = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=10)
    return join_waiting(request, by=OFFICER, at=AT)


def states():
    return [row.state.value for row in db.session.query(Waiting).order_by(Waiting.id)]


def test_a_delegation_is_put_on_the_list_and_taken_off(as_officer, running, full, hanoi, path):
    assert "Nobody waits." in as_officer.get(f"/sessions/{running.id}")
    as_officer.submit(path, {"delegation_id": str(hanoi.id), "hold_hours": "24"})
    page = as_officer.follow()
    assert "It is on the waiting list." in page
    assert "Hanoi planning office 12 Sun 22 Nov 2026 12:00 24 hours" in page
    waiting = db.session.query(Waiting).one()
    as_officer.submit(f"/waiting/{waiting.id}/leave")
    assert "It is off the waiting list." in as_officer.follow()
    assert states() == ["withdrawn"]


def test_where_there_is_room_the_form_says_so(as_officer, running, hanoi, path):
    as_officer.get(f"/sessions/{running.id}")
    page = as_officer.submit(path, {"delegation_id": str(hanoi.id), "headcount": "7"}, status=409)
    assert "Nobody needs to wait: there is room. Book it." in page
    assert page.values_of(path)["headcount"] == "7"


def test_what_no_waiting_cures_is_told(as_officer, running, full, path):
    large = soon.delegation("Large", headcount=60)
    as_officer.get(f"/sessions/{running.id}")
    page = as_officer.submit(path, {"delegation_id": str(large.id)}, status=409)
    assert "group_too_large" in [e.get("data-code") for e in page.elements]


@pytest.mark.parametrize(
    "wrong", [{"delegation_id": ""}, {"delegation_id": "77"}, {"headcount": "0"}, {"hold_hours": "721"}]
)
def test_what_cannot_be_meant_comes_back_marked(as_officer, running, full, hanoi, path, wrong):
    as_officer.get(f"/sessions/{running.id}")
    page = as_officer.submit(path, {"delegation_id": str(hanoi.id)} | wrong, status=422)
    assert page.all("ul", class_="field-errors")
    assert states() == []


def test_it_is_offered_where_a_booking_finds_no_places(as_officer, running, full, hanoi, path):
    page = as_officer.get("/book/session", delegation=hanoi.id, tour_session_id=running.id)
    assert "There is no room for all of them" in page
    as_officer.submit(path)
    assert states() == ["waiting"]


def test_it_is_not_offered_where_more_than_places_is_missing(as_officer, running, full, path):
    gone = soon.delegation("Gone", departs_at=soon.soon(3))
    page = as_officer.get("/book/session", delegation=gone.id, tour_session_id=running.id)
    assert not [e for e in page.all("form") if e.get("action") == path]


def test_a_delegations_page_tells_where_it_waits_and_leads_off_the_list(as_officer, running, full, hanoi):
    waiting = waits(hanoi, running)
    page = as_officer.get(f"/delegations/{hanoi.id}")
    assert "On waiting lists" in page
    assert "joined the waiting list" in page
    as_officer.submit(f"/waiting/{waiting.id}/leave")
    assert as_officer.answer.headers["Location"] == f"/delegations/{hanoi.id}"


def test_somebody_quicker_is_told(as_officer, running, full, hanoi):
    waiting = waits(hanoi, running)
    as_officer.get(f"/sessions/{running.id}")
    page = as_officer.submit(f"/waiting/{waiting.id}/leave", {"version": "9"}, status=409)
    assert "Somebody changed this" in page
    as_officer.post("/waiting/77/leave", {"version": "1"}, status=404)


def test_today_tells_the_holds_given_from_the_list(as_officer, running, full, hanoi):
    waits(hanoi, running)
    act_upon(full.id, Act.CANCEL, by=OFFICER, at=AT)
    page = as_officer.get("/")
    assert "Held from the waiting list" in page
    assert "Hanoi planning office Runs out Tue 24 Nov 2026 12:00" in page


def test_managers_see_no_list(as_manager, running, full, hanoi, path):
    waits(hanoi, running)
    client = as_manager(running.tour.site)
    assert "Waiting list" not in client.get(f"/sessions/{running.id}")
    client.post(path, {"delegation_id": str(hanoi.id)}, status=403)
