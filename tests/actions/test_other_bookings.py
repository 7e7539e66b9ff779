"""Places taken by schools, citizens or the site itself."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.visits import request_visit
from scheduler.core.facts import Dating, VisitRequest
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.tours import OtherBooking, TourSession
from tests import make
from tests.actions.seen import how_many, journal, refused
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site(notice_days=100)), seoul(14, 10))


def booked(where, headcount=10, *, by=OFFICER):
    request = VisitRequest(tour_session_id=where.id, headcount=headcount)
    return book_other(where.site_id, request, "School class", by=by, at=AT)


def taken(where):
    session = db.session.get_one(TourSession, where.id, populate_existing=True)
    return session.places_taken, session.groups_taken


def test_other_bookings_take_places_without_notice_and_are_journalled(where):
    booking = booked(where)
    assert taken(where) == (10, 1)
    (line,) = journal("book_other")
    assert (line.subject_id, line.after["headcount"]) == (booking.id, 10)


def test_other_bookings_never_take_more_than_there_is(where):
    booked(where, 25)
    assert refused(lambda: booked(where, 6)) == {"no_places_left"}
    assert how_many(OtherBooking) == 1


def test_a_delegation_finds_the_places_taken(where):
    where = make.tour_session(make.tour(make.site("EDC")), seoul(14, 10))
    booked(where, 25)
    request = VisitRequest(delegation_id=make.delegation().id, tour_session_id=where.id, headcount=6)
    assert refused(lambda: request_visit(request, by=OFFICER, at=AT)) == {"no_places_left"}


def test_a_window_is_made_by_whoever_books_first():
    site = make.site()
    make.tour(site, "WINDOW", dating=Dating.WINDOWS)
    request = VisitRequest(tour_code="WINDOW", starts_at=seoul(14, 10), headcount=5)
    booking = book_other(site.id, request, "Staff training", by=OFFICER, at=AT)
    assert booking.tour_session.starts_at == seoul(14, 10)


def test_removing_gives_the_places_back(where):
    remove_other(booked(where).id, by=OFFICER, at=AT)
    assert (taken(where), how_many(OtherBooking)) == ((0, 0), 0)
    assert journal("remove_other")[0].before["name"] == "School class"


def test_a_manager_books_and_removes_only_at_their_own_site(where):
    booking = booked(where, by=manager_of(where.site_id))
    with pytest.raises(NotFound):
        booked(where, by=manager_of(where.site_id + 1))
    with pytest.raises(NotFound):
        remove_other(booking.id, by=manager_of(where.site_id + 1), at=AT)
    with pytest.raises(NotPermitted):
        booked(where, by=HEAD)


def test_a_session_of_another_site_is_not_there(where):
    other = make.site("WRC-J")
    request = VisitRequest(tour_session_id=where.id, headcount=5)
    with pytest.raises(NotFound):
        book_other(other.id, request, "School class", by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        remove_other(999, by=OFFICER, at=AT)
