"""A programme on its page: days with the ways between, publishing, versions, papers."""

from datetime import timedelta

import pytest

from scheduler.actions.delegations import change_delegation
from scheduler.actions.engagements import cancel_engagement, plan_engagement
from scheduler.actions.parts import divide
from scheduler.actions.programmes import publish
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.database import db
from scheduler.records.programmes import Approval, ProgrammeVersion
from tests import make, staff
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office")


@pytest.fixture
def visit(hanoi):
    site = make.site("TOPIS", name="Control room", latitude=37.5665, longitude=126.978)
    return make.visit(hanoi, make.tour_session(make.tour(site), seoul(14, 10)), 12)


def lunch(delegation, starts_at=None, **told):
    starts_at = starts_at or seoul(14, 11, 20)
    given = {"kind": EngagementKind.MEAL, "place": "LUNCH", "host": "Vice mayor", "title": "Lunch"}
    request = EngagementRequest(
        delegation_id=delegation.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=100),
        acknowledge=("all",),
        acknowledge_reason="known",
        **(given | told),
    )
    return plan_engagement(request, by=OFFICER, at=AT)


@pytest.fixture
def meal(hanoi, visit):
    staff.place("LUNCH", name="Restaurant", latitude=37.5741, longitude=126.9854)
    return lunch(hanoi)


def at(delegation, more=""):
    return f"/delegations/{delegation.id}/programme{more}"


def test_the_days_stand_there_with_minutes_and_slack_of_every_leg(as_officer, hanoi, meal):
    page = as_officer.get(at(hanoi))
    for words in (
        "Monday 14 December 2026",
        "10:00–11:00",
        "Control room",
        "11:20–13:00",
        "Lunch",
        "Restaurant",
    ):
        assert words in page
    assert "15 min / 5 min to spare" in page
    assert "Host: Vice mayor" in page


def test_a_way_names_its_origin_where_that_is_not_the_stop_above(as_officer, hanoi, meal):
    one, other = divide(hanoi.id, "Afternoon", [("Ministers", 5), ("Officials", 7)], by=OFFICER, at=AT)
    for part in (one, other):
        lunch(
            hanoi,
            seoul(14, 15),
            part_id=part.id,
            title=f"Meeting of {part.name}",
            kind=EngagementKind.MEETING,
        )
    lines = as_officer.get(at(hanoi)).all("li")
    ways = [line.text for line in lines if (line.get("class") or "").startswith("programme-way")]
    assert ways == [
        "15 min / 5 min to spare",
        "0 min / 120 min to spare",
        "0 min / 120 min to spare from Lunch",
    ]


def test_a_stop_that_a_later_flight_left_outside_the_stay_is_marked(as_officer, hanoi, meal):
    assert "Outside the stay" not in as_officer.get(at(hanoi))
    change_delegation(hanoi.id, {"arrives_at": seoul(14, 11)}, by=OFFICER, at=AT)
    marked = [
        line.get("id") for line in as_officer.get(at(hanoi)).all("li") if "Outside the stay" in line.text
    ]
    assert marked == ["visit-1"]


def test_an_empty_programme_says_what_to_do_and_offers_no_publishing(as_officer, hanoi):
    page = as_officer.get(at(hanoi))
    assert "Nothing is planned yet" in page
    assert "Publish version" not in page
    as_officer.post(at(hanoi), {"reason": ""}, status=409)
    assert "book a visit or plan an engagement first" in as_officer.page


def test_a_programme_is_published_and_then_amended(as_officer, hanoi, meal):
    as_officer.get(at(hanoi))
    as_officer.submit(at(hanoi))
    assert "Version 1 is published." in as_officer.follow()
    assert "nothing has changed since" in as_officer.page
    cancel_engagement(meal.id, "Ill", by=OFFICER, at=AT)
    page = as_officer.get(at(hanoi))
    assert "Taken out Lunch, Restaurant" in page
    as_officer.submit(at(hanoi), {"reason": "The cook is ill"})
    page = as_officer.get(at(hanoi, "/2"))
    assert "Version 2 Amended" in page
    assert "The cook is ill" in page
    assert "Taken out Lunch, Restaurant" in page
    first = as_officer.get(at(hanoi, "/1"))
    assert "Restaurant" in first
    assert "Amended" not in first
    as_officer.get(at(hanoi, "/3"), status=404)


def test_publishing_twice_is_refused_with_words(as_officer, hanoi, visit):
    as_officer.get(at(hanoi))
    form = as_officer.page.values_of(at(hanoi))
    as_officer.post(at(hanoi), form)
    as_officer.post(at(hanoi), form, status=409)
    assert "Nothing has changed since version 1" in as_officer.page
    assert how_many(ProgrammeVersion) == 1


def test_the_head_publishes_and_managers_see_nothing_of_it(as_head, as_manager, hanoi, visit):
    as_head.get(at(hanoi))
    as_head.submit(at(hanoi))
    manager = as_manager(make.site("OTHER"))
    manager.get(at(hanoi), status=403)
    manager.post(at(hanoi), {}, status=403)


PAPER = {
    "document_number": "국제교류과-2188",
    "approved_by": "Head of division",
    "approved_on": "2026-11-20",
    "disclosure": "partial",
    "co_signed": "Budget team\r\n\r\nCity diplomacy team",
}


def test_an_approval_is_entered_corrected_and_published_with(as_officer, hanoi, visit):
    new = f"/delegations/{hanoi.id}/approvals/new"
    as_officer.get(new)
    as_officer.post(new, PAPER)
    page = as_officer.follow()
    assert "국제교류과-2188" in page
    assert "Budget team, City diplomacy team" in page
    (paper,) = db.session.query(Approval).all()
    there = f"/delegations/{hanoi.id}/approvals/{paper.id}"
    as_officer.get(there)
    as_officer.post(there, as_officer.page.values_of("") | {"note": "Seen by the bureau"})
    as_officer.get(at(hanoi))
    as_officer.submit(at(hanoi), {"approval_id": paper.id})
    assert "국제교류과-2188" in as_officer.get(at(hanoi, "/1"))
    as_officer.post(there, PAPER | {"version": 1}, status=409)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"approved_on": "2026-11-23"}, "The approval cannot lie in the future."),
        ({"approved_on": "yesterday"}, "Give a date"),
        ({"disclosure": "secret"}, "Not a valid choice"),
        ({"document_number": ""}, "This field is required."),
    ],
)
def test_a_wrong_paper_keeps_what_was_typed(as_officer, hanoi, told, words):
    new = f"/delegations/{hanoi.id}/approvals/new"
    as_officer.get(new)
    page = as_officer.post(new, PAPER | told, status=422)
    assert words in page
    assert "City diplomacy team" in page.html


def test_a_paper_of_another_delegation_is_not_found_here(as_officer, hanoi):
    other = make.delegation("Other")
    as_officer.get(f"/delegations/{other.id}/approvals/1", status=404)
    as_officer.get("/delegations/999/programme", status=404)


def test_a_programme_costs_the_same_few_queries_however_long(as_officer, hanoi, meal, counted):
    as_officer.get(at(hanoi))
    with counted() as few:
        as_officer.get(at(hanoi))
    for day in (15, 16, 17, 18):
        lunch(hanoi, seoul(day, 12))
    with counted() as many:
        as_officer.get(at(hanoi))
    assert len(few) == len(many)


def test_the_frame_of_a_versions_page_stays_its_own(as_officer, hanoi, visit):
    publish(hanoi.id, by=OFFICER, at=AT)
    assert "ProgrammeVersion" not in as_officer.get(at(hanoi, "/1"))
