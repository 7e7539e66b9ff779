"""What changes at a site: no visit is dropped; those concerned are given back flagged until someone acts."""

from datetime import date, time, timedelta

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import change_site, close_site, reopen_site
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import request_visit
from scheduler.core.facts import OpeningHours, VisitRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.sites import Site, SiteClosure, SiteFact
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import AGREED, everything, how_many, journal, refused
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


@pytest.fixture
def site():
    return make.site()


@pytest.fixture
def visits(site):
    """Visits of two delegations, on Monday at 10 and at 14."""
    tour = make.tour(site)
    return [
        make.visit(make.delegation("Hanoi"), make.tour_session(tour, seoul(14, 10))),
        make.visit(make.delegation("Riyadh"), make.tour_session(tour, seoul(14, 14))),
    ]


def closed(site, starts_at=None, ends_at=None, *, by=OFFICER, **told):
    span = Span(starts_at or seoul(14), ends_at or seoul(15))
    return close_site(site.id, span, "Drill", by=by, at=AT, **told)


def now(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


# Closures ---------------------------------------------------------------------------------------------------


def test_a_closure_gives_the_visits_concerned_back_flagged_and_drops_none(site, visits):
    changed = closed(site)
    assert [visit.id for visit in changed.concerned] == [visit.id for visit in visits]
    for visit in map(now, visits):
        assert (visit.state, visit.is_clashing, visit.version) == (VisitState.CONFIRMED, True, 2)
        assert [(reason["code"], reason["facts"]["reason"]) for reason in visit.clash] == [
            ("closed", "Drill")
        ]


def test_a_closure_is_journalled_with_its_reason(site):
    changed = closed(site)
    (line,) = journal("close_site")
    assert (line.subject, line.subject_id, line.reason) == ("site_closure", changed.subject.id, "Drill")
    assert line.after["site"] == "TOPIS"


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "concerned"),
    [
        (seoul(14, 9), seoul(14, 10), 0),
        (seoul(14, 9), seoul(14, 10) + timedelta(seconds=1), 1),
        (seoul(14, 11), seoul(14, 14), 0),
        (seoul(14, 10, 59), seoul(14, 14, 1), 2),
    ],
)
def test_only_visits_that_share_an_instant_with_it_are_concerned(site, visits, starts_at, ends_at, concerned):
    assert len(closed(site, starts_at, ends_at).concerned) == concerned


def test_visits_that_are_off_are_not_concerned(site, visits):
    act_upon(visits[0].id, Act.CANCEL, by=OFFICER, at=AT)
    assert [visit.id for visit in closed(site).concerned] == [visits[1].id]


def test_reopening_takes_the_flag_off(site, visits):
    closure = closed(site).subject
    changed = reopen_site(site.id, closure.id, by=OFFICER, at=AT)
    assert {visit.id for visit in changed.cleared} == {visit.id for visit in visits}
    assert [(now(visit).is_clashing, now(visit).clash) for visit in visits] == [(False, None)] * 2
    assert how_many(SiteClosure) == 0
    assert journal("reopen_site")[0].before["reason"] == "Drill"


def test_while_another_closure_stands_the_flag_stays(site, visits):
    first = closed(site).subject
    second = closed(site, seoul(14, 10), seoul(14, 12))
    assert [visit.id for visit in second.concerned] == [visits[0].id]
    reopen_site(site.id, first.id, by=OFFICER, at=AT)
    assert [now(visit).is_clashing for visit in visits] == [True, False]


def test_the_site_may_say_come_all_the_same_and_the_flag_is_gone(site, visits):
    closed(site)
    visit = act_upon(visits[0].id, Act.CONFIRM, Told(agreement=AGREED), by=OFFICER, at=AT)
    assert (visit.state, visit.is_clashing) == (VisitState.CONFIRMED, False)


def test_a_closure_that_is_over_or_absurdly_long_is_refused(site):
    with pytest.raises(Invalid, match="in_the_past"):
        closed(site, AT - timedelta(days=2), AT)
    with pytest.raises(Invalid, match="too_long"):
        closed(site, seoul(1), seoul(1, year=2040))


def test_a_closed_site_takes_no_booking(site, visits):
    closed(site)
    where = make.tour_session(visits[0].tour_session.tour, seoul(14, 16))
    request = VisitRequest(delegation_id=make.delegation("Tokyo").id, tour_session_id=where.id, headcount=5)
    assert refused(lambda: request_visit(request, by=OFFICER, at=AT)) == {"closed"}


def test_a_manager_closes_only_their_own_site(site):
    other = make.site("WRC-J")
    assert closed(site, by=manager_of(site.id)).subject.site_id == site.id
    with pytest.raises(NotFound):
        closed(other, by=manager_of(site.id))
    with pytest.raises(NotFound):
        reopen_site(other.id, 1, by=manager_of(site.id), at=AT)
    with pytest.raises(NotPermitted):
        closed(site, by=HEAD)


