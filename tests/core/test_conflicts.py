"""What a delegation's own days allow: stay, size, state, where else it is, and what to think twice about."""

from datetime import date, timedelta

import pytest

from scheduler.core.booking import decide
from scheduler.core.spans import Span
from tests.cast import seoul
from tests.core.given import ASKED_AT, cautioned, codes, delegation, diary, request, running, stop

TEN, ELEVEN = seoul(14, 10), seoul(14, 11)


def told(**facts):
    return decide(request(), diary(running(TEN), delegation=delegation(**facts)), ASKED_AT)


@pytest.mark.parametrize(
    ("arrives_at", "departs_at", "refused"),
    [
        (TEN, ELEVEN, set()),
        (TEN + timedelta(seconds=1), ELEVEN, {"outside_stay"}),
        (TEN, ELEVEN - timedelta(seconds=1), {"outside_stay"}),
        (seoul(1), seoul(2), {"outside_stay"}),
    ],
)
def test_a_visit_lies_within_the_stay_both_ends_included(arrives_at, departs_at, refused):
    assert codes(told(stay=Span(arrives_at, departs_at))) == refused


@pytest.mark.parametrize(("headcount", "refused"), [(10, set()), (9, {"more_than_the_delegation"})])
def test_no_more_come_than_the_delegation_has(headcount, refused):
    assert codes(told(headcount=headcount)) == refused


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_delegation_that_is_over_books_nothing(state):
    refusal = told(is_open=False, state=state).refusals[0]
    assert (refusal.code, refusal.facts) == ("state_forbids", {"act": "book", "delegation_state": state})


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "refused"),
    [
        (seoul(14, 9), TEN, set()),
        (seoul(14, 9), TEN + timedelta(seconds=1), {"already_elsewhere"}),
        (ELEVEN, seoul(14, 12), set()),
        (ELEVEN - timedelta(seconds=1), seoul(14, 12), {"already_elsewhere"}),
        (TEN, ELEVEN, {"already_elsewhere"}),
        (seoul(14, 10, 20), seoul(14, 10, 40), {"already_elsewhere"}),
    ],
)
def test_a_delegation_is_in_one_place_at_a_time_half_open(starts_at, ends_at, refused):
    assert codes(told(stops=(stop(starts_at, ends_at),))) == refused


def test_every_place_they_are_at_is_named():
    stops = (stop(seoul(14, 9), seoul(14, 10, 30), "A", 1), stop(seoul(14, 10, 30), ELEVEN, "B", 2))
    assert [refusal.facts["site"] for refusal in told(stops=stops).refusals] == ["A", "B"]


@pytest.mark.parametrize(
    ("ended_at", "cautions"),
    [
        (TEN, {"short_break_before"}),
        (TEN - timedelta(minutes=29, seconds=59), {"short_break_before"}),
        (TEN - timedelta(minutes=30), set()),
        (TEN - timedelta(hours=2), set()),
    ],
)
def test_less_than_thirty_minutes_after_another_site_is_cautioned(ended_at, cautions):
    assert cautioned(told(stops=(stop(ended_at - timedelta(hours=1), ended_at),))) == cautions


def test_a_short_break_at_the_same_site_is_none():
    assert cautioned(told(stops=(stop(seoul(14, 9), TEN, "TOPIS"),))) == set()


def test_the_caution_says_how_many_minutes_and_after_which_site():
    caution = told(stops=(stop(seoul(14, 8), seoul(14, 9, 45)),)).cautions[0]
    assert caution.facts == {"minutes": 15, "site": "WRC-J", "visit_id": 50}


def stops_on(day, number):
    return tuple(stop(seoul(day, 11 + n), seoul(day, 12 + n), "TOPIS", n) for n in range(number))


@pytest.mark.parametrize(
    ("stops", "cautions"),
    [
        (stops_on(14, 2), set()),
        (stops_on(14, 3), {"fourth_stop_that_day"}),
        (stops_on(14, 4), {"fourth_stop_that_day"}),
        (stops_on(15, 3), set()),
    ],
)
def test_the_fourth_stop_of_a_day_is_cautioned(stops, cautions):
    assert cautioned(told(stops=stops)) == cautions


def test_a_stop_belongs_to_the_day_of_the_sites_own_clock():
    at_night = tuple(stop(seoul(14, 0, 10 * n), seoul(14, 0, 10 * n + 5), "TOPIS", n) for n in range(3))
    assert cautioned(told(stops=at_night)) == {"fourth_stop_that_day"}


@pytest.mark.parametrize(
    ("holiday_on", "cautions"), [(date(2026, 12, 14), {"holiday_at_home"}), (date(2026, 12, 13), set())]
)
def test_a_public_holiday_at_home_is_cautioned(holiday_on, cautions):
    assert cautioned(told(home_holidays={holiday_on: "National Day"})) == cautions
