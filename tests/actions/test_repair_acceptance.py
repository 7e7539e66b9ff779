"""A repair accepted: all of it, some of it or none, and only those concerned hear of it."""

import pytest

from scheduler.actions.assignments import assign
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.repair_acceptance import RepairRefused, repair_again
from scheduler.actions.repair_choices import Edit
from scheduler.actions.resources import add_leave
from scheduler.actions.sites import reopen_site
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.lifecycle import Act
from scheduler.planner.repairs.answers import Fate
from scheduler.records.database import db
from scheduler.records.duty_lookup import resources_of_visit
from scheduler.records.outbox import OutboxNote
from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.repair_days import FLOOD, accepted, answer_of, closure_of, planned, rounds, thought, where
from tests.actions.seen import everything, how_many, journal
from tests.cast import AT, OFFICER, SEOUL, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def site():
    return make.site("TOPIS")


@pytest.fixture
def tour(site):
    return make.tour(site)


@pytest.fixture
def dated(tour):
    return rounds(tour, 14, 15)


@pytest.fixture
def flooded(dated):
    """Three visits of three delegations on the day that floods, and one of another day."""
    guests = [make.delegation(f"Guests {number}") for number in range(4)]
    starts = [seoul(14, 10), seoul(14, 10), seoul(14, 14), seoul(15, 10)]
    return [make.visit(who, dated[start]) for who, start in zip(guests, starts, strict=True)]


def notes():
    """The visits of which the outbox has news."""
    return {note.visit_id for note in db.session.scalars(db.select(OutboxNote))} - {None}


def told_already():
    """As if the worker had told everybody everything until now."""
    db.session.execute(db.delete(OutboxNote))
    db.session.commit()


def test_all_is_accepted_in_one_act_and_only_those_concerned_hear_of_it(site, flooded):
    plan = planned(closure_of(site))
    told_already()
    visits = accepted(plan)
    assert {visit.id for visit in visits} == {visit.id for visit in flooded[:3]}
    assert {where(visit)[0].day for visit in flooded[:3]} == {15}
    assert where(flooded[3]) == (seoul(15, 10), "confirmed")
    assert notes() == {visit.id for visit in flooded[:3]}
    assert not any(db.session.get_one(Visit, visit.id).is_clashing for visit in flooded)
    assert len(journal("accept_repair")) == 1


def test_twice_is_harmless(site, flooded):
    plan = planned(closure_of(site))
    first = accepted(plan)
    before = everything()
    assert [visit.id for visit in accepted(plan)] == [visit.id for visit in first]
    assert everything() == before


def test_accepting_some_leaves_the_others_flagged_as_they_are(site, flooded):
    plan = planned(closure_of(site))
    told_already()
    accepted(plan, only=(flooded[0].id,))
    assert where(flooded[0])[0].day == 15
    for visit in flooded[1:3]:
        row = db.session.get_one(Visit, visit.id, populate_existing=True)
        assert (row.is_clashing, row.version) == (True, answer_of(plan).visits[1].version)
    assert notes() == {flooded[0].id}
    accepted(plan)
    assert {where(visit)[0].day for visit in flooded[:3]} == {15}


def test_an_officer_edits_and_puts_off(site, flooded, dated):
    plan = planned(closure_of(site))
    edited = {flooded[0].id: Edit(tour_session_id=dated[seoul(15, 14)].id)}
    accepted(plan, only=(), edited=edited, postpone=(flooded[1].id,))
    assert where(flooded[0]) == (seoul(15, 14), "confirmed")
    assert where(flooded[1])[1] == "postponed"
    assert where(flooded[2])[0].day == 14


def test_places_taken_meanwhile_undo_all_of_it_and_the_rest_is_planned_again(site, flooded, dated):
    plan = planned(closure_of(site))
    target = {each.visit_id: each.after for each in answer_of(plan).visits}[flooded[0].id]
    left = 30 if target.starts_at != seoul(15, 10) else 20
    make.other_booking(dated[target.starts_at.astimezone(SEOUL)], left)
    before = everything()
    with pytest.raises(RepairRefused) as caught:
        accepted(plan)
    assert everything() == before
    assert caught.value.is_overtaken
    assert flooded[0].id in caught.value.fallen
    again = repair_again(plan.id, caught.value, by=OFFICER, at=AT)
    assert again.follows_id == plan.id
    found = thought(again.id)
    accepted(found)
    kept = sum(where(visit)[0].day == 15 for visit in flooded[:3])
    assert kept == answer_of(found).kept >= 2


def test_a_visit_changed_meanwhile_undoes_all_of_it(site, flooded):
    plan = planned(closure_of(site))
    act_upon(flooded[1].id, Act.CANCEL, by=OFFICER, at=AT)
    with pytest.raises(RepairRefused) as caught:
        accepted(plan)
    assert (caught.value.changed, caught.value.is_overtaken) == ([flooded[1].id], True)
    assert where(flooded[0])[0].day == 14


