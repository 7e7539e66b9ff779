"""A fixed number of queries, however much there is: diaries, availability, rosters."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from scheduler.core.facts import Dating, VisitRequest
from scheduler.records.availability import offers
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.rosters import roster_of
from scheduler.records.sites import Site
from tests import make
from tests.cast import AT, seoul

pytestmark = pytest.mark.usefixtures("app")


class Counter:
    """Counts the statements sent to the database."""

    def __init__(self):
        self.statements = []

    def __call__(self, _connection, _cursor, statement, *_more):
        self.statements.append(statement)


def queries_of(act):
    """How many statements an act sends, with nothing remembered from before."""
    db.session.rollback()
    db.session.expire_all()
    counter = Counter()
    event.listen(db.engine, "before_cursor_execute", counter)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", counter)
    return len(counter.statements)


@pytest.fixture
def small():
    """One site with rounds, one with windows; a delegation with one visit."""
    tour = make.tour(make.site())
    make.tour(make.site("SEOC"), dating=Dating.WINDOWS)
    who = make.delegation("Guests", headcount=5)
    make.visit(who, make.tour_session(tour, seoul(14, 10)), 5)
    return tour, who


def grow(tour, who):
    """Much more of everything: sites, tours, sessions, visits, other bookings, stops of the delegation."""
    for number in range(6):
        other = make.tour(make.site(f"S{number}"))
        make.tour_session(other, seoul(14, 10))
    for number in range(12):
        where = make.tour_session(tour, seoul(14, 11) + timedelta(minutes=5 * number))
        make.other_booking(where, 3)
        make.visit(make.delegation(f"Guests {number}", headcount=5), where, 5)
    for day in (15, 16, 17):
        make.visit(who, make.tour_session(tour, seoul(day, 10)), 5)


def compare(small, act):
    few = queries_of(act)
    grow(*small)
    assert queries_of(act) == few
    return few


@pytest.mark.parametrize(("with_options", "most"), [(False, 12), (True, 24)])
def test_a_diary_takes_a_fixed_number_of_queries(small, with_options, most):
    tour, who = small
    make.tour_session(tour, seoul(14, 15))
    request = VisitRequest(delegation_id=who.id, tour_code=tour.code, starts_at=seoul(14, 15), headcount=5)
    assert compare(small, lambda: diary_for(request, AT, with_options=with_options)) <= most


def test_availability_takes_a_fixed_number_of_queries(small):
    request = VisitRequest(delegation_id=small[1].id, headcount=5)

    def ask():
        site_ids = db.session.scalars(select(Site.id)).all()
        return offers(site_ids, request, seoul(14), seoul(21), at=AT)

    assert compare(small, ask) <= 14


def test_a_roster_takes_a_fixed_number_of_queries(small):
    tour, _ = small
    site = db.session.get_one(Site, tour.site_id)

    def read():
        roster = roster_of(site, date(2026, 12, 14))
        return [(v.delegation.name, v.tour_session.tour.name, v.headcount) for v in roster.visits]

    assert compare(small, read) <= 5


def test_a_diary_leaves_the_asking_visit_and_holds_that_ran_out_uncounted(small):
    tour, _ = small
    where = make.tour_session(tour, seoul(15, 10))
    asking = make.visit(make.delegation("A"), where, 7)
    make.visit(make.delegation("B"), where, 11, hold_until=seoul(2))
    request = VisitRequest(delegation_id=asking.delegation_id, tour_session_id=where.id, headcount=7)
    moving = VisitRequest(
        delegation_id=asking.delegation_id, tour_session_id=where.id, headcount=7, visit_id=asking.id
    )
    assert diary_for(request, seoul(1)).running.places_taken == 18
    assert diary_for(request, seoul(2)).running.places_taken == 7
    assert diary_for(moving, seoul(2)).running.places_taken == 0
    assert [stop.visit_id for stop in diary_for(request, seoul(2)).delegation.stops] == [asking.id]
    assert diary_for(moving, seoul(2)).delegation.stops == ()
