"""Booking for a part of a delegation, and moving its visit: the part goes on as that part."""

import pytest

from scheduler.actions.parts import divide
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def halves(who):
    return divide(who.id, "Halves", [("Engineers", 7), ("Planners", 5)], by=OFFICER, at=AT)


def booked() -> list[tuple[int | None, int]]:
    db.session.rollback()
    return [(visit.part_id, visit.headcount) for visit in db.session.query(Visit).order_by(Visit.id)]


def test_a_part_is_chosen_and_its_own_headcount_taken(as_officer, who, halves, monday_at_ten):
    page = as_officer.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-14", part=halves[0].id)
    assert "Hanoi planning office · Engineers, 7 people" in page
    page = as_officer.get(
        "/book/session", delegation=who.id, tour_session_id=monday_at_ten.id, part=halves[0].id
    )
    assert "Engineers" in page
    as_officer.submit("/book")
    assert booked() == [(halves[0].id, 7)]


def test_the_other_part_goes_elsewhere_at_the_same_hour(as_officer, who, halves, monday_at_ten):
    make.visit(who, monday_at_ten, 7, part_id=halves[0].id)
    elsewhere = make.tour_session(make.tour(make.site("PLANT")), seoul(14, 10))
    told = {"delegation_id": who.id, "tour_session_id": elsewhere.id, "headcount": 5, "part_id": halves[1].id}
    as_officer.get("/book", delegation=who.id)
    as_officer.post("/book", told)
    assert booked() == [(halves[0].id, 7), (halves[1].id, 5)]


def test_more_than_the_part_has_are_refused_with_what_was_typed(as_officer, who, halves, monday_at_ten):
    as_officer.get("/book", delegation=who.id)
    told = {"delegation_id": who.id, "tour_session_id": monday_at_ten.id, "headcount": 8}
    page = as_officer.post("/book", told | {"part_id": halves[0].id}, status=409)
    assert "More than Engineers has: 8 asked for, it counts 7." in page
    assert booked() == []


def test_a_moved_visit_of_a_part_stays_the_parts(as_officer, who, halves, monday_at_ten, round_tour):
    visit = make.visit(who, monday_at_ten, 7, part_id=halves[0].id)
    later = make.tour_session(round_tour, seoul(14, 14))
    as_officer.get(f"/visits/{visit.id}/move", tour_session_id=later.id)
    as_officer.submit(f"/visits/{visit.id}/move")
    assert booked() == [(halves[0].id, 7)]


def test_a_part_of_somebody_else_is_not_found(as_officer, who, halves, monday_at_ten):
    other = make.delegation("Other")
    as_officer.get(
        "/book/session", delegation=other.id, tour_session_id=monday_at_ten.id, part=halves[0].id, status=404
    )
    as_officer.get("/book", delegation=other.id, part=halves[0].id, status=422)
