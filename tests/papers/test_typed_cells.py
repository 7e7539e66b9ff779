"""Dates, times and numbers as people type them: read where they can mean one thing, asked for otherwise."""

from datetime import date, time

import pytest

from scheduler.papers.typed_cells import CellUnclear, count_in, day_in, time_in

THE_DAY = date(2026, 12, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-14",
        "2026-12-14 00:00:00",
        "2026-12-14T10:30",
        "2026. 12. 14.",
        "2026.12.14",
        "2026. 12. 14.(월)",
        "2026. 12. 14. (월요일)",
        "2026년 12월 14일",
        "2026年12月14日",
        "2026/12/14",
        "２０２６．１２．１４",
        "٢٠٢٦-١٢-١٤",
        "20261214",
        "14/12/2026",
        "12/14/2026",
        "14.12.2026",
        "14 December 2026",
        "14 Dec 2026",
        "14th of December 2026".replace(" of", ""),
        "December 14, 2026",
        "Dec. 14 2026",
    ],
)
def test_a_day_that_can_be_only_one_is_read(typed):
    assert day_in(typed) == THE_DAY


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_missing"),
        ("1/12/2026", "date_ambiguous"),
        ("1.12.2026", "date_ambiguous"),
        ("12월 1일", "date_without_year"),
        ("12月1日", "date_without_year"),
        ("12/1", "date_without_year"),
        ("1/12/26", "date_short_year"),
        ("26. 12. 1.", "date_short_year"),
        ("46370", "date_serial"),
        ("2026-02-30", "date_impossible"),
        ("31/11/2026", "date_impossible"),
        ("next Monday", "date_unknown"),
        ("14 Foo 2026", "date_unknown"),
        ("1926-12-14", "date_unknown"),
        ("9" * 3000, "date_unknown"),
    ],
)
def test_a_day_that_may_be_another_is_asked_for(typed, code):
    with pytest.raises(CellUnclear) as caught:
        day_in(typed)
    assert caught.value.code == code


def test_both_days_that_may_be_meant_are_told():
    with pytest.raises(CellUnclear) as caught:
        day_in("1/12/2026")
    assert (caught.value.facts["one"], caught.value.facts["other"]) == ("2026-12-01", "2026-01-12")


def test_the_same_day_written_either_way_is_one():
    assert day_in("12/12/2026") == date(2026, 12, 12)


@pytest.mark.parametrize(
    ("serials", "number"), [("1900", "46370"), ("1904", "44908"), ("1900", "46370.4375")]
)
def test_days_that_a_workbook_counts_are_read_by_its_own_counting(serials, number):
    assert day_in(number, serials=serials) == THE_DAY


@pytest.mark.parametrize(
    "typed",
    [
        "10:30",
        "10:30:00",
        "10:30~11:30",
        "10:30–11:30",
        "오전 10:30",
        "오전 10시 30분",
        "10시 반",
        "午前10時30分",
        "上午10:30",
        "10:30 AM",
        "10h30",
        "１０：３０",
        "2026-12-14 10:30:00",
    ],
)
def test_a_time_that_can_be_only_one_is_read(typed):
    assert time_in(typed) == time(10, 30)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("오후 2시", time(14)),
        ("2 pm", time(14)),
        ("12:30 AM", time(0, 30)),
        ("下午2点", time(14)),
        ("14시", time(14)),
    ],
)
def test_halves_of_the_day_are_read(typed, at):
    assert time_in(typed) == at


def test_a_fraction_of_a_day_is_a_time_in_a_workbook_alone():
    assert time_in("0.4375", serials="1900") == time(10, 30)
    with pytest.raises(CellUnclear):
        time_in("0.4375")


@pytest.mark.parametrize(
    "typed", ["", "25:00", "10:75", "half past ten", "1030", "10.30", "13:00 pm", "오전 13시"]
)
def test_a_time_that_may_be_another_is_asked_for(typed):
    with pytest.raises(CellUnclear):
        time_in(typed)


@pytest.mark.parametrize(
    ("typed", "people"),
    [("", None), ("12", 12), ("12명", 12), ("12.0", 12), ("１２人", 12), ("12 people", 12)],
)
def test_people_are_counted(typed, people):
    assert count_in(typed) == people


@pytest.mark.parametrize("typed", ["0", "-3", "12.5", "5001", "about 12", "12-15", "십이"])
def test_what_is_no_number_of_people_is_asked_for(typed):
    with pytest.raises(CellUnclear):
        count_in(typed)
