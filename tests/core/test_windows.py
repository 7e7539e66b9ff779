"""Windows on request: every quarter hour that the hours of a day allow."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.windows import is_window_start, window, windows
from tests.cast import seoul
from tests.core.given import hours, running, site, tour

MONDAY = date(2026, 12, 14)


def starts(of_site, minutes=60, booked=None):
    found = windows(of_site, tour(minutes=minutes), [MONDAY], booked or {})
    return [running.starts_at for running in found]


def test_windows_start_at_every_quarter_from_opening_until_they_no_longer_end_in_time():
    assert starts(site(hours=hours("10:00", "12:00"))) == [
        seoul(14, 10) + timedelta(minutes=m) for m in range(0, 61, 15)
    ]


@pytest.mark.parametrize(
    ("opens", "first"), [("10:00", (10, 0)), ("10:01", (10, 15)), ("10:15", (10, 15)), ("10:50", (11, 0))]
)
def test_the_first_window_is_the_first_whole_quarter_after_opening(opens, first):
    assert starts(site(hours=hours(opens, "13:00")))[0] == seoul(14, *first)


@pytest.mark.parametrize(("closes", "number"), [("10:59", 0), ("11:00", 1), ("11:14", 1), ("11:15", 2)])
def test_the_last_window_ends_by_closing_time(closes, number):
    assert len(starts(site(hours=hours("10:00", closes)))) == number


def test_a_day_without_hours_has_no_windows():
    assert starts(site(hours=hours(weekdays=[1]))) == []


def test_two_stretches_of_hours_have_each_their_windows():
    found = starts(site(hours=hours("10:00", "11:00") + hours("14:00", "15:00")))
    assert found == [seoul(14, 10), seoul(14, 14)]


def test_a_booked_window_is_given_as_it_is_and_one_outside_the_hours_is_not_lost():
    inside, outside = running(seoul(14, 10), id=4, places_taken=9), running(seoul(14, 20), id=5)
    booked = {inside.starts_at: inside, outside.starts_at: outside}
    found = list(windows(site(hours=hours("10:00", "11:15")), tour(), [MONDAY], booked))
    assert [(r.id, r.places_left) for r in found] == [(4, 21), (None, 30), (5, 30)]


def test_a_window_is_as_long_as_its_tour_and_clear_after_the_turnaround():
    made = window(site(turnaround_minutes=15), tour(minutes=90, places=25), seoul(14, 10))
    assert (made.id, made.ends_at, made.clear_at, made.places, made.places_taken) == (
        None,
        seoul(14, 11, 30),
        seoul(14, 11, 45),
        25,
        0,
    )


@pytest.mark.parametrize(
    ("instant", "is_start"),
    [
        (seoul(14, 10), True),
        (seoul(14, 10, 45), True),
        (seoul(14, 10, 50), False),
        (seoul(14, 10) + timedelta(seconds=1), False),
        (seoul(14, 10) + timedelta(microseconds=1), False),
    ],
)
def test_only_a_whole_quarter_hour_is_a_start(instant, is_start):
    assert is_window_start(site(), instant) is is_start


@given(
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.integers(5, 300),
    st.sampled_from(["Asia/Seoul", "Asia/Kathmandu", "UTC", "America/New_York"]),
)
def test_every_window_starts_on_a_quarter_and_fits_the_hours(opens, closes, minutes, zone):
    if opens >= closes:
        return
    facts = site(hours=hours(opens.isoformat(), closes.isoformat()), zone=ZoneInfo(zone))
    for found in windows(facts, tour(minutes=minutes), [MONDAY], {}):
        assert is_window_start(facts, found.starts_at)
        local_start, local_end = found.starts_at.astimezone(facts.zone), found.ends_at.astimezone(facts.zone)
        assert opens <= local_start.time()
        assert local_end.date() == MONDAY
        assert local_end.time() <= closes
