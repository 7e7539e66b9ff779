"""One visit's whole life, told on each engine: what the actions do is the same whichever archive is below."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import change_site, close_site, reopen_site
from scheduler.actions.visits import move_visit, request_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.tours import TourSession
from tests import make
from tests.actions.seen import AGREED, everything, how_many, journal, news, refused, state_of
from tests.cast import AT, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tour():
    return make.tour(make.site(), needs_agreement=True)


def asking(who, where, headcount=20, **told):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **told)


def taken(where):
    return db.session.get_one(TourSession, where.id, populate_existing=True).places_taken


def test_a_visit_is_booked_agreed_moved_agreed_again_received_and_closed(tour):
    old, new = make.tour_session(tour, seoul(14, 10)), make.tour_session(tour, seoul(15, 10))
    visit = request_visit(asking(make.delegation(headcount=20), old), by=OFFICER, at=AT).visit
    manager = manager_of(tour.site_id)
    act_upon(visit.id, Act.CONFIRM, by=manager, at=AT)
    move_visit(visit.id, VisitRequest(tour_session_id=new.id, headcount=18), by=OFFICER, at=AT)
    act_upon(visit.id, Act.CONFIRM, Told(agreement=AGREED), by=OFFICER, at=AT)
    act_upon(visit.id, Act.ARRIVE, Told(count=17), by=manager, at=seoul(15, 10))
    act_upon(visit.id, Act.CLOSE, by=OFFICER, at=seoul(16, 10))
    assert [line.act for line in journal()] == ["book", "confirm", "move", "confirm", "arrive", "close"]
    assert news(visit) == (True, 3)
    assert (state_of(visit), taken(old), taken(new)) == (VisitState.CLOSED, 0, 18)
    assert visit.stamped_at == AT + timedelta(seconds=3)


def test_a_hold_that_ran_out_is_expired_inside_the_next_booking(tour):
    where = make.tour_session(tour, seoul(14, 10))
    held = request_visit(
        asking(make.delegation("A", headcount=30), where, hold_until=seoul(2)), by=OFFICER, at=AT
    ).visit
    late = asking(make.delegation("B", headcount=30), where)
    assert refused(lambda: request_visit(late, by=OFFICER, at=seoul(1))) == {"no_places_left"}
    assert request_visit(late, by=OFFICER, at=seoul(2)).is_new
    assert (state_of(held), taken(where)) == (VisitState.EXPIRED, 20)


def test_a_closure_flags_reopening_clears_a_lower_limit_blocks_and_a_cancellation_frees(tour):
    where = make.tour_session(tour, seoul(14, 10))
    first = make.visit(make.delegation("A"), where, 12)
    second = make.visit(make.delegation("B"), where, 12)
    closed = close_site(tour.site_id, Span(seoul(14), seoul(15)), "Drill", by=OFFICER, at=AT)
    assert {visit.id for visit in closed.concerned} == {first.id, second.id}
    opened = reopen_site(tour.site_id, closed.subject.id, by=OFFICER, at=AT)
    assert {visit.id for visit in opened.cleared} == {first.id, second.id}
    lowered = change_site(tour.site_id, {"people_at_once": 20}, by=OFFICER, at=AT)
    assert len(lowered.concerned) == 2
    one_more = asking(make.delegation("C"), where, 1)
    assert refused(lambda: request_visit(one_more, by=OFFICER, at=AT)) == {"too_many_people_at_once"}
    act_upon(first.id, Act.CANCEL, by=OFFICER, at=AT)
    assert request_visit(one_more, by=OFFICER, at=AT).is_new
    db.session.refresh(second)
    assert second.is_clashing is False


def test_what_is_refused_or_rehearsed_leaves_no_trace(tour):
    where = make.tour_session(tour, seoul(14, 10))
    make.visit(make.delegation("A"), where, 12)
    who = make.delegation("B", headcount=40)
    before = everything()
    assert refused(lambda: request_visit(asking(who, where), by=OFFICER, at=AT)) == {"no_places_left"}
    change_site(tour.site_id, {"people_at_once": 5}, is_rehearsal=True, by=OFFICER, at=AT)
    assert everything() == before
    assert how_many(Journal) == 1
