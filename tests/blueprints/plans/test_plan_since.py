"""The page of a plan after the world went on: what fell out, was held, called off or booked otherwise."""

import pytest
from sqlalchemy import select

from scheduler.actions.lifecycle import act_upon
from scheduler.actions.plan_acceptance import Acceptance, accept_plan
from scheduler.actions.plans import Terms, ask_plan
from scheduler.actions.stay_frames import keep_frame
from scheduler.core.lifecycle import Act
from scheduler.core.wishes import StayFrame
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from tests import make, staff
from tests.blueprints.plans.kept import keys, latest, url, visits
from tests.cast import AT, OFFICER


@pytest.fixture
def planned(stay, think):
    ask_plan(stay.guests.id, Terms(), by=OFFICER, at=AT)
    return think()


def test_what_fell_out_meanwhile_is_told_and_the_rest_is_planned_again(as_officer, stay, planned, think):
    page = as_officer.get(url(planned))
    pin = next(key for key in keys(page, "pin") if key.startswith(f"{stay.wishes['TOPIS'].id}/"))
    at = pin.partition("@")[2]
    session = next(s for s in make_sessions(stay.tours["TOPIS"]) if s.starts_at.isoformat()[:16] == at[:16])
    make.other_booking(session, 30)
    as_officer.post(url(planned, "/accept"), {"proposal": "0", "way": "requested"})
    assert visits() == []
    again = latest()
    assert as_officer.answer.headers["Location"] == f"/plans/{again.id}?compared=0"
    page = as_officer.follow()
    assert "fits no more: Not enough places: 0 of 30 left, 12 needed." in page
    assert "the rest is planned again" in page
    think()
    page = as_officer.get(f"/plans/{again.id}", compared=0)
    assert "what is new is marked" in page
    assert [e.text for e in page.all("h4")].count("Gone") >= 1
    as_officer.post(url(again, "/accept"), {"proposal": "0", "way": "requested"})
    assert len(visits()) == 3


def test_a_wish_changed_meanwhile_is_told_and_planned_again(as_officer, stay, planned):
    as_officer.get(url(planned))
    as_officer.post(f"/delegations/{stay.guests.id}/wishes/{stay.wishes['PARK'].id}/remove")
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/accept"), {"proposal": "0", "way": "requested"})
    assert visits() == []
    page = as_officer.follow()
    assert "Site PARK: Tour of PARK is wished for no more." in page
    assert "the rest is planned again" in page


def test_booking_what_was_held_before_says_how_it_stands(as_officer, planned):
    as_officer.get(url(planned))
    told = {"proposal": "0", "way": "held", "hold_until": "2026-12-01T12:00"}
    as_officer.post(url(planned, "/accept"), told)
    page = as_officer.post(url(planned, "/accept"), {"proposal": "0", "way": "requested"}, status=409)
    assert "These visits are held already: Site " in page


def test_what_was_called_off_since_can_be_planned_anew(as_officer, planned):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/accept"), {"proposal": "0", "way": "requested"})
    act_upon(visits()[0].id, Act.CANCEL, by=OFFICER, at=AT)
    page = as_officer.get(url(planned))
    assert "stand no more: Site " in page
    assert "(cancelled)" in page
    assert "of this plan is booked" not in page
    assert page.all("form", id="again")
    assert "Book as requested" not in page


def test_a_plan_whose_wishes_were_booked_by_another_says_so(as_officer, stay, planned, think):
    ask_plan(stay.guests.id, Terms(), by=OFFICER, at=AT)
    other = think()
    accept_plan(other.id, Acceptance(), by=OFFICER, at=AT)
    page = as_officer.get(url(planned))
    assert "Booked already: Site " in page
    assert "Book as requested" not in page
    assert not page.all("li", class_="plan-fixed")
    assert page.all("form", id="again")


def test_places_that_are_held_are_not_called_booked(as_officer, planned):
    as_officer.get(url(planned))
    told = {"proposal": "0", "way": "held", "hold_until": "2026-12-01T12:00"}
    as_officer.post(url(planned, "/accept"), told)
    assert "The places of programme 1 are held." in as_officer.get(url(planned))


def test_the_picture_does_not_question_the_way_from_the_base(as_officer, stay, think):
    staff.place("HOTEL", latitude=37.55, longitude=126.98)
    keep_frame(stay.guests.id, StayFrame(base="HOTEL"), by=OFFICER, at=AT)
    ask_plan(stay.guests.id, Terms(), by=OFFICER, at=AT)
    page = as_officer.get(url(think()))
    assert "minutes on the way" in page
    assert not [e for e in page.all("text") if e.text.strip() == "?"]


def make_sessions(tour):
    rows = select(TourSession).where(TourSession.tour_id == tour.id)
    return db.session.scalars(rows.order_by(TourSession.starts_at)).all()
