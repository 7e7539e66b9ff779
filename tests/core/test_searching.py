"""What is typed into a search, read."""

from datetime import date

import pytest

from scheduler.core.searching import Almanac, folded, numbered, plainly, without_days

ALMANAC = Almanac(date(2026, 11, 22), {"dec": 12, "december": 12, "ديسمبر": 12, "may": 5})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("São Paulo", "SAO PAULO"),
        ("ＴＯＰＩＳ", "topis"),
        ("ﾄﾞｸﾄﾙ", "ドクトル"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("Đà Nẵng".replace("Đ", "D"), "da nang"),
        ("서울", "서울"),
    ],
)
def test_texts_that_people_hold_for_the_same_are_the_same(typed, meant):
    assert folded(typed) == folded(meant)


def test_a_syllable_is_no_part_of_another():
    assert folded("하") not in folded("한강")


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-12-01", "2026. 12. 1.", "2026.12.01", "2026/12/1", "20261201", "2026년 12월 1일"),
        *("2026年12月1日", "12월 1일", "12月1日", "1 Dec", "1st December", "Dec 1", "1 December 2026"),
        *("December 1, 2026", "١ ديسمبر", "２０２６-１２-０１"),
    ],
)
def test_a_day_is_read_in_the_forms_people_write(typed):
    days, rest = without_days(typed, ALMANAC)
    assert (days, rest.strip()) == ((date(2026, 12, 1),), "")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("12.1", (date(2026, 12, 1), date(2027, 1, 12))),
        ("31/12", (date(2026, 12, 31),)),
        ("29.2", (date(2028, 2, 29),)),
        ("1 May", (date(2027, 5, 1),)),
        ("2026-13-45", ()),
        ("10.0.0.1", ()),
        ("99.99", ()),
        ("may", ()),
        ("31 Dec 0001", ()),
    ],
)
def test_a_day_without_its_year_is_the_nearest_and_a_doubtful_one_is_both(typed, days):
    assert without_days(typed, ALMANAC)[0] == days


def test_words_beside_a_day_stay():
    days, rest = without_days("Hanoi 1 Dec mayor", ALMANAC)
    assert (days, rest.split()) == ((date(2026, 12, 1),), ["hanoi", "mayor"])


def test_a_number_is_one_that_a_row_could_have():
    assert [numbered(text) for text in ("12", "#12", " # 12", "１２")] == [12] * 4
    assert [numbered(text) for text in ("0", "2147483648", "12a", "-1", "")] == [None] * 5


def test_more_words_than_anybody_means_are_left():
    assert len(plainly("word " * 40).words) == 8
