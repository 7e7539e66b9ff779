"""What changes at a tour: its places, one session's places, and the rounds of a season."""

from datetime import date, time

import pytest
from sqlalchemy import select

from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.tours import change_session_places, change_tour, generate_rounds
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import request_visit
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.sites import SiteClosure
from scheduler.records.tours import RoundPattern, TourSession
from tests import make
from tests.actions.seen import everything, journal, refused
from tests.cast import AT, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


@pytest.fixture
def tour():
    return make.tour(make.site())


@pytest.fixture
def where(tour):
    return make.tour_session(tour, seoul(14, 10))


def asking(where, headcount=1):
    who = make.delegation(f"Guests of {headcount}")
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount)


def places_of(where):
    return db.session.get_one(TourSession, where.id, populate_existing=True).places


# Places -----------------------------------------------------------------------------------------------------


def test_new_places_reach_every_session_to_come_and_none_that_was(tour, where):
    past = make.tour_session(tour, seoul(20, 10, month=11))
    change_tour(tour.id, {"places": 12}, by=OFFICER, at=AT)
    assert (places_of(where), places_of(past)) == (12, 30)


def test_fewer_places_than_are_taken_flag_the_visits_and_block_until_there_is_room(tour, where):
    first, second = (make.visit(make.delegation(name), where, 10) for name in ("A", "B"))
    changed = change_session_places(where.id, 15, by=OFFICER, at=AT)
    assert {visit.id for visit in changed.concerned} == {first.id, second.id}
    assert refused(lambda: request_visit(asking(where), by=OFFICER, at=AT)) == {"no_places_left"}
    act_upon(first.id, Act.CANCEL, by=OFFICER, at=AT)
    db.session.refresh(second)
    assert second.is_clashing is False
    assert request_visit(asking(where, 5), by=OFFICER, at=AT).is_new


def test_a_rehearsal_tells_whom_fewer_places_would_break_and_writes_nothing(tour, where):
    visit = make.visit(make.delegation(), where, 10)
    before = everything()
    for rehearsed in (
        change_session_places(where.id, 5, is_rehearsal=True, by=OFFICER, at=AT),
        change_tour(tour.id, {"places": 5}, is_rehearsal=True, by=OFFICER, at=AT),
        change_tour(tour.id, {"people_at_once": 5}, is_rehearsal=True, by=OFFICER, at=AT),
    ):
        assert [found.id for found in rehearsed.concerned] == [visit.id]
    assert everything() == before


@pytest.mark.parametrize("places", [-1, 5001])
def test_absurd_places_are_refused(where, places):
    with pytest.raises(Invalid, match="out_of_range"):
        change_session_places(where.id, places, by=OFFICER, at=AT)


def test_a_change_is_journalled_raises_the_version_and_minds_what_was_read(tour):
    change_tour(tour.id, {"largest_group": 20}, seen=1, by=OFFICER, at=AT)
    (line,) = journal("change_tour")
    assert (line.before, line.after) == ({"largest_group": 30}, {"largest_group": 20})
    with pytest.raises(StaleVersion):
        change_tour(tour.id, {"largest_group": 10}, seen=1, by=OFFICER, at=AT)


def test_a_manager_changes_only_tours_of_their_own_site(tour, where):
    own = manager_of(tour.site_id)
    assert change_tour(tour.id, {"places": 20}, by=own, at=AT).subject.places == 20
    stranger = manager_of(tour.site_id + 1)
    for act in (
        lambda: change_tour(tour.id, {"places": 20}, by=stranger, at=AT),
        lambda: change_session_places(where.id, 20, by=stranger, at=AT),
        lambda: generate_rounds(tour.id, date(2026, 12, 14), date(2026, 12, 14), by=stranger, at=AT),
        lambda: change_session_places(999, 20, by=OFFICER, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


# Rounds -----------------------------------------------------------------------------------------------------


def dated(tour):
    rows = select(TourSession.starts_at).where(TourSession.tour_id == tour.id)
    return sorted(db.session.scalars(rows))


def patterned(tour, *patterns):
    change_tour(tour.id, {"patterns": list(patterns)}, by=OFFICER, at=AT)


def every_day(hour, **valid):
    return RoundPattern(weekdays=set("0123456"), starts=time(hour), **valid)


def generated(tour, first=14, last=16):
    return generate_rounds(tour.id, date(2026, 12, first), date(2026, 12, last), by=OFFICER, at=AT)


def test_rounds_are_dated_for_both_ends_and_repeating_is_harmless(tour):
    patterned(tour, every_day(10), every_day(14))
    assert (generated(tour), generated(tour)) == (6, 0)
    assert dated(tour) == [seoul(day, hour) for day in (14, 15, 16) for hour in (10, 14)]
    assert [line.after["rounds"] for line in journal("generate_rounds")] == [6, 0]


def test_rounds_carry_length_places_and_turnaround():
    tour = make.tour(make.site(turnaround_minutes=15), minutes=90, places=25, largest_group=25)
    patterned(tour, every_day(10))
    generated(tour, 14, 14)
    (session,) = db.session.scalars(select(TourSession)).all()
    assert (session.ends_at, session.clear_at, session.places) == (
        seoul(14, 11, 30),
        seoul(14, 11, 45),
        25,
    )


def test_days_and_hours_that_are_closed_get_no_round():
    site = make.site(closed_weekdays={"0"}, closed_on_public_holidays=True)
    site.closures.append(
        SiteClosure(starts_at=seoul(16, 9), ends_at=seoul(16, 12), reason="Drill", created_at=AT)
    )
    db.session.commit()
    tour = make.tour(site)
    patterned(tour, every_day(10), every_day(17))
    generated(tour, 14, 26)
    assert dated(tour) == [seoul(day, 10) for day in (15, 17, 18, 22, 23, 24)]


def test_a_pattern_runs_on_its_weekdays_within_its_dates(tour):
    mondays_and_fridays = RoundPattern(weekdays={"0", "4"}, starts=time(10), valid_to=date(2026, 12, 18))
    patterned(tour, mondays_and_fridays, every_day(14, valid_from=date(2026, 12, 17)))
    generated(tour, 14, 21)
    assert dated(tour) == [seoul(14, 10), seoul(17, 14), seoul(18, 10), seoul(18, 14), seoul(21, 14)]


def test_a_season_runs_forward_is_not_endless_and_is_for_rounds_only(tour):
    with pytest.raises(Invalid, match="before_first"):
        generated(tour, 15, 14)
    with pytest.raises(Invalid, match="too_long"):
        generate_rounds(tour.id, date(2026, 1, 1), date(2028, 1, 1), by=OFFICER, at=AT)
    windows = make.tour(make.site("SEOC"), dating=Dating.WINDOWS)
    with pytest.raises(Invalid, match="has_no_rounds"):
        generated(windows)
