"""Accepting a plan: all of it or nothing, parts and people with it, and at the same moment as another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time
from threading import Barrier

import pytest

from scheduler.actions.batches import BatchRefused
from scheduler.actions.members import add_wish
from scheduler.actions.plan_acceptance import Acceptance, accept_plan
from scheduler.actions.plan_refusals import PlanOvertaken
from scheduler.actions.plans import Terms, ask_plan
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.parts import Part
from scheduler.records.plan_lookup import plan_numbered
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.seen import how_many, journal
from tests.cast import AT, OFFICER, seoul
from tests.planned import think

TICKED = {"acknowledge": ("all",), "acknowledge_reason": "known"}


@pytest.fixture
def rounds(app):
    """A tour of thirty places on two mornings."""
    tour = make.tour(make.site("TOPIS"))
    for day in (14, 15):
        make.tour_session(tour, seoul(day, 10))
    return tour


def party(*tours, **facts):
    """A delegation for three days that wishes for some tours."""
    who = make.delegation(**({"arrives_at": seoul(14), "departs_at": seoul(16, 20)} | facts))
    for tour in tours:
        add_wish(who.id, {"tour_id": tour.id}, by=OFFICER, at=AT)
    return who


def planned(who, **terms):
    """A plan for it that was thought of."""
    ask_plan(who.id, Terms(seconds=5, **terms), by=OFFICER, at=AT)
    return think()


def accept(plan, **told):
    return accept_plan(plan.id, Acceptance(**(TICKED | told)), by=OFFICER, at=AT)


def test_a_party_too_large_is_booked_in_parts_made_in_the_same_act(rounds):
    tour = make.tour(make.site("PLANT"), places=8, largest_group=8)
    for hour in (10, 11):
        make.tour_session(tour, seoul(14, hour))
    plan = planned(party(tour, headcount=12))
    visits = accept(plan)
    assert [(visit.headcount, visit.part.headcount) for visit in visits] == [(6, 6), (6, 6)]
    assert {visit.part.division for visit in visits} == {"PLANT-T"}
    assert [visit.id for visit in accept(plan)] == [visit.id for visit in visits]
    assert how_many(Part) == 2
    line = journal("accept_plan")[-1]
    assert (line.subject, line.after["visits"]) == ("delegation", [visit.id for visit in visits])


def test_a_split_that_fails_leaves_no_parts_behind(rounds):
    tour = make.tour(make.site("PLANT"), places=8, largest_group=8)
    where = [make.tour_session(tour, seoul(14, hour)) for hour in (10, 11)]
    plan = planned(party(tour, headcount=12))
    make.other_booking(where[1], 5)
    with pytest.raises(PlanOvertaken) as overtaken:
        accept(plan)
    assert (overtaken.value.fallen, overtaken.value.kept) == ([0], [])
    assert (how_many(Part), how_many(Visit), plan_numbered(plan.id).booked) == (0, 0, None)
    assert overtaken.value.plan.follows_id == plan.id


def test_who_was_chosen_is_asked_to_come_along(rounds):
    guided = make.tour(make.site("SEOC"), needs_guide=True)
    make.tour_session(guided, seoul(14, 10))
    guide = staff.guide(guided.site)
    accept(planned(party(guided)))
    assert [duty.resource_id for duty in db.session.query(Assignment)] == [guide.id]


def test_some_stops_can_be_accepted_and_the_others_later(rounds):
    park = make.tour(make.site("PARK"))
    make.tour_session(park, seoul(16, 10))
    plan = planned(party(rounds, park))
    first = accept(plan, stops=(1,))
    assert [visit.tour_session.tour.code for visit in first] == ["PARK-T"]
    both = accept(plan)
    assert len(both) == how_many(Visit) == 2


def test_a_caution_without_its_tick_books_nothing_and_plans_nothing_again(rounds):
    who = party(rounds, country="VN", arrives_at=seoul(14), departs_at=seoul(14, 20))
    plan = planned(who)
    make.visit(who, make.tour_session(make.tour(make.site("NEAR", opens=time(8)), minutes=40), seoul(14, 9)))
    with pytest.raises(BatchRefused) as refused:
        accept(plan, acknowledge=())
    assert [c.code for v in refused.value.verdicts for c in v.cautions]
    assert how_many(Visit) == 1


def test_a_session_taken_back_meanwhile_falls_out(rounds):
    plan = planned(party(rounds))
    db.session.query(TourSession).delete()
    db.session.commit()
    with pytest.raises(PlanOvertaken) as overtaken:
        accept(plan)
    assert overtaken.value.fallen == [0]


def test_of_two_that_accept_the_last_places_at_once_one_has_them(app):
    rounds = make.tour(make.site("TOPIS"), places=15)
    make.tour_session(rounds, seoul(14, 10))
    plans = [planned(party(rounds, name=name)) for name in ("One", "Other")]
    ready = Barrier(2)

    def run(plan):
        with app.app_context():
            ready.wait()
            try:
                return len(accept(plan))
            except PlanOvertaken as overtaken:
                return overtaken.fallen
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(run, plans), key=str) == [1, [0]]
    db.session.rollback()
    assert [session.places_taken for session in db.session.query(TourSession)] == [12]


def test_accepted_twice_at_once_it_is_booked_once(app, rounds):
    plan = planned(party(rounds))
    ready = Barrier(4)

    def run(_number):
        with app.app_context():
            ready.wait()
            try:
                return [visit.id for visit in accept(plan)]
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(run, range(4)))
    assert all(ids == made[0] for ids in made)
    db.session.rollback()
    assert how_many(Visit) == 1
