"""Booking: what a booking makes, what stops it, and that nothing is written when it is stopped."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.visits import request_visit
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import everything, how_many, journal, news, refused, state_of
from tests.cast import AT, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


def booked(request, *, by=OFFICER, at=AT):
    return request_visit(request, by=by, at=at)


def asking(who, where, headcount=10, **told):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **told)


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site(), needs_agreement=True), seoul(14, 10))


def test_a_booking_is_requested_written_into_the_journal_and_the_outbox(where):
    who = make.delegation()
    done = booked(asking(who, where, language="en"))
    visit = done.visit
    assert done.is_new
    assert (visit.state, visit.headcount, visit.language, visit.sequence, visit.version) == (
        VisitState.REQUESTED,
        10,
        "en",
        0,
        1,
    )
    assert (visit.site_id, visit.starts_at, visit.ends_at) == (where.site_id, seoul(14, 10), seoul(14, 11))
    assert (visit.asked_at, visit.stamped_at) == (AT, AT)
    assert uuid.UUID(visit.uid)
    (line,) = journal()
    assert (line.act, line.subject, line.subject_id, line.actor, line.at) == (
        "book",
        "visit",
        visit.id,
        OFFICER.email,
        AT,
    )
    assert line.before is None
    assert (line.after["state"], line.after["headcount"]) == ("requested", 10)
    assert news(visit) == (True, 0)


def test_where_no_agreement_is_needed_a_booking_is_confirmed_at_once():
    where = make.tour_session(make.tour(make.site(), needs_agreement=False), seoul(14, 10))
    assert booked(asking(make.delegation(), where)).visit.state is VisitState.CONFIRMED


def test_a_hold_keeps_places_until_its_moment_and_nobody_is_told(where):
    visit = booked(asking(make.delegation(), where, hold_until=seoul(2))).visit
    assert (visit.state, visit.hold_until) == (VisitState.HELD, seoul(2))
    assert news(visit) == (False, 0)
    assert db.session.get_one(TourSession, where.id, populate_existing=True).places_taken == 10


@pytest.mark.parametrize("hold_until", [AT, AT - timedelta(days=1), seoul(14, 10) + timedelta(seconds=1)])
def test_a_hold_ends_after_now_and_no_later_than_the_visit_begins(where, hold_until):
    with pytest.raises(Invalid, match="hold_outside"):
        booked(asking(make.delegation(), where, hold_until=hold_until))


def test_asking_twice_for_the_same_gives_the_visit_that_is_there(where):
    request = asking(make.delegation(), where)
    first, second = booked(request), booked(request)
    assert (second.visit.id, second.is_new) == (first.visit.id, False)
    assert (how_many(Visit), len(journal())) == (1, 1)


def test_asking_for_another_headcount_is_not_the_same_and_they_are_there_already(where):
    request = asking(make.delegation(), where)
    booked(request)
    assert refused(lambda: booked(replace(request, headcount=9))) == {"already_elsewhere"}


def test_a_refusal_writes_nothing_and_names_alternatives(where):
    later = make.tour_session(where.tour, seoul(14, 14))
    make.other_booking(where, 25)
    who = make.delegation()
    before = everything()
    with pytest.raises(VisitRefused) as caught:
        booked(asking(who, where))
    assert [alternative.tour_session_id for alternative in caught.value.verdict.alternatives] == [later.id]
    assert everything() == before


def test_a_caution_must_be_ticked_and_the_tick_is_kept_with_its_reason(where):
    who = make.delegation(country="BH", arrives_at=seoul(10), departs_at=seoul(20))
    national_day = make.tour_session(where.tour, seoul(16, 10))
    with pytest.raises(VisitRefused) as caught:
        booked(asking(who, national_day))
    verdict = caught.value.verdict
    assert (verdict.is_refused, [c.code for c in verdict.cautions]) == (False, ["holiday_at_home"])
    visit = booked(
        asking(who, national_day, acknowledge=("holiday_at_home",), acknowledge_reason="They insist")
    ).visit
    assert (visit.acknowledged, visit.acknowledge_reason) == (["holiday_at_home"], "They insist")
    assert (journal("book")[0].reason, journal("book")[0].after["acknowledged"]) == (
        "They insist",
        ["holiday_at_home"],
    )


def test_a_tick_without_a_reason_books_nothing(where):
    who = make.delegation(country="BH", arrives_at=seoul(10), departs_at=seoul(20))
    national_day = make.tour_session(where.tour, seoul(16, 10))
    before = everything()
    with pytest.raises(Invalid) as caught:
        booked(asking(who, national_day, acknowledge=("all",)))
    assert (caught.value.field, caught.value.code) == ("acknowledge_reason", "reason_needed")
    assert everything() == before


def test_asked_for_long_before_the_stay_the_alternatives_lie_within_it(where):
    who = make.delegation(arrives_at=seoul(12, month=1, year=2027), departs_at=seoul(20, month=1, year=2027))
    in_time = make.tour_session(where.tour, seoul(13, 10, month=1, year=2027))
    with pytest.raises(VisitRefused) as caught:
        booked(asking(who, where))
    assert [a.tour_session_id for a in caught.value.verdict.alternatives] == [in_time.id]


# Windows ----------------------------------------------------------------------------------------------------


def test_a_windows_session_is_made_by_its_first_booking_and_shared_by_the_next():
    tour = make.tour(make.site(), code="WINDOW", dating=Dating.WINDOWS)
    first = VisitRequest(
        delegation_id=make.delegation().id, tour_code="WINDOW", starts_at=seoul(14, 10, 15), headcount=10
    )
    second = replace(first, delegation_id=make.delegation("Riyadh").id)
    assert booked(first).visit.tour_session_id == booked(second).visit.tour_session_id
    (session,) = db.session.scalars(select(TourSession)).all()
    assert (session.tour_id, session.starts_at, session.places_taken) == (tour.id, seoul(14, 10, 15), 20)


@pytest.mark.parametrize(("hour", "minute"), [(10, 10), (9, 45), (16, 15)])
def test_a_window_starts_on_a_quarter_within_the_hours(hour, minute):
    make.tour(make.site(), code="WINDOW", dating=Dating.WINDOWS)
    starts_at = seoul(14, hour, minute)
    request = VisitRequest(
        delegation_id=make.delegation().id, tour_code="WINDOW", starts_at=starts_at, headcount=10
    )
    told = refused(lambda: booked(request))
    assert told == ({"no_session_then"} if minute == 10 else {"outside_hours"})
    assert how_many(TourSession) == 0


# What is not there ------------------------------------------------------------------------------------------


def test_what_does_not_exist_is_not_found(where):
    who = make.delegation()
    for request in (
        VisitRequest(delegation_id=who.id, tour_session_id=999, headcount=1),
        VisitRequest(delegation_id=who.id, tour_code="NOWHERE", starts_at=seoul(14, 10), headcount=1),
        VisitRequest(delegation_id=999, tour_session_id=where.id, headcount=1),
        VisitRequest(delegation_id=None, tour_session_id=where.id, headcount=1),
    ):
        with pytest.raises(NotFound):
            booked(request)


def test_a_manager_does_not_book_at_other_peoples_sites(where):
    with pytest.raises(NotFound):
        booked(asking(make.delegation(), where), by=manager_of(where.site_id + 1))


# Holds that ran out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "is_free"), [(-1, False), (0, True), (1, True)])
def test_a_hold_that_ran_out_gives_its_places_to_whoever_asks_next(where, seconds, is_free):
    held = booked(asking(make.delegation("Hanoi", headcount=30), where, 30, hold_until=seoul(2))).visit
    request = asking(make.delegation("Riyadh"), where)
    at = seoul(2) + timedelta(seconds=seconds)
    if not is_free:
        assert refused(lambda: booked(request, at=at)) == {"no_places_left"}
        assert state_of(held) is VisitState.HELD
        return
    assert booked(request, at=at).is_new
    assert state_of(held) is VisitState.EXPIRED
    (line,) = journal("expire")
    assert (line.subject_id, line.actor, line.before, line.after) == (
        held.id,
        "system",
        {"state": "held"},
        {"state": "expired"},
    )


def test_a_delegations_own_hold_that_ran_out_elsewhere_does_not_keep_it_there(where):
    who = make.delegation()
    elsewhere = make.tour_session(make.tour(make.site("WRC-J")), seoul(14, 10))
    held = booked(asking(who, elsewhere, hold_until=seoul(2))).visit
    assert booked(asking(who, where), at=seoul(2)).is_new
    assert state_of(held) is VisitState.EXPIRED