def test_a_closure_of_another_site_is_not_there_to_reopen(site):
    closure = closed(site).subject
    with pytest.raises(NotFound):
        reopen_site(make.site("WRC-J").id, closure.id, by=OFFICER, at=AT)


def test_a_rehearsed_closure_tells_whom_it_would_concern_and_writes_nothing(site, visits):
    before = everything()
    assert [visit.id for visit in closed(site, is_rehearsal=True).concerned] == [visit.id for visit in visits]
    assert everything() == before


# Hours, limits, facts ---------------------------------------------------------------------------------------


def changed_to(site, *, by=OFFICER, **told):
    rehearsal, seen = told.pop("is_rehearsal", False), told.pop("seen", None)
    return change_site(site.id, told, seen=seen, is_rehearsal=rehearsal, by=by, at=AT)


MORNINGS = [OpeningHours(weekday=day, opens=time(10), closes=time(12)) for day in range(5)]


def test_shorter_hours_flag_what_no_longer_fits(site, visits):
    changed = changed_to(site, hours=MORNINGS)
    assert [visit.id for visit in changed.concerned] == [visits[1].id]
    assert [reason["code"] for reason in now(visits[1]).clash] == ["outside_hours"]


def test_longer_hours_again_take_the_flag_off(site, visits):
    changed_to(site, hours=MORNINGS)
    days = [OpeningHours(weekday=day, opens=time(9), closes=time(18)) for day in range(5)]
    assert [visit.id for visit in changed_to(site, hours=days).cleared] == [visits[1].id]


def test_a_rehearsal_tells_whom_a_change_would_break_and_writes_nothing(site, visits):
    before = everything()
    assert len(changed_to(site, hours=MORNINGS, is_rehearsal=True).concerned) == 1
    assert len(changed_to(site, people_at_once=5, is_rehearsal=True).concerned) == 2
    assert everything() == before


def test_a_lower_limit_flags_and_nothing_can_be_added_until_the_load_is_back_under_it(site):
    tour = make.tour(site)
    where = make.tour_session(tour, seoul(14, 10))
    first, second = make.visit(make.delegation("A"), where, 10), make.visit(make.delegation("B"), where, 10)
    changed = changed_to(site, people_at_once=15)
    assert {visit.id for visit in changed.concerned} == {first.id, second.id}
    assert {reason["code"] for reason in now(first).clash} == {"too_many_people_at_once"}
    asked = VisitRequest(delegation_id=make.delegation("C").id, tour_session_id=where.id, headcount=1)
    assert refused(lambda: request_visit(asked, by=OFFICER, at=AT)) == {"too_many_people_at_once"}
    act_upon(first.id, Act.CANCEL, by=OFFICER, at=AT)
    assert now(second).is_clashing is False
    assert request_visit(asked, by=OFFICER, at=AT).is_new


def test_too_many_people_is_not_waved_through_by_agreeing_again(site):
    where = make.tour_session(make.tour(site), seoul(14, 10))
    visit = make.visit(make.delegation(), where, 10)
    changed_to(site, people_at_once=5)
    act_upon(visit.id, Act.CONFIRM, Told(agreement=AGREED), by=OFFICER, at=AT)
    assert now(visit).is_clashing is True


def test_a_change_is_journalled_before_and_after_and_raises_the_version(site):
    changed_to(site, notice_days=14, seen=1)
    (line,) = journal("change_site")
    assert (line.before, line.after) == ({"notice_days": 0}, {"notice_days": 14})
    assert db.session.get_one(Site, site.id, populate_existing=True).version == 2
    with pytest.raises(StaleVersion):
        changed_to(site, notice_days=10, seen=1)


def test_a_fact_is_kept_with_its_source_and_the_newest_stands(site):
    for source, on, doubt in (
        ("a guess", date(2026, 1, 1), True),
        ("the site's page", date(2026, 11, 1), False),
    ):
        changed_to(
            site, facts={"hours": SiteFact(name="hours", source=source, checked_on=on, is_assumption=doubt)}
        )
    (fact,) = db.session.query(SiteFact).all()
    assert (fact.source, fact.checked_on, fact.is_assumption) == ("the site's page", date(2026, 11, 1), False)


def test_sessions_that_somebody_has_booked_keep_their_turnaround(site, visits):
    free = make.tour_session(visits[0].tour_session.tour, seoul(15, 10))
    changed_to(site, turnaround_minutes=30)
    assert free.clear_at == seoul(15, 11, 30)
    assert visits[0].tour_session.clear_at == seoul(14, 11)
