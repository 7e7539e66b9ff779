"""Moving a visit: the same picker, the same rules."""

import pytest

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.cast import seoul


@pytest.fixture
def visit(who, monday_at_ten):
    return make.visit(who, monday_at_ten, 12)


def test_the_picker_opens_on_the_day_and_site_of_the_visit(as_officer, visit):
    page = as_officer.get(f"/visits/{visit.id}/move")
    assert page.all("h1")[0].text == "Move the visit"
    assert page.all("h2")[0].text.startswith("The museum")


def test_one_click_moves_it_and_the_owner_is_asked_again(as_officer, visit, round_tour):
    make.tour_session(round_tour, seoul(15, 14))
    as_officer.get(f"/visits/{visit.id}/move", on="2026-12-15")
    as_officer.submit(f"/visits/{visit.id}/move")
    assert "The visit is moved." in as_officer.follow()
    moved = db.session.get_one(Visit, visit.id)
    assert (moved.starts_at, moved.state, moved.sequence) == (seoul(15, 14), VisitState.REQUESTED, 1)


def test_every_site_can_be_looked_at(as_officer, visit, window_tour):
    page = as_officer.get(f"/visits/{visit.id}/move", site="", on="2026-12-15")
    assert "25 of 25 sessions" in page
    as_officer.get(f"/visits/{visit.id}/move", site="TOPIS", on="2026-12-15")
    as_officer.submit(f"/visits/{visit.id}/move")
    assert db.session.get_one(Visit, visit.id).starts_at == seoul(15, 10)


def test_a_smaller_headcount_is_a_move_too(as_officer, visit, monday_at_ten):
    as_officer.get(f"/visits/{visit.id}/move", tour_session_id=monday_at_ten.id)
    as_officer.submit(f"/visits/{visit.id}/move", {"headcount": "9"})
    assert db.session.get_one(Visit, visit.id).headcount == 9


def test_a_refused_move_comes_back_with_reasons_and_ways_out(as_officer, visit, round_tour):
    full = make.tour_session(round_tour, seoul(15, 10), places=3)
    free = make.tour_session(round_tour, seoul(15, 14))
    version = visit.version
    as_officer.get("/")
    sent = {"tour_session_id": full.id, "headcount": 12, "version": version}
    page = as_officer.post(f"/visits/{visit.id}/move", sent, status=409)
    assert "The visit cannot be moved there" in page
    as_officer.submit(f"/visits/{visit.id}/move")
    assert db.session.get_one(Visit, visit.id).tour_session_id == free.id


def test_an_old_version_does_not_move_it(as_officer, visit, round_tour):
    other = make.tour_session(round_tour, seoul(15, 14))
    as_officer.get(f"/visits/{visit.id}/move", tour_session_id=other.id)
    db.session.get_one(Visit, visit.id).version += 1
    db.session.commit()
    page = as_officer.submit(f"/visits/{visit.id}/move", {"headcount": "11"}, status=409)
    assert "Somebody changed this while you had it open." in page
    assert page.values_of(f"/visits/{visit.id}/move")["headcount"] == "11"
    as_officer.submit(f"/visits/{visit.id}/move")
    assert db.session.get_one(Visit, visit.id).headcount == 11


def test_without_a_session_nothing_moves(as_officer, visit):
    as_officer.get("/")
    as_officer.post(f"/visits/{visit.id}/move", {"version": 1, "headcount": 12}, status=422)


def test_what_is_over_is_not_moved(as_officer, visit, round_tour):
    other = make.tour_session(round_tour, seoul(15, 14))
    db.session.get_one(Visit, visit.id).state = VisitState.CLOSED
    db.session.commit()
    as_officer.get("/")
    sent = {"tour_session_id": other.id, "headcount": 12, "version": visit.version}
    as_officer.post(f"/visits/{visit.id}/move", sent, status=409)
    assert db.session.get_one(Visit, visit.id).tour_session_id != other.id
