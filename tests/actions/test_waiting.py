"""The waiting list of a session: who joins it, who is first, what frees places, when waiting ends."""

from datetime import timedelta

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.other_bookings import remove_other
from scheduler.actions.tours import change_session_places
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import move_visit, request_visit
from scheduler.actions.waiting import PlacesAreFree, join_waiting, leave_waiting, settle_waiting_lists
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.visits import Visit
from scheduler.records.waiting import Waiting
from scheduler.records.waiting_lookup import waiting_list
from tests import make
from tests.actions.seen import fault_of, how_many, journal, refused
from tests.cast import AT, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")
HOUR = timedelta(hours=1)


@pytest.fixture
def tour():
    return make.tour(make.site(), needs_agreement=True)


@pytest.fixture
def full(tour):
    """A session of thirty places."""
    return make.tour_session(tour, seoul(14, 10))


@pytest.fixture
def guests(full):
    """Thirty people in it, ten a visit."""
    return [make.visit(make.delegation(f"Guests {n}"), full) for n in range(3)]


def asked(who, where, headcount=10, **more):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **more)


def joined(name, where, headcount=10, *, at=AT, hold_hours=48):
    who = make.delegation(name, headcount=max(headcount, 12))
    return join_waiting(asked(who, where, headcount), hold_hours=hold_hours, by=OFFICER, at=at)


def cancelled(visit, at=AT + HOUR):
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=at)


def states():
    """Who waited for how many, and what became of it, in turn."""
    db.session.expire_all()
    rows = db.session.query(Waiting).order_by(Waiting.id)
    return [(row.headcount, row.state.value) for row in rows]


def held():
    rows = db.session.query(Visit).where(Visit.state == VisitState.HELD).order_by(Visit.id)
    return [(visit.delegation.name, visit.headcount, visit.hold_until) for visit in rows]


def test_the_first_gets_a_hold_within_the_act_that_frees_the_places(full, guests):
    joined("First", full)
    joined("Second", full, at=AT + timedelta(minutes=1))
    cancelled(guests[0])
    assert states() == [(10, "promoted"), (10, "waiting")]
    assert held() == [("First", 10, AT + 49 * HOUR)]


def test_a_promotion_is_journalled_and_tells_its_visit(full, guests):
    waiting = joined("First", full)
    cancelled(guests[0])
    (line,) = journal("promoted")
    db.session.refresh(waiting)
    assert (line.actor, line.after["visit_id"]) == (SYSTEM.email, waiting.visit_id)


def test_who_does_not_fit_is_passed_over_and_keeps_the_place_in_the_line(full, guests):
    joined("Large", full, 20)
    joined("Small", full, 10, at=AT + timedelta(minutes=1))
    cancelled(guests[0])
    assert states() == [(20, "waiting"), (10, "promoted")]
    cancelled(guests[1], AT + 2 * HOUR)
    cancelled(guests[2], AT + 3 * HOUR)
    assert states() == [(20, "promoted"), (10, "promoted")]


def test_who_is_elsewhere_by_now_is_passed_over(full, guests):
    busy = joined("Busy", full)
    joined("Second", full, at=AT + timedelta(minutes=1))
    elsewhere = make.tour_session(make.tour(make.site("SEONAM")), seoul(14, 10))
    make.visit(busy.delegation, elsewhere)
    cancelled(guests[0])
    assert states() == [(10, "waiting"), (10, "promoted")]


def test_a_hold_that_runs_out_goes_to_who_waits_and_not_to_a_newcomer(full, guests):
    cancelled(guests[0], AT)
    holder, newcomer = make.delegation("Holder"), make.delegation("Newcomer")
    make.visit(holder, full, hold_until=AT + HOUR)
    joined("First", full)
    assert refused(lambda: request_visit(asked(newcomer, full), by=OFFICER, at=AT + 2 * HOUR)) == {
        "no_places_left"
    }
    settle_waiting_lists(at=AT + 2 * HOUR)
    assert [name for name, *_ in held()] == ["First"]


def test_the_hold_of_who_was_first_runs_out_to_the_next(full, guests):
    joined("First", full, hold_hours=1)
    joined("Second", full, at=AT + timedelta(minutes=1))
    cancelled(guests[0])
    settle_waiting_lists(at=AT + 3 * HOUR)
    assert [name for name, *_ in held()] == ["Second"]
    assert states() == [(10, "promoted"), (10, "promoted")]


def test_a_hold_never_outlasts_the_beginning(full, guests):
    joined("First", full, hold_hours=720)
    cancelled(guests[0])
    assert held() == [("First", 10, seoul(14, 10))]


