"""Single days the government names a holiday, or takes back: the visits of every site that heeds holidays."""

from datetime import date

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.holidays import forget_holiday, name_holiday
from scheduler.actions.invalid import Invalid
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from scheduler.records.sites import OneOffHoliday
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many, refused
from tests.cast import ADMINISTRATOR, AT, OFFICER, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


def now(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


def test_a_holiday_named_at_short_notice_flags_visits_of_sites_that_heed_it_and_goes_again():
    heeding, other = make.site(closed_on_public_holidays=True), make.site("WRC-J")
    visit = make.visit(make.delegation("A"), make.tour_session(make.tour(heeding), seoul(14, 10)))
    make.visit(make.delegation("B"), make.tour_session(make.tour(other), seoul(14, 10)))
    named = name_holiday(date(2026, 12, 14), "Day of mourning", by=ADMINISTRATOR, at=AT)
    assert [found.id for found in named.concerned] == [visit.id]
    assert [reason["facts"]["holiday"] for reason in now(visit).clash] == ["Day of mourning"]
    forgotten = forget_holiday(date(2026, 12, 14), by=ADMINISTRATOR, at=AT)
    assert [found.id for found in forgotten.cleared] == [visit.id]
    assert how_many(OneOffHoliday) == 0


def test_a_one_off_holiday_closes_and_a_day_taken_back_opens():
    tour = make.tour(make.site(closed_on_public_holidays=True))
    monday, christmas = make.tour_session(tour, seoul(14, 10)), make.tour_session(tour, seoul(25, 10))
    who = make.delegation(departs_at=seoul(31))

    def booked(where):
        asked = VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=5)
        return request_visit(asked, by=OFFICER, at=AT)

    assert refused(lambda: booked(christmas)) == {"closed"}
    name_holiday(date(2026, 12, 14), "Day of mourning", by=ADMINISTRATOR, at=AT)
    name_holiday(date(2026, 12, 25), "Taken back", is_holiday=False, by=ADMINISTRATOR, at=AT)
    assert refused(lambda: booked(monday)) == {"closed"}
    assert booked(christmas).is_new


def test_only_an_administrator_names_holidays_each_day_once():
    with pytest.raises(NotPermitted):
        name_holiday(date(2026, 12, 14), "Day off", by=OFFICER, at=AT)
    name_holiday(date(2026, 12, 14), "Day off", by=ADMINISTRATOR, at=AT)
    with pytest.raises(Invalid, match="day_taken"):
        name_holiday(date(2026, 12, 14), "Day off again", by=ADMINISTRATOR, at=AT)
