"""Repairs on pages: what if, who is touched, before and after, accepting some, putting off, taken back."""

import pytest
from sqlalchemy import select

from scheduler.actions.sites import reopen_site
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.plans import PlanJob, PlanState, PlanTrouble
from scheduler.records.visits import Visit
from tests import make
from tests.actions.repair_days import closure_of, rounds, thought, where
from tests.cast import AT, OFFICER, seoul
from tests.staff import guide


@pytest.fixture
def site():
    return make.site("TOPIS", name="Control room")


@pytest.fixture
def tour(site):
    return make.tour(site, places=12)


@pytest.fixture
def flooded(tour):
    """Two delegations on the Monday; on Tuesday there is room for both, one after the other."""
    sessions = rounds(tour, 14, 15)
    return [
        make.visit(make.delegation(name, head_post="Deputy mayor"), sessions[seoul(14, hour)], 12)
        for name, hour in (("Hanoi", 10), ("Riyadh", 14))
    ]


@pytest.fixture
def closure(site, flooded):
    return closure_of(site)


def latest():
    return db.session.scalars(select(PlanJob).order_by(PlanJob.id.desc())).first()


def repair(client, closure):
    """Ask for the repair of a closure as its button does, and think it through."""
    client.get("/sites/TOPIS/closures")
    client.post(f"/sites/TOPIS/closures/{closure.closure_id}/repair")
    plan = thought(latest().id)
    return client.get(f"/repairs/{plan.id}"), plan


def test_the_closure_has_a_button_for_the_visits_it_breaks(as_officer, closure):
    assert "Repair the 2 visits touched" in as_officer.get("/sites/TOPIS/closures")


def test_a_closure_that_breaks_nothing_has_none(as_officer, site):
    closure_of(site)
    assert "Repair the" not in as_officer.get("/sites/TOPIS/closures")


def test_a_manager_sees_no_button_and_no_page(as_manager, as_officer, site, closure):
    manager = as_manager(site)
    assert "Repair the" not in manager.get("/sites/TOPIS/closures")
    manager.post(f"/sites/TOPIS/closures/{closure.closure_id}/repair", status=403)
    _page, plan = repair(as_officer, closure)
    for path in ("/repairs/new", f"/repairs/{plan.id}"):
        manager.get(path, status=403)
    manager.post(f"/repairs/{plan.id}/enter", status=403)
    manager.post(f"/repairs/{plan.id}/accept", {"take": "1"}, status=403)


def test_who_is_touched_and_each_visit_before_and_after(as_officer, closure):
    page, _plan = repair(as_officer, closure)
    assert "2 visits are touched." in page
    assert "2 visits move to other hours." in page
    assert "It is proven that no fewer can move." in page
    assert "Deputy mayor" in page
    assert "Closed from Mon 14 Dec 2026" in page
    assert "Mon 14 Dec, 10:00–11:00" in page
    assert "Tue 15 Dec" in page
    assert len(page.all("input", name="take", checked="")) == 2


def test_some_are_accepted_then_the_rest(as_officer, flooded, closure):
    first, then = (visit.id for visit in flooded)
    page, plan = repair(as_officer, closure)
    url = f"/repairs/{plan.id}/accept"
    as_officer.post(url, {"take": str(first)})
    page = as_officer.follow()
    assert "1 visit is changed as proposed or chosen." in page
    assert "1 delegation gets a letter about it; nobody else does." in page
    assert where(first)[0].day == 15
    assert where(then)[0].day == 14
    assert [e.get("value") for e in page.all("input", name="take")] == [str(then)]
    as_officer.post(url, {"take": str(then)})
    assert "All of it is settled" in as_officer.follow()
    assert where(then)[0].day == 15


def test_one_goes_to_another_day_as_chosen_and_one_is_put_off(as_officer, flooded, closure):
    first, then = (visit.id for visit in flooded)
    _page, plan = repair(as_officer, closure)
    as_officer.post(
        f"/repairs/{plan.id}/accept",
        {"take": [str(first)], "postpone": [str(then)], "acknowledge_reason": "Flood"},
    )
    assert where(then)[1] == VisitState.POSTPONED.value
    assert "1 visit is put off." in as_officer.follow()


def test_a_visit_without_a_place_has_reasons_and_nothing_to_tick(as_officer, site):
    tour = make.tour(site, places=12)
    sessions = rounds(tour, 14, hours=(10,))
    visit = make.visit(make.delegation(), sessions[seoul(14, 10)], 12)
    page, plan = repair(as_officer, closure_of(site))
    assert "Without a place" in page
    assert page.all("input", name="take") == []
    assert page.all("input", name="postpone", value=str(visit.id))
    url = f"/repairs/{plan.id}/accept"
    page = as_officer.post(url, {"take": str(visit.id)}, status=422)
    assert "choose another session for it, or put it off" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "Choose at least one"),
        ({"take": "999999"}, "999999 is not part of this repair"),
        ({"take": "x"}, "Choose at least one"),
        ({"take": "1", "acknowledge": "thin_slack"}, "Give a reason"),
    ],
    ids=["nothing", "another visit", "no number", "no reason"],
)
def test_a_choice_at_fault_says_so_and_changes_nothing(as_officer, flooded, closure, told, says):
    _page, plan = repair(as_officer, closure)
    assert says in as_officer.post(f"/repairs/{plan.id}/accept", told, status=422)
    assert [where(visit)[0].day for visit in flooded] == [14, 14]


