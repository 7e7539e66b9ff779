"""Several stops as one act: all or none, each seeing where the others are, what they take and whom."""

import pytest

from scheduler.actions.batches import BatchRefused, book_together, rehearse_together
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.core.facts import Dating, VisitRequest
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make, staff
from tests.actions.seen import everything, fault_of, how_many, journal
from tests.cast import AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def who():
    return make.delegation()


@pytest.fixture
def sites():
    """Two sites across the river: the table says forty minutes."""
    here, there = make.site("TOPIS"), make.site("SEONAM")
    for origin, destination in (("TOPIS", "SEONAM"), ("SEONAM", "TOPIS")):
        set_travel_time(TravelRow(1, origin, destination, "", "40"), by=OFFICER, at=AT)
    return here, there


@pytest.fixture
def tours(sites):
    return [make.tour(site) for site in sites]


def asked(who, where, headcount=10, **more):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **more)


def booked(*requests, by=OFFICER, at=AT, seen=()):
    return book_together(requests, seen=seen, by=by, at=at)


def refused(*requests):
    """The codes of the refusals for each request, and nothing written."""
    before = everything()
    with pytest.raises(BatchRefused) as caught:
        booked(*requests)
    assert everything() == before
    return [{refusal.code.value for refusal in verdict.refusals} for verdict in caught.value.verdicts]


def test_all_are_booked_in_the_order_they_were_asked_for(who, tours):
    late, early = make.tour_session(tours[0], seoul(14, 15)), make.tour_session(tours[1], seoul(14, 10))
    visits = booked(asked(who, late), asked(who, early))
    assert [visit.tour_session_id for visit in visits] == [late.id, early.id]
    assert len(journal("book")) == 2


@pytest.mark.parametrize("turn", [1, -1])
def test_each_sees_the_way_from_the_others_in_whatever_order(who, tours, turn):
    first = asked(who, make.tour_session(tours[0], seoul(14, 10)))
    second = asked(who, make.tour_session(tours[1], seoul(14, 11, 30)))
    told = refused(*[first, second][::turn])
    assert told[::turn] == [{"cannot_reach_stop_after"}, {"cannot_come_from_stop_before"}]


def test_nobody_is_booked_into_two_places_at_once(who, tours):
    both = [asked(who, make.tour_session(tour, seoul(14, 10))) for tour in tours]
    assert refused(*both) == [{"already_elsewhere"}, {"already_elsewhere"}]


def test_places_go_to_who_comes_first_and_none_is_written(who, tours):
    where = make.tour_session(tours[0], seoul(14, 10), places=15)
    other = make.delegation("Bangkok metropolis")
    assert refused(asked(who, where), asked(other, where)) == [set(), {"no_places_left"}]
    assert how_many(Visit) == 0


def test_people_at_once_are_counted_over_the_batch(who):
    tour = make.tour(make.site(people_at_once=15))
    ten, half_past = make.tour_session(tour, seoul(14, 10)), make.tour_session(tour, seoul(14, 10, 30))
    other = make.delegation("Bangkok metropolis")
    assert refused(asked(who, ten), asked(other, half_past)) == [set(), {"too_many_people_at_once"}]


def test_one_interpreter_is_not_sent_to_two_at_once(sites, tours):
    arab = [make.delegation(name, languages={"ar"}) for name in ("Riyadh", "Jeddah")]
    one = staff.interpreter()
    requests = [
        asked(who, make.tour_session(tour, seoul(14, 10)), assign=(one.id,), acknowledge=("all",))
        for who, tour in zip(arab, tours, strict=True)
    ]
    first, second = refused(*requests)
    assert first == set()
    assert "assignee_taken" in second


def test_whoever_is_named_is_asked_to_come(sites, tours):
    who, one = make.delegation(languages={"ar"}), staff.interpreter()
    where = make.tour_session(tours[0], seoul(14, 10))
    booked(asked(who, where, assign=(one.id,), acknowledge=("all",), acknowledge_reason="known"))
    assert [row.resource_id for row in db.session.query(Assignment)] == [one.id]


