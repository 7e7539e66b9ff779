"""Guides, interpreters and vehicles as rows; engagements and parts on the rows of delegations."""

from datetime import time

import pytest

from scheduler.core.duties import DutyState, ResourceKind
from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave
from tests import make
from tests.blueprints.board.script import Script, named
from tests.cast import AT, seoul


def kept(row):
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def guide(museum):
    hours = [ResourceHours(weekday=0, starts=time(9), ends=time(18))]
    return kept(
        Resource(kind=ResourceKind.GUIDE, name="Ms Kim", languages={"en", "ja"}, sites=[museum], hours=hours)
    )


@pytest.fixture
def bus(app):
    return kept(Resource(kind=ResourceKind.VEHICLE, name="Bus 1", seats=45))


def duty(of, who, visit=None, **facts):
    given = {"starts_at": seoul(14, 9, 45), "ends_at": seoul(14, 11), "state": DutyState.ASKED}
    return kept(
        Assignment(
            uid=f"duty-{of.id}-{len(facts)}@tests.example",
            resource_id=of.id,
            delegation_id=who.id,
            visit_id=visit.id if visit else None,
            asked_at=AT,
            stamped_at=AT,
            **(given | facts),
        )
    )


def test_a_guide_is_a_row_with_duties_hours_and_leave(officer, who, monday_at_ten, guide):
    visit = make.visit(who, monday_at_ten)
    asked = duty(guide, who, visit)
    kept(ResourceLeave(resource_id=guide.id, starts_at=seoul(16, 12), ends_at=seoul(17, 12)))
    told = officer.get("data", rows="guides")
    row = f"guide:{guide.id}"
    assert [(each["id"], each["name"], each["detail"]) for each in told["rows"]] == [
        (row, "Ms Kim", "English, Japanese")
    ]
    assert named(told["items"], f"duty:{asked.id}") == {
        "id": f"duty:{asked.id}",
        "row": row,
        "start": "2026-12-14T09:45:00+09:00",
        "end": "2026-12-14T11:00:00+09:00",
        "title": "Hanoi planning office",
        "what": "The museum",
        "state": "asked",
        "state_text": "Asked",
        "headcount": None,
        "version": None,
        "movable": False,
        "href": f"/visits/{visit.id}",
        "notes": [],
        "kind": "duty",
        "delegation_id": who.id,
        "clashing": False,
        "session": None,
        "tour_code": None,
    }
    behind = [(b["start"][5:16], b["end"][5:16], b["kind"], b["text"]) for b in told["backgrounds"]]
    assert behind == [
        ("12-14T00:00", "12-14T09:00", "outside_hours", "Off duty"),
        ("12-14T18:00", "12-21T00:00", "outside_hours", "Off duty"),
        ("12-16T12:00", "12-17T12:00", "closed", "Away"),
    ]


def test_a_vehicle_serves_whole_days_and_interpreters_their_pairs(officer, who, bus):
    kept(Resource(kind=ResourceKind.INTERPRETER, name="Mr Lee", languages={"ar-ko"}))
    whole = duty(bus, who, starts_at=seoul(14, 8), ends_at=seoul(14, 20), headcount=12)
    told = officer.get("data", rows="vehicles")
    assert [(each["name"], each["detail"]) for each in told["rows"]] == [("Bus 1", "45 seats")]
    item = named(told["items"], f"duty:{whole.id}")
    assert (item["what"], item["headcount"], item["href"]) == (
        "With the delegation",
        12,
        f"/delegations/{who.id}",
    )
    assert told["backgrounds"] == []
    people = officer.get("data", rows="interpreters")["rows"]
    assert [(each["name"], each["detail"]) for each in people] == [("Mr Lee", "Arabic–Korean")]


def test_refused_duties_occupy_nobody_and_who_left_is_no_row(officer, who, guide, bus):
    duty(guide, who, state=DutyState.REFUSED)
    kept(Resource(kind=ResourceKind.GUIDE, name="Retired", active_to=seoul(1).date()))
    told = officer.get("data", rows="guides")
    assert ([each["name"] for each in told["rows"]], told["items"]) == (["Ms Kim"], [])


def test_a_manager_sees_the_guides_and_duties_of_their_own_sites(
    as_manager, who, monday_at_ten, guide, bus, museum, window_tour
):
    elsewhere = make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    mine = duty(guide, who, make.visit(who, monday_at_ten))
    duty(bus, who, elsewhere, starts_at=seoul(15, 10), ends_at=seoul(15, 12), headcount=12)
    kept(Resource(kind=ResourceKind.GUIDE, name="Of another site"))
    manager = Script(as_manager(museum))
    guides, vehicles = manager.get("data", rows="guides"), manager.get("data", rows="vehicles")
    assert [each["name"] for each in guides["rows"]] == ["Ms Kim"]
    assert [each["id"] for each in guides["items"]] == [f"duty:{mine.id}"]
    assert (vehicles["rows"], vehicles["items"]) == ([], [])


def test_engagements_stand_on_the_rows_of_their_delegations(officer, as_manager, who, museum):
    hall = kept(Place(code="HALL", name="City hall"))
    meal = kept(
        Engagement(
            uid="meal@tests.example",
            delegation_id=who.id,
            kind=EngagementKind.MEAL,
            title="Lunch with the mayor",
            place_id=hall.id,
            starts_at=seoul(14, 12),
            ends_at=seoul(14, 13),
            host="The mayor",
            headcount=12,
            state=EngagementState.PLANNED,
            stamped_at=AT,
        )
    )
    item = named(officer.get("data", rows="delegations")["items"], f"engagement:{meal.id}")
    assert (item["row"], item["title"], item["what"], item["kind"], item["state"]) == (
        f"delegation:{who.id}",
        "Lunch with the mayor",
        "City hall",
        "engagement",
        "engagement",
    )
    assert (item["notes"], item["movable"], item["headcount"]) == (["Host: The mayor"], False, 12)
    assert Script(as_manager(museum)).get("data", rows="delegations")["items"] == []


def test_people_can_be_listed(as_officer, who, monday_at_ten, guide):
    duty(guide, who, make.visit(who, monday_at_ten))
    page = as_officer.get("/board/list", on="2026-12-14", rows="guides")
    assert "Mon 14 Dec, 09:45–11:00 Hanoi planning officeThe museum Asked" in page