def test_another_session_that_is_none_books_nothing_in_its_place(as_officer, flooded, closure):
    _page, plan = repair(as_officer, closure)
    told = {"take": str(flooded[0].id), f"elsewhere-{flooded[0].id}": "zzz"}
    assert "from the list" in as_officer.post(f"/repairs/{plan.id}/accept", told, status=422)
    assert [where(visit)[0].day for visit in flooded] == [14, 14]


def test_what_was_done_already_is_not_told_as_done_again(as_officer, flooded, closure):
    _page, plan = repair(as_officer, closure)
    url = f"/repairs/{plan.id}/accept"
    as_officer.post(url, {"take": str(flooded[0].id)})
    as_officer.follow()
    as_officer.post(url, {"take": [str(visit.id) for visit in flooded]})
    page = as_officer.follow()
    assert "1 visit is changed as proposed or chosen." in page
    assert "1 delegation gets a letter about it" in page
    as_officer.post(url, {"take": [str(visit.id) for visit in flooded]})
    assert "This was done already; nothing was changed." in as_officer.follow()


def test_where_there_is_no_answer_one_button_asks_again(as_officer, closure):
    _page, plan = repair(as_officer, closure)
    plan.state, plan.trouble, plan.outcome = PlanState.FAILED, PlanTrouble.LOST, None
    db.session.commit()
    assert "Ask again" in as_officer.get(f"/repairs/{plan.id}")
    as_officer.submit(f"/repairs/{plan.id}/again")
    assert latest().id != plan.id
    assert as_officer.answer.headers["Location"] == f"/repairs/{latest().id}"


def test_a_closure_taken_back_meanwhile_leaves_nothing_to_mend(as_officer, site, flooded, closure):
    _page, plan = repair(as_officer, closure)
    reopen_site(site.id, closure.closure_id, by=OFFICER, at=AT)
    page = as_officer.post(f"/repairs/{plan.id}/accept", {"take": str(flooded[0].id)}, status=409)
    assert "the closure was taken back" in page


def test_a_place_taken_meanwhile_is_planned_again(as_officer, tour, flooded, closure):
    _page, plan = repair(as_officer, closure)
    for session in rounds(tour, 16).values():
        assert session
    tuesday = [s for s in db.session.scalars(select(type(session))).all() if s.starts_at >= seoul(15)]
    for each in tuesday[:2]:
        make.other_booking(each, 12)
    as_officer.post(f"/repairs/{plan.id}/accept", {"take": [str(visit.id) for visit in flooded]})
    again = latest()
    assert again.id != plan.id
    assert as_officer.answer.headers["Location"] == f"/repairs/{again.id}"
    assert "It is planned again with what has changed." in as_officer.follow()
    assert [where(visit)[0].day for visit in flooded] == [14, 14]


def test_a_delegation_that_grew_fits_its_visits_with_one_button(as_officer, tour):
    who = make.delegation(headcount=9)
    visit = make.visit(who, rounds(tour, 14)[seoul(14, 10)], 9)
    who.headcount = 12
    db.session.commit()
    page = as_officer.get(f"/delegations/{who.id}")
    assert "Fit the visits to the headcount" in page
    as_officer.submit(f"/delegations/{who.id}/repair/headcount")
    plan = thought(latest().id)
    as_officer.get(f"/repairs/{plan.id}")
    as_officer.post(f"/repairs/{plan.id}/accept", {"take": str(visit.id)})
    assert db.session.get_one(Visit, visit.id, populate_existing=True).headcount == 12


def test_addresses_that_lead_nowhere(as_officer, site):
    as_officer.get("/repairs/4711", status=404)
    as_officer.get("/repairs/new", delegation="x", resource="y", kind="z", site="<b>")
    as_officer.post("/sites/TOPIS/closures/4711/repair", status=404)
    as_officer.post("/delegations/4711/repair/stay", status=404)
    as_officer.post("/delegations/1/repair/plague", status=404)
    as_officer.post("/resources/4711/leave/1/repair", status=404)


def test_names_that_mean_mischief_are_only_words(as_officer, tour, site):
    who = make.delegation("<script>alert(1)</script>", head_post="<b>x</b>")
    make.visit(who, rounds(tour, 14, 15)[seoul(14, 10)], 12)
    page, _plan = repair(as_officer, closure_of(site))
    assert "<script>alert" not in page.html
    assert "<b>x" not in page.html


def test_a_delegation_that_comes_later_mends_its_visits_with_one_button(as_officer, flooded):
    visit = flooded[0]
    visit.delegation.arrives_at = seoul(14, 12)
    db.session.commit()
    page = as_officer.get(f"/delegations/{visit.delegation_id}")
    assert "1 visit lies outside the stay." in page
    as_officer.submit(f"/delegations/{visit.delegation_id}/repair/stay")
    plan = thought(latest().id)
    assert "1 visit moves to another hour." in as_officer.get(f"/repairs/{plan.id}")
    as_officer.post(f"/repairs/{plan.id}/accept", {"take": str(visit.id)})
    assert where(visit.id)[0] > seoul(14, 12)


def test_leave_of_a_guide_has_a_button_too(as_officer, site, tour, flooded):
    away = guide(site)
    as_officer.get(f"/resources/{away.id}")
    told = {"starts_at": "2026-12-14T00:00", "ends_at": "2026-12-15T00:00", "reason": "Ill"}
    as_officer.post(f"/resources/{away.id}/leave", told)
    page = as_officer.get(f"/resources/{away.id}")
    action = next(e.get("action") for e in page.all("form") if (e.get("action") or "").endswith("/repair"))
    as_officer.submit(action)
    assert "Guide: Guide 1 away" in as_officer.get(f"/repairs/{latest().id}")
