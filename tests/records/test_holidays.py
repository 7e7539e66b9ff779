"""Public holidays as facts: the package's word, with one-off days on top."""

from datetime import date

import pytest

from scheduler.records.database import db
from scheduler.records.holidays import holiday_name, holidays_at_home, public_holidays
from scheduler.records.sites import OneOffHoliday
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


def in_korea(day):
    return public_holidays("KR", day, day).get(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 1),
        date(2026, 7, 17),
        date(2027, 5, 3),
        date(2027, 7, 19),
        date(2026, 6, 3),
        date(2026, 3, 2),
        date(2026, 5, 25),
        date(2026, 8, 17),
        date(2026, 10, 5),
        date(2027, 2, 9),
        date(2027, 12, 27),
    ],
)
def test_days_that_an_old_calendar_does_not_know_are_holidays(day):
    assert in_korea(day) is not None


@pytest.mark.parametrize("day", [date(2026, 6, 8), date(2026, 9, 28), date(2026, 12, 24), date(2025, 5, 1)])
def test_ordinary_days_are_none(day):
    assert in_korea(day) is None


@pytest.mark.parametrize(
    ("day", "is_main"),
    [
        (date(2027, 1, 1), True),
        (date(2027, 2, 6), False),
        (date(2027, 2, 7), True),
        (date(2027, 2, 8), False),
        (date(2027, 9, 14), False),
        (date(2027, 9, 15), True),
        (date(2027, 9, 16), False),
        (date(2026, 12, 25), False),
        (date(2026, 5, 1), False),
    ],
)
def test_main_holidays_are_new_year_and_the_very_days_of_seollal_and_chuseok(day, is_main):
    assert in_korea(day).is_main is is_main


def test_both_ends_are_included_across_a_new_year():
    assert list(public_holidays("KR", date(2026, 12, 25), date(2027, 1, 1))) == [
        date(2026, 12, 25),
        date(2027, 1, 1),
    ]


def test_a_one_off_day_is_added_and_one_that_is_taken_back_is_gone():
    db.session.add(OneOffHoliday(on=date(2026, 12, 14), name="Day of mourning"))
    db.session.add(OneOffHoliday(on=date(2026, 12, 25), name="Taken back", is_holiday=False))
    db.session.commit()
    found = public_holidays("KR", date(2026, 12, 1), date(2026, 12, 31))
    assert {day: holiday.name for day, holiday in found.items()} == {date(2026, 12, 14): "Day of mourning"}
    assert found[date(2026, 12, 14)].is_main is False


def test_the_guests_own_holidays_are_known_where_the_package_knows_the_country():
    assert date(2026, 11, 15) in holidays_at_home("BR", date(2026, 11, 1), date(2026, 11, 30))
    assert holidays_at_home(None, date(2026, 1, 1), date(2026, 12, 31)) == {}
    assert holidays_at_home("XX", date(2026, 1, 1), date(2026, 12, 31)) == {}


def test_a_holiday_has_its_name_in_the_readers_language():
    assert holiday_name("KR", date(2027, 2, 7), "ko") == "설날"
    assert holiday_name("KR", date(2027, 2, 7), "en") == "Korean New Year"
    assert holiday_name("KR", date(2027, 2, 10), "en") is None
