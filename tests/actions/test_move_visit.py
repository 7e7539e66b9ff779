"""Moving a visit: the same rules and locks as a booking, and the owner is asked again."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from tests import make
from tests.actions.seen import confirm, everything, journal, news, refused
from tests.cast import AT, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]
SECOND = timedelta(seconds=1)


@pytest.fixture
def tour():
    return make.tour(make.site(), needs_agreement=True)


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))


def moved(visit, where, headcount=10, *, by=OFFICER, at=AT, seen=None):
    request = VisitRequest(tour_session_id=where.id, headcount=headcount, acknowledge=("all",))
    return move_visit(visit.id, request, seen=seen, by=by, at=at)


def taken(where):
    return db.session.get_one(TourSession, where.id, populate_existing=True).places_taken


def test_a_move_takes_the_new_places_and_gives_back_the_old(tour, visit):
    old, new = visit.tour_session, make.tour_session(tour, seoul(15, 10))
    again = moved(visit, new, 12)
    assert (again.id, again.uid, again.starts_at, again.headcount) == (visit.id, visit.uid, seoul(15, 10), 12)
    assert (taken(old), taken(new)) == (0, 12)


def test_a_move_raises_sequence_and_version_tells_the_guests_and_is_journalled(tour, visit):
    again = moved(visit, make.tour_session(tour, seoul(15, 10)))
    assert (again.sequence, again.version) == (1, 2)
    assert news(visit) == (True, 1)
    (line,) = journal("move")
    assert (line.before["starts_at"], line.after["starts_at"]) == (
        "2026-12-14T01:00:00+00:00",
        "2026-12-15T01:00:00+00:00",
    )


def test_the_owner_is_asked_again(tour, visit):
    confirm(visit)
    again = moved(visit, make.tour_session(tour, seoul(15, 10)), at=AT + SECOND)
    assert (again.state, again.agreement, again.asked_at) == (VisitState.REQUESTED, None, AT + SECOND)


def test_where_no_agreement_is_needed_a_moved_visit_stays_confirmed():
    tour = make.tour(make.site(), needs_agreement=False)
    visit = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))
    assert moved(visit, make.tour_session(tour, seoul(15, 10))).state is VisitState.CONFIRMED


def test_a_held_visit_stays_held(tour):
    held = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)), hold_until=seoul(5))
    again = moved(held, make.tour_session(tour, seoul(15, 10)))
    assert (again.state, again.hold_until) == (VisitState.HELD, seoul(5))


def test_stamps_rise_strictly_even_within_a_second(tour, visit):
    stamps = [visit.stamped_at]
    for day in (15, 16, 17):
        stamps.append(moved(visit, make.tour_session(tour, seoul(day, 10))).stamped_at)
    assert stamps == [AT, AT + SECOND, AT + 2 * SECOND, AT + 3 * SECOND]


def test_a_visit_never_stands_in_its_own_way(tour):
    where = make.tour_session(tour, seoul(14, 10), places=12)
    visit = make.visit(make.delegation(), where, 10)
    assert moved(visit, where, 12).headcount == 12


def test_a_move_that_is_refused_changes_nothing(tour, visit):
    full = make.tour_session(tour, seoul(15, 10))
    make.other_booking(full, 25)
    before = everything()
    assert refused(lambda: moved(visit, full)) == {"no_places_left"}
    assert everything() == before


def test_a_move_to_another_site_is_decided_by_that_sites_rules(visit):
    elsewhere = make.tour(make.site("WRC-J", notice_days=60), needs_agreement=True)
    assert refused(lambda: moved(visit, make.tour_session(elsewhere, seoul(15, 10)))) == {"notice_too_short"}


@pytest.mark.parametrize(("ended", "at"), [(Act.CANCEL, AT), (Act.NO_SHOW, seoul(14, 11))])
def test_a_visit_that_is_over_is_not_moved(tour, visit, ended, at):
    confirm(visit)
    act_upon(visit.id, ended, by=OFFICER, at=at)
    assert refused(lambda: moved(visit, make.tour_session(tour, seoul(15, 10)))) == {"state_forbids"}


@pytest.mark.parametrize("put_off", [Act.DECLINE, Act.POSTPONE])
def test_a_declined_or_postponed_visit_comes_back_by_a_move(tour, visit, put_off):
    told = Told(reason="A drill", offered_times=(seoul(15, 10),) if put_off is Act.DECLINE else ())
    act_upon(visit.id, put_off, told, by=OFFICER, at=AT)
    again = moved(visit, make.tour_session(tour, seoul(15, 10)))
    assert (again.state, again.offered_times, again.ended_by, again.ended_reason) == (
        VisitState.REQUESTED,
        [],
        "",
        "",
    )
    assert news(visit) == (True, 2)


def test_a_hold_that_ran_out_is_not_moved(tour):
    held = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)), hold_until=seoul(2))
    assert refused(lambda: moved(held, make.tour_session(tour, seoul(15, 10)), at=seoul(2))) == {
        "hold_expired"
    }


def test_who_read_an_older_version_is_told_so(tour, visit):
    moved(visit, make.tour_session(tour, seoul(15, 10)), seen=1)
    with pytest.raises(StaleVersion) as caught:
        moved(visit, make.tour_session(tour, seoul(16, 10)), seen=1)
    assert caught.value.current == 2


def test_a_manager_does_not_move_other_peoples_visits(tour, visit):
    with pytest.raises(NotFound):
        moved(visit, make.tour_session(tour, seoul(15, 10)), by=manager_of(tour.site_id + 1))


def test_what_is_not_there_is_not_moved(tour):
    with pytest.raises(NotFound):
        move_visit(999, VisitRequest(tour_session_id=1, headcount=1), by=OFFICER, at=AT)


def test_a_move_that_changes_nothing_asks_nobody_again(tour, visit):
    confirm(visit)
    before = everything()
    again = moved(visit, visit.tour_session, at=AT + SECOND)
    assert (again.state, again.sequence) == (VisitState.CONFIRMED, 1)
    assert everything() == before


def test_a_hold_moved_to_an_earlier_session_ends_when_that_begins_at_the_latest(tour):
    late, early = make.tour_session(tour, seoul(18, 10)), make.tour_session(tour, seoul(15, 10))
    held = make.visit(make.delegation(), late, hold_until=seoul(17))
    assert moved(held, early).hold_until == seoul(15, 10)