@pytest.mark.parametrize("freeing", ["decline", "move", "more_places", "other_booking"])
def test_whatever_frees_places_serves_who_waits(tour, full, freeing):
    who = make.delegation("Guests")
    visit = make.visit(who, full, 10)
    other = make.other_booking(full, 15)
    joined("First", full)
    if freeing == "decline":
        act_upon(visit.id, Act.DECLINE, by=manager_of(full.site_id), at=AT)
    elif freeing == "move":
        move_visit(visit.id, asked(who, make.tour_session(tour, seoul(15, 10))), by=OFFICER, at=AT)
    elif freeing == "more_places":
        change_session_places(full.id, 40, by=OFFICER, at=AT)
    else:
        remove_other(other.id, by=OFFICER, at=AT)
    assert states() == [(10, "promoted")]


def test_people_at_once_are_waited_for_too():
    tour = make.tour(make.site(people_at_once=15))
    ten, half_past = make.tour_session(tour, seoul(14, 10)), make.tour_session(tour, seoul(14, 10, 30))
    visit = make.visit(make.delegation(), ten)
    joined("First", half_past)
    cancelled(visit)
    assert states() == [(10, "promoted")]


def test_waiting_lapses_when_the_session_begins(full, guests):
    joined("First", full)
    settle_waiting_lists(at=seoul(14, 10))
    assert states() == [(10, "lapsed")]
    cancelled(guests[0], seoul(14, 10))
    assert states() == [(10, "lapsed")]


def test_nobody_waits_where_there_is_room(full):
    with pytest.raises(PlacesAreFree):
        joined("First", full)
    assert how_many(Waiting) == 0


def test_waiting_cures_no_other_refusal(full, guests):
    departed = make.delegation("Gone", departs_at=seoul(12))
    with pytest.raises(VisitRefused) as caught:
        join_waiting(asked(departed, full), by=OFFICER, at=AT)
    assert {refusal.code for refusal in caught.value.verdict.refusals} == {"outside_stay"}


def test_more_than_the_session_ever_takes_do_not_wait(tour):
    small = make.tour_session(tour, seoul(14, 10), places=20)
    make.visit(make.delegation(), small)
    assert refused(lambda: joined("Large", small, 25)) == {"no_places_left"}


def test_asking_for_another_number_changes_the_entry_and_keeps_its_turn(full, guests):
    first, second = joined("First", full), joined("Second", full)
    again = VisitRequest(delegation_id=first.delegation_id, tour_session_id=full.id, headcount=3)
    changed = join_waiting(again, by=OFFICER, at=AT)
    assert (changed.id, changed.headcount, changed.version) == (first.id, 3, 2)
    assert changed.id < second.id


def test_asking_twice_gives_the_entry_that_is_there(full, guests):
    first = joined("First", full)
    again = join_waiting(asked(first.delegation, full), by=OFFICER, at=AT + HOUR)
    assert (again.id, again.asked_at) == (first.id, AT)


def test_who_leaves_the_list_is_not_served(full, guests):
    left = joined("First", full)
    joined("Second", full, at=AT + timedelta(minutes=1))
    leave_waiting(left.id, seen=1, by=OFFICER, at=AT)
    cancelled(guests[0])
    assert states() == [(10, "withdrawn"), (10, "promoted")]
    assert fault_of(lambda: leave_waiting(left.id, by=OFFICER, at=AT)) == ("waiting", "no_longer_waiting")


def test_leaving_needs_the_version_that_is_there(full, guests):
    waiting = joined("First", full)
    with pytest.raises(StaleVersion):
        leave_waiting(waiting.id, seen=4, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        leave_waiting(77, by=OFFICER, at=AT)


@pytest.mark.parametrize("hold_hours", [0, -1, 721])
def test_holds_of_no_time_or_of_months_are_at_fault(full, guests, hold_hours):
    who = make.delegation()
    told = fault_of(lambda: join_waiting(asked(who, full), hold_hours=hold_hours, by=OFFICER, at=AT))
    assert told == ("hold_hours", "out_of_range")


def test_the_list_is_told_in_turn(full, guests):
    for minute, name in enumerate(["First", "Second", "Third"]):
        joined(name, full, at=AT + timedelta(minutes=minute))
    assert [row.delegation.name for row in waiting_list(tour_session_id=full.id)] == [
        "First",
        "Second",
        "Third",
    ]
    cancelled(guests[0])
    assert [row.delegation.name for row in waiting_list(tour_session_id=full.id)] == ["Second", "Third"]
    assert len(waiting_list(tour_session_id=full.id, since=AT)) == 3
