"""How full a site is by the hour: what touches an hour counts in it; closures show; outside is left out."""

from datetime import date, datetime, time, timedelta

from scheduler.core.facts import Closure, ClosureRules, OpeningHours, Running, SiteFacts
from scheduler.core.hourly import HourLoad, hourly
from scheduler.core.spans import Span
from tests.cast import SEOUL

MONDAY = date(2026, 12, 14)


def at(hour, minute=0):
    return datetime.combine(MONDAY, time(hour, minute), SEOUL)


def site(**changed):
    hours = (OpeningHours(weekday=0, opens=time(10), closes=time(12, 30)),)
    return SiteFacts(**({"id": 1, "code": "MUSEUM", "zone": SEOUL, "hours": hours} | changed))


def running(begins, minutes, places=30, taken=0):
    ends = begins + timedelta(minutes=minutes)
    return Running(1, begins, ends, ends, places, taken)


def test_hours_outside_opening_are_left_out_and_a_begun_one_counts():
    assert list(hourly(site(), MONDAY, [])) == [10, 11, 12]


def test_a_tour_counts_in_every_hour_it_touches():
    found = hourly(site(), MONDAY, [running(at(10, 30), 60, taken=12), running(at(11), 30, 20, 5)])
    assert found[10] == HourLoad(30, 12, False)
    assert found[11] == HourLoad(50, 17, False)
    assert found[12] == HourLoad(None, 0, False)


def test_a_tour_that_ends_at_eleven_does_not_touch_the_hour_from_eleven():
    assert hourly(site(), MONDAY, [running(at(10), 60)])[11].places is None


def test_a_tour_outside_opening_hours_shows_all_the_same():
    assert hourly(site(), MONDAY, [running(at(20), 60, taken=3)])[20] == HourLoad(30, 3, False)


def test_a_closure_closes_the_hours_it_touches():
    closed = site(closures=(Closure(id=1, span=Span(at(11, 30), at(12)), reason="Repairs"),))
    assert [load.is_closed for load in hourly(closed, MONDAY, []).values()] == [False, True, False]


def test_a_closing_weekday_closes_all_its_hours():
    closed = site(closure_rules=ClosureRules(weekdays=frozenset({0})))
    assert all(load.is_closed for load in hourly(closed, MONDAY, []).values())
