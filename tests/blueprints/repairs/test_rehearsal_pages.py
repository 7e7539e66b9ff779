"""What if, on pages: four rehearsals that write nothing, and one button when it happens."""

import pytest
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.plans import PlanJob
from scheduler.records.sites import SiteClosure
from scheduler.records.visits import Visit
from tests import make
from tests.actions.repair_days import rounds, thought, where
from tests.cast import seoul
from tests.staff import guide


@pytest.fixture
def site():
    return make.site("TOPIS", name="Control room")


@pytest.fixture
def flooded(site):
    """Two delegations on the Monday; on Tuesday there is room for both, one after the other."""
    sessions = rounds(make.tour(site, places=12), 14, 15)
    return [
        make.visit(make.delegation(name), sessions[seoul(14, hour)], 12)
        for name, hour in (("Hanoi", 10), ("Riyadh", 14))
    ]


def latest():
    return db.session.scalars(select(PlanJob).order_by(PlanJob.id.desc())).first()


def test_what_if_a_site_closes_writes_nothing(as_officer, flooded):
    page = as_officer.get("/repairs/new", kind="closure", site="TOPIS")
    assert "Nothing is written and nobody is told." in page
    told = {"kind": "closure", "site": "TOPIS", "reason": "Flood"}
    span = {"starts_at": "2026-12-14T00:00", "ends_at": "2026-12-15T00:00"}
    as_officer.post("/repairs/new", told | span)
    plan = thought(latest().id)
    page = as_officer.get(f"/repairs/{plan.id}")
    assert "A rehearsal" in page
    assert "Control room closed, Mon 14 Dec 2026" in page
    assert "Accept the ticked" not in page
    assert db.session.scalars(select(SiteClosure)).all() == []
    assert "only rehearsed" in as_officer.post(
        f"/repairs/{plan.id}/accept", {"take": str(flooded[0].id)}, status=422
    )
    assert page.values_of(f"/repairs/{plan.id}/enter")["reason"] == "Flood"
    as_officer.post(f"/repairs/{plan.id}/enter", {"reason": ""})
    [closure] = db.session.scalars(select(SiteClosure)).all()
    assert closure.reason == "Flood"
    again = thought(latest().id)
    assert as_officer.answer.headers["Location"] == f"/repairs/{again.id}"
    assert "It is entered as it was rehearsed; this is its repair." in as_officer.follow()
    as_officer.post(f"/repairs/{again.id}/accept", {"take": [str(visit.id) for visit in flooded]})
    assert [where(visit)[0].day for visit in flooded] == [15, 15]


def test_a_site_closes_for_real_only_with_a_reason(as_officer, flooded):
    told = {"kind": "closure", "site": "TOPIS"}
    as_officer.get("/repairs/new")
    as_officer.post("/repairs/new", told | {"starts_at": "2026-12-14T00:00", "ends_at": "2026-12-15T00:00"})
    plan = thought(latest().id)
    page = as_officer.get(f"/repairs/{plan.id}")
    assert "Closed from Mon 14 Dec 2026" in page
    assert ": ." not in page.html
    page = as_officer.post(f"/repairs/{plan.id}/enter", {"reason": ""}, status=422)
    assert "Say why the site closes" in page
    assert db.session.scalars(select(SiteClosure)).all() == []


def test_fewer_come_and_one_button_lowers_the_headcount_with_the_visits(as_officer, flooded):
    visit = flooded[0]
    as_officer.get("/repairs/new")
    as_officer.post(
        "/repairs/new", {"kind": "headcount", "delegation_id": str(visit.delegation_id), "headcount": "7"}
    )
    rehearsed = thought(latest().id)
    assert "Change the headcount and repair" in as_officer.get(f"/repairs/{rehearsed.id}")
    as_officer.post(f"/repairs/{rehearsed.id}/enter")
    plan = thought(latest().id)
    page = as_officer.get(f"/repairs/{plan.id}")
    assert "With the last of its visits accepted, it is registered with 7 people." in page
    as_officer.post(f"/repairs/{plan.id}/accept", {"take": str(visit.id)})
    assert "The delegation is now registered with 7 people." in as_officer.follow()
    assert db.session.get_one(Visit, visit.id, populate_existing=True).headcount == 7


def test_what_if_a_guide_is_away(as_officer, site, flooded):
    away = guide(site)
    told = {"kind": "absence", "resource_id": str(away.id)}
    as_officer.get("/repairs/new")
    as_officer.post("/repairs/new", told | {"starts_at": "2026-12-14T00:00", "ends_at": "2026-12-15T00:00"})
    page = as_officer.get(f"/repairs/{thought(latest().id).id}")
    assert "Guide: Guide 1 away" in page
    assert "there is nothing to mend" in page


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "stay", "starts_at": "2026-12-14T12:00", "ends_at": "2026-12-20T00:00"},
        {"kind": "headcount", "headcount": "11"},
    ],
    ids=["later", "fewer"],
)
def test_what_if_a_delegation_changes(as_officer, flooded, told):
    who = flooded[0].delegation_id
    as_officer.get("/repairs/new", kind=told["kind"], delegation=who)
    as_officer.post("/repairs/new", told | {"delegation_id": str(who)})
    page = as_officer.get(f"/repairs/{thought(latest().id).id}")
    assert "1 visit is touched" in page
    assert "Hanoi" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "What if"),
        ({"kind": "plague"}, "What if"),
        ({"kind": "closure"}, "This field is required."),
        ({"kind": "closure", "site": "NOWHERE"}, "Not a valid choice."),
        ({"kind": "headcount", "headcount": "0"}, "Must be between 1 and 5000."),
        ({"kind": "headcount", "headcount": "many"}, "Give a whole number"),
        ({"kind": "stay", "starts_at": "soon"}, "Give a date and a time"),
    ],
    ids=["nothing", "unknown", "empty", "no site", "nobody", "no number", "no time"],
)
def test_a_rehearsal_at_fault_says_what_would_be_right(as_officer, flooded, told, says):
    as_officer.get("/repairs/new")
    assert says in as_officer.post("/repairs/new", told, status=422)
    assert latest() is None


def test_a_closure_over_already_is_told_so(as_officer, site):
    as_officer.get("/repairs/new")
    span = {"starts_at": "2020-01-01T00:00", "ends_at": "2020-01-02T00:00"}
    page = as_officer.post("/repairs/new", {"kind": "closure", "site": "TOPIS"} | span, status=422)
    assert "This lies in the past" in page
