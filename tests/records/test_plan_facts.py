"""What the planner is told of a stay: everything that counts, nothing that does not, in few queries."""

from datetime import time, timedelta

import pytest

from scheduler.actions.members import add_wish
from scheduler.actions.stay_frames import keep_frame
from scheduler.core.facts import Dating
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.records.plan_facts import stay_facts
from tests import make, staff
from tests.cast import AT, OFFICER, seoul
from tests.records.test_queries import queries_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def rounds():
    """A tour with a round on each of three mornings."""
    tour = make.tour(make.site("TOPIS"))
    for day in (14, 15, 16):
        make.tour_session(tour, seoul(day, 10))
    return tour


@pytest.fixture
def who():
    return make.delegation(arrives_at=seoul(14), departs_at=seoul(16, 20))


def wish(who, **told):
    return add_wish(who.id, told, by=OFFICER, at=AT)


def test_a_wish_for_a_topic_may_be_fulfilled_by_every_tour_of_it(rounds, who):
    make.tour(make.site("SEOC"), topics={"transport", "water"}, dating=Dating.WINDOWS)
    make.tour(make.site("PLANT"), "PLANT-T", topics={"waste"})
    other = make.tour(make.site("PARK"), topics={"parks"})
    topic = wish(who, topic="transport", fallback_tour_id=other.id, not_last_day=True)
    facts = stay_facts(who.id, AT)
    assert [(told.id, told.tours, told.fallback) for told in facts.wishes] == [
        (topic.id, ("TOPIS-T", "SEOC-T"), ("PARK-T",))
    ]
    assert [option.tour.code for option in facts.options] == ["TOPIS-T", "SEOC-T", "PARK-T"]
    assert [len(option.runnings) > 0 for option in facts.options] == [True, True, False]
    assert facts.wishes[0].not_last_day


def test_wishes_that_booked_visits_fulfil_are_told_apart(rounds, who):
    first = wish(who, tour_id=rounds.id)
    topic = wish(who, topic="transport", after_wish_id=first.id)
    visit = make.visit(who, make.tour_session(rounds, seoul(14, 14)))
    facts = stay_facts(who.id, AT)
    assert [told.id for told in facts.wishes] == [topic.id]
    assert facts.fulfilled[first.id].visit_ids == (visit.id,)
    assert facts.fulfilled[first.id].span.ends_at == visit.ends_at
    assert [stop.visit_id for stop in facts.delegation.stops] == [visit.id]


def test_one_visit_fulfils_an_either_and_a_hold_that_ran_out_fulfils_nothing(rounds, who):
    park = make.tour(make.site("PARK"), topics={"parks"})
    either = [wish(who, tour_id=tour.id, either="one") for tour in (rounds, park)]
    where = make.tour_session(rounds, seoul(14, 14))
    make.visit(who, where, hold_until=AT + timedelta(hours=1))
    assert stay_facts(who.id, AT).fulfilled.keys() == {told.id for told in either}
    later = stay_facts(who.id, AT + timedelta(hours=2))
    assert (later.fulfilled, later.delegation.stops) == ({}, ())
    runnings = next(option.runnings for option in later.options if option.tour.id == rounds.id)
    assert [r.places_left for r in runnings if r.starts_at == seoul(14, 14)] == [30]


def test_the_base_and_the_ways_among_all_places_are_known(rounds, who):
    seoc = make.tour(make.site("SEOC", latitude=37.5, longitude=127.0))
    staff.place("HOTEL", latitude=37.57, longitude=126.98)
    for tour in (rounds, seoc):
        wish(who, tour_id=tour.id)
    meal = Break(kind=BreakKind.MEAL, earliest=time(12), latest=time(14), minutes=60)
    frame = StayFrame(day_starts=time(8, 30), base="HOTEL", breaks=(meal,), most_a_day=2)
    keep_frame(who.id, frame, by=OFFICER, at=AT)
    facts = stay_facts(who.id, AT)
    assert facts.frame == frame
    travel = facts.delegation.travel
    assert (travel.knows("HOTEL", "SEOC"), travel.knows("SEOC", "TOPIS")) == (True, False)


def test_whom_the_office_could_send_is_told_where_one_is_needed(rounds, who):
    guided = make.tour(make.site("SEOC"), needs_guide=True)
    wish(who, tour_id=rounds.id)
    assert stay_facts(who.id, AT).delegation.staff is None
    guide = staff.guide(guided.site)
    wish(who, tour_id=guided.id)
    assert set(stay_facts(who.id, AT).delegation.staff.resources) == {guide.id}


def test_however_much_there_is_it_takes_as_many_questions(rounds, who):
    make.visit(who, make.tour_session(rounds, seoul(14, 14)))
    wish(who, topic="transport")
    keep_frame(who.id, StayFrame(), by=OFFICER, at=AT)
    few = queries_of(lambda: stay_facts(who.id, AT))
    for number in range(5):
        tour = make.tour(make.site(f"S{number}"), dating=Dating.WINDOWS)
        wish(who, tour_id=tour.id)
        make.visit(who, make.tour_session(rounds, seoul(15, 11 + number)))
    assert queries_of(lambda: stay_facts(who.id, AT)) == few <= 25


def test_of_a_stay_that_is_over_nothing_can_be_booked_but_all_is_told(rounds, who):
    wish(who, tour_id=rounds.id)
    facts = stay_facts(who.id, seoul(31))
    assert [len(option.runnings) for option in facts.options] == [1]
