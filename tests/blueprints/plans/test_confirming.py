"""Points to confirm before a programme is booked: ticked with one reason, or nothing is booked."""

from datetime import date

import pytest
from sqlalchemy import select

from scheduler.actions.plans import Terms, ask_plan
from scheduler.records.database import db
from scheduler.records.sites import SiteFact
from scheduler.records.visits import Visit
from tests.cast import AT, OFFICER


@pytest.fixture
def doubtful(stay, think):
    """A plan with a site whose facts nobody has looked at for years."""
    site = stay.tours["PARK"].site
    db.session.add(SiteFact(site_id=site.id, name="places", source="", checked_on=date(2024, 1, 1)))
    db.session.commit()
    ask_plan(stay.guests.id, Terms(), by=OFFICER, at=AT)
    return think()


def visits():
    return db.session.scalars(select(Visit)).all()


def accept(client, plan, status=303, **told):
    client.get(f"/plans/{plan.id}")
    told = {"proposal": "0", "way": "requested"} | told
    return client.post(f"/plans/{plan.id}/accept", told, status=status)


def test_each_point_is_told_with_its_stop(as_officer, doubtful):
    page = as_officer.get(f"/plans/{doubtful.id}")
    assert "Please confirm one point" in page
    assert "Site PARK, " in page
    assert len(page.all("input", name="acknowledge", value="facts_unverified")) == 3


def test_without_its_tick_nothing_is_booked_and_what_was_typed_stays(as_officer, doubtful):
    page = accept(as_officer, doubtful, status=409, acknowledge_reason="Asked by telephone")
    assert "Nothing was booked" in page
    assert page.all("input", name="acknowledge_reason", value="Asked by telephone")
    assert visits() == []


def test_ticked_with_a_reason_all_of_it_is_booked(as_officer, doubtful):
    accept(as_officer, doubtful, acknowledge="facts_unverified", acknowledge_reason="Asked by telephone")
    assert len(visits()) == 3


def test_a_hold_without_a_tick_keeps_its_hour(as_officer, doubtful):
    told = {"way": "held", "hold_until": "2026-12-01T12:00"}
    page = accept(as_officer, doubtful, status=409, **told)
    assert page.all("input", name="hold_until", value="2026-12-01T12:00")
    assert visits() == []


def test_a_pin_of_a_wish_taken_off_since_is_let_go(as_officer, stay, doubtful, think):
    page = as_officer.get(f"/plans/{doubtful.id}")
    wish = stay.wishes["TOPIS"].id
    pins = [e.get("value") for e in page.all("input", name="pin")]
    as_officer.post(f"/plans/{doubtful.id}/again", {"pin": [p for p in pins if p.startswith(f"{wish}/")][:1]})
    again = think()
    as_officer.get(f"/delegations/{stay.guests.id}")
    as_officer.post(f"/delegations/{stay.guests.id}/wishes/{wish}/remove")
    as_officer.get(f"/plans/{again.id}")
    as_officer.post(f"/plans/{again.id}/again")
    as_officer.get(stay.here, follows=again.id)
    as_officer.submit(stay.here)