def test_two_can_make_the_same_window_a_session(who):
    tour = make.tour(make.site(), dating=Dating.WINDOWS)
    other = make.delegation("Bangkok metropolis")
    requests = [
        VisitRequest(delegation_id=d.id, tour_code=tour.code, starts_at=seoul(14, 10), headcount=10)
        for d in (who, other)
    ]
    visits = booked(*requests)
    assert visits[0].tour_session_id == visits[1].tour_session_id
    assert (how_many(TourSession), visits[0].tour_session.places_taken) == (1, 20)


def test_alternatives_go_with_the_rest_of_the_batch(who, tours):
    full = make.tour_session(tours[0], seoul(14, 10))
    make.other_booking(full, 25)
    make.tour_session(tours[0], seoul(14, 13))
    make.tour_session(tours[0], seoul(14, 16))
    lunch = asked(who, make.tour_session(tours[1], seoul(14, 13)))
    with pytest.raises(BatchRefused) as caught:
        booked(asked(who, full), lunch)
    assert [a.starts_at for a in caught.value.verdicts[0].alternatives] == [seoul(14, 16)]
    assert caught.value.standing == [False, True]


def test_no_alternative_is_a_session_that_another_of_the_batch_fills(who, tours):
    where = make.tour_session(tours[0], seoul(14, 10), places=15)
    later = make.tour_session(tours[0], seoul(14, 14), places=15)
    other = make.delegation("Bangkok metropolis")
    with pytest.raises(BatchRefused) as caught:
        booked(asked(who, where), asked(other, where))
    assert [a.tour_session_id for a in caught.value.verdicts[1].alternatives] == [later.id]


def test_a_caution_without_its_tick_stops_the_whole_batch(who, tours):
    stops = [make.tour_session(tours[0], seoul(14, hour)) for hour in (10, 12, 14, 16)]
    with pytest.raises(BatchRefused) as caught:
        booked(*[asked(who, where) for where in stops])
    assert not any(verdict.is_refused for verdict in caught.value.verdicts)
    assert caught.value.standing == [False] * 4


def test_the_same_batch_again_gives_the_visits_that_are_there(who, tours):
    requests = [asked(who, make.tour_session(tours[0], seoul(14, hour))) for hour in (10, 14)]
    first = [visit.id for visit in booked(*requests)]
    assert [visit.id for visit in booked(*requests)] == first
    assert how_many(Visit) == 2


def test_a_rehearsal_tells_the_same_and_writes_nothing(who, tours):
    both = [asked(who, make.tour_session(tour, seoul(14, 10))) for tour in tours]
    before = everything()
    verdicts = rehearse_together(both, AT)
    assert [[refusal.code for refusal in verdict.refusals] for verdict in verdicts] == [
        ["already_elsewhere"],
        ["already_elsewhere"],
    ]
    assert everything() == before


@pytest.mark.parametrize("number", [0, 51, 500])
def test_none_or_too_many_are_at_fault(who, tours, number):
    where = make.tour_session(tours[0], seoul(14, 10))
    assert fault_of(lambda: booked(*[asked(who, where)] * number)) == ("visits", "out_of_range")


def test_a_fault_names_the_request_it_is_in(who, tours):
    requests = [asked(who, make.tour_session(tours[0], seoul(14, hour))) for hour in (10, 14)]
    late = asked(who, make.tour_session(tours[0], seoul(15, 10)), hold_until=seoul(16))
    assert fault_of(lambda: booked(*requests, late)) == ("visits.2.hold_until", "hold_outside")
    odd = asked(who, make.tour_session(tours[0], seoul(16, 10)), overrides=frozenset({"no_places_left"}))
    told = fault_of(lambda: booked(requests[0], odd, by=HEAD))
    assert told == ("visits.1.override", "cannot_be_overridden")


def test_what_does_not_exist_is_not_found(who, tours):
    where = make.tour_session(tours[0], seoul(14, 10))
    gone = VisitRequest(delegation_id=who.id, tour_code="NOWHERE", starts_at=seoul(14, 14), headcount=10)
    before = everything()
    for wrong in (gone, asked(who, where, part_id=77), asked(who, where, assign=(77,))):
        with pytest.raises(NotFound):
            booked(asked(who, where), wrong)
    assert everything() == before