def test_a_closure_taken_back_moves_nobody(site, flooded):
    told = closure_of(site)
    plan = planned(told)
    reopen_site(site.id, told.closure_id, by=OFFICER, at=AT)
    with pytest.raises(RepairRefused) as caught:
        accepted(plan)
    assert caught.value.is_undone
    assert repair_again(plan.id, caught.value, by=OFFICER, at=AT) is None
    assert where(flooded[0])[0].day == 14


def test_an_edit_that_cannot_be_is_the_officers_own(site, flooded, dated):
    plan = planned(closure_of(site))
    edited = {flooded[0].id: Edit(tour_session_id=dated[seoul(14, 14)].id)}
    with pytest.raises(RepairRefused) as caught:
        accepted(plan, only=(), edited=edited)
    assert (caught.value.fallen, caught.value.is_overtaken) == ([flooded[0].id], False)


def test_another_guide_comes_and_the_guests_hear_nothing(site):
    tour = make.tour(site, needs_guide=True)
    ill, well = staff.guide(site), staff.guide(site, name="Guide 2")
    visit = make.visit(make.delegation(), rounds(tour, 14)[seoul(14, 10)], assign=(ill.id,))
    add_leave(ill.id, FLOOD, "ill", by=OFFICER, at=AT)
    plan = planned(Disturbance(kind=DisturbanceKind.ABSENCE, span=FLOOD, resource_id=ill.id))
    before = db.session.get_one(Visit, visit.id, populate_existing=True).sequence
    accepted(plan)
    assert resources_of_visit(visit.id) == {well.id}
    row = db.session.get_one(Visit, visit.id, populate_existing=True)
    assert (row.sequence, where(visit)) == (before, (seoul(14, 10), "confirmed"))


def test_a_guide_sent_by_somebody_else_meanwhile_is_not_doubled(site):
    tour = make.tour(site, needs_guide=True)
    ill, well = staff.guide(site), staff.guide(site, name="Guide 2")
    visit = make.visit(make.delegation(), rounds(tour, 14)[seoul(14, 10)], assign=(ill.id,))
    add_leave(ill.id, FLOOD, "ill", by=OFFICER, at=AT)
    plan = planned(Disturbance(kind=DisturbanceKind.ABSENCE, span=FLOOD, resource_id=ill.id))
    assign(visit.id, well.id, by=OFFICER, at=AT)
    with pytest.raises(RepairRefused) as caught:
        accepted(plan)
    assert caught.value.changed == [visit.id]


def test_two_stops_of_a_delegation_change_places_to_save_one(site, tour):
    """The flooded site's day goes to the next, and what stood there comes to the flooded day."""
    other = make.tour(make.site("SEONAM"))
    here, there = rounds(tour, 14, 15, hours=(10,)), rounds(other, 14, 15, hours=(10,))
    who = make.delegation()
    flooded, fine = make.visit(who, here[seoul(14, 10)]), make.visit(who, there[seoul(15, 10)])
    plan = planned(closure_of(site))
    assert (answer_of(plan).kept, answer_of(plan).moved) == (1, 2)
    accepted(plan)
    assert (where(flooded)[0], where(fine)[0]) == (seoul(15, 10), seoul(14, 10))


def test_a_stand_in_is_booked_only_where_it_is_named(site, tour):
    visit = make.visit(make.delegation(), rounds(tour, 14)[seoul(14, 10)])
    rounds(make.tour(make.site("SEONAM")), 15)
    plan = planned(closure_of(site))
    [told] = answer_of(plan).visits
    assert told.fate is Fate.STANDS_IN
    with pytest.raises(Invalid):
        accepted(plan)
    accepted(plan, only=(visit.id,))
    assert where(visit)[0].day == 15


def test_a_rehearsal_is_not_accepted(site, flooded):
    told = Disturbance(kind=DisturbanceKind.CLOSURE, is_rehearsed=True, span=FLOOD, site_code="TOPIS")
    with pytest.raises(Invalid) as caught:
        accepted(planned(told))
    assert caught.value.code == "only_rehearsed"


def test_what_is_not_of_the_repair_is_told_by_its_place(site, flooded):
    plan = planned(closure_of(site))
    lines = how_many(OutboxNote)
    for told, field in (
        ({"only": (flooded[0].id, flooded[3].id)}, "only.1"),
        ({"postpone": (flooded[3].id,)}, "postpone.0"),
        ({"only": (), "edited": {}}, "only"),
        ({"only": (flooded[0].id,), "postpone": (flooded[0].id,)}, "postpone.0"),
    ):
        with pytest.raises(Invalid) as caught:
            accepted(plan, **told)
        assert caught.value.field == field
    assert how_many(OutboxNote) == lines
