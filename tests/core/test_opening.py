"""When a site can be visited: each rule at its exact edge, spans half-open, days by the site's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.booking import decide
from scheduler.core.facts import ClosureRules, PublicHoliday
from scheduler.core.opening import hours_on, open_day
from scheduler.core.spans import Span
from scheduler.core.verdicts import RefusalCode
from tests.cast import SEOUL, seoul
from tests.core.given import (
    ASKED_AT,
    closure,
    codes,
    delegation,
    diary,
    hours,
    request,
    running,
    site,
    tour,
)


def told(session, **facts):
    return decide(request(), diary(session, site=site(**facts)), ASKED_AT)


def on(day, **facts):
    """The refusals of a running at 10 on some day of a site open every day."""
    stay = Span(day - timedelta(days=1), day + timedelta(days=1))
    given = {"hours": hours(weekdays=range(7))} | facts
    asked = diary(running(day), site=site(**given), delegation=delegation(stay=stay))
    return decide(request(), asked, day - timedelta(days=100))


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "refused"),
    [
        (seoul(14, 10), seoul(14, 11), set()),
        (seoul(14, 9, 59), seoul(14, 10, 59), {"outside_hours"}),
        (seoul(14, 16), seoul(14, 17), set()),
        (seoul(14, 16, 1), seoul(14, 17, 1), {"outside_hours"}),
        (seoul(14, 10), seoul(14, 17), set()),
        (seoul(14, 18), seoul(14, 19), {"outside_hours"}),
        (seoul(12, 10), seoul(12, 11), {"outside_hours"}),
    ],
)
def test_a_visit_lies_within_the_hours_both_ends_included(starts_at, ends_at, refused):
    assert codes(told(running(starts_at, ends_at=ends_at))) == refused


def test_a_visit_may_not_span_a_lunch_break_between_two_hours_of_one_day():
    facts = {"hours": hours("09:00", "12:00") + hours("13:00", "17:00")}
    assert codes(told(running(seoul(14, 11)), **facts)) == set()
    assert codes(told(running(seoul(14, 13)), **facts)) == set()
    assert codes(told(running(seoul(14, 11, 30), ends_at=seoul(14, 13, 30)), **facts)) == {"outside_hours"}


def test_the_refusal_names_the_hours_of_that_day_in_order():
    facts = {"hours": hours("13:00", "17:00") + hours("09:00", "12:00")}
    refusal = told(running(seoul(14, 12)), **facts).refusals[0]
    assert refusal.facts == {
        "hours": [(seoul(14, 9), seoul(14, 12)), (seoul(14, 13), seoul(14, 17))],
        "starts_at": seoul(14, 12),
    }


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 12, 13), ["09:00"]),
        (date(2026, 12, 14), ["09:00", "10:00"]),
        (date(2026, 12, 15), ["10:00"]),
    ],
)
def test_hours_hold_within_their_dates_both_included(day, opens):
    facts = site(
        hours=hours("09:00", "12:00", range(7), valid_to=date(2026, 12, 14))
        + hours("10:00", "17:00", range(7), valid_from=date(2026, 12, 14))
    )
    assert [h.opens for h in hours_on(facts, day)] == [time.fromisoformat(text) for text in opens]


def test_the_day_is_the_sites_own_and_not_that_of_utc():
    monday_in_seoul = datetime(2026, 12, 13, 23, 0, tzinfo=UTC)
    asked = diary(running(monday_in_seoul), site=site(hours=hours("08:00", "17:00")))
    assert codes(decide(request(), asked, ASKED_AT)) == set()


def test_a_site_in_another_zone_keeps_its_own_hours():
    bangkok = ZoneInfo("Asia/Bangkok")
    ten_in_bangkok = datetime(2026, 12, 14, 10, tzinfo=bangkok)
    assert codes(told(running(ten_in_bangkok), zone=bangkok)) == set()
    assert codes(told(running(seoul(14, 10)), zone=bangkok)) == {"outside_hours"}


CLOSED_MONDAY = ClosureRules(weekdays=frozenset({0}))
PUBLIC = ClosureRules(on_public_holidays=True)
MAIN = ClosureRules(on_main_holidays=True)
MOVING = ClosureRules(weekdays=frozenset({0}), moves_after_holiday=True)


def test_a_closing_weekday_closes_that_day_and_says_which():
    refusal = on(seoul(14, 10), closure_rules=CLOSED_MONDAY).refusals[0]
    assert (refusal.code, refusal.facts) == (
        RefusalCode.CLOSED,
        {"by": "weekday", "on": date(2026, 12, 14), "weekday": 0},
    )
    assert codes(on(seoul(15, 10), closure_rules=CLOSED_MONDAY)) == set()


def holidays(*days, is_main=False):
    return {day: PublicHoliday(on=day, name="Holiday", is_main=is_main) for day in days}


@pytest.mark.parametrize(
    ("rules", "is_main", "refused"),
    [
        (ClosureRules(), False, set()),
        (ClosureRules(), True, set()),
        (PUBLIC, False, {"closed"}),
        (PUBLIC, True, {"closed"}),
        (MAIN, False, set()),
        (MAIN, True, {"closed"}),
    ],
)
def test_public_and_main_holidays_are_two_switches(rules, is_main, refused):
    christmas = date(2026, 12, 25)
    facts = {"closure_rules": rules, "holidays": holidays(christmas, is_main=is_main)}
    assert codes(on(seoul(25, 10), **facts)) == refused
    assert codes(on(seoul(24, 10), **facts)) == set()


def test_a_holiday_refusal_names_the_holiday():
    facts = {"closure_rules": PUBLIC, "holidays": holidays(date(2026, 12, 25))}
    assert on(seoul(25, 10), **facts).refusals[0].facts == {
        "by": "holiday",
        "on": date(2026, 12, 25),
        "holiday": "Holiday",
    }


@pytest.mark.parametrize(
    ("free", "day", "by"),
    [
        ([], 14, "weekday"),
        ([], 15, None),
        ([14], 14, None),
        ([14], 15, "moved_weekday"),
        ([14], 16, None),
        ([14, 15], 15, None),
        ([14, 15], 16, "moved_weekday"),
        ([14, 15], 17, None),
        ([15], 15, None),
        ([15], 16, None),
    ],
)
def test_a_closing_monday_on_a_holiday_moves_to_the_first_working_day_after_it(free, day, by):
    facts = {"closure_rules": MOVING, "holidays": holidays(*(date(2026, 12, d) for d in free))}
    refusals = on(seoul(day, 10), **facts).refusals
    assert [refusal.facts["by"] for refusal in refusals] == ([by] if by else [])


def test_a_moved_closing_day_says_from_where_it_moved():
    facts = {"closure_rules": MOVING, "holidays": holidays(date(2026, 12, 14))}
    assert on(seoul(15, 10), **facts).refusals[0].facts["moved_from"] == date(2026, 12, 14)


def test_without_the_switch_a_closing_monday_stays_closed_on_a_holiday_and_tuesday_open():
    facts = {"closure_rules": CLOSED_MONDAY, "holidays": holidays(date(2026, 12, 14))}
    assert codes(on(seoul(14, 10), **facts)) == {"closed"}
    assert codes(on(seoul(15, 10), **facts)) == set()


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "refused"),
    [
        (seoul(14, 9), seoul(14, 10), set()),
        (seoul(14, 9), seoul(14, 10, 1), {"closed"}),
        (seoul(14, 11), seoul(14, 12), set()),
        (seoul(14, 10, 59), seoul(14, 12), {"closed"}),
        (seoul(14, 10, 15), seoul(14, 10, 30), {"closed"}),
        (seoul(13), seoul(15), {"closed"}),
    ],
)
def test_a_dated_closure_is_half_open_on_both_sides(starts_at, ends_at, refused):
    assert codes(told(running(seoul(14, 10)), closures=(closure(starts_at, ends_at),))) == refused


def test_every_closure_that_touches_is_named_with_its_reason():
    both = (
        closure(seoul(14, 9), seoul(14, 10, 30), "Drill"),
        closure(seoul(14, 10), seoul(14, 12), "Repair"),
    )
    refusals = told(running(seoul(14, 10)), closures=both).refusals
    assert [(r.facts["by"], r.facts["reason"]) for r in refusals] == [
        ("closure", "Drill"),
        ("closure", "Repair"),
    ]


@pytest.mark.parametrize(
    ("active", "refused"),
    [
        ({"active_from": date(2026, 12, 14)}, False),
        ({"active_from": date(2026, 12, 15)}, True),
        ({"active_to": date(2026, 12, 14)}, False),
        ({"active_to": date(2026, 12, 13)}, True),
        ({"active_from": date(2026, 12, 1), "active_to": date(2026, 12, 31)}, False),
    ],
)
def test_site_and_tour_are_in_operation_from_and_to_their_days_included(active, refused):
    session = running(seoul(14, 10))
    assert codes(told(session, **active)) == ({"site_not_in_operation"} if refused else set())
    of_tour = decide(request(), diary(session, tour=tour(**active)), ASKED_AT)
    assert codes(of_tour) == ({"tour_not_in_operation"} if refused else set())


def test_open_day_gives_the_hours_as_instants_of_the_sites_zone():
    opens = open_day(site(), date(2026, 12, 14)).opens
    assert [(o.starts_at, o.ends_at) for o in opens] == [(seoul(14, 10), seoul(14, 17))]
    assert opens[0].starts_at.tzinfo is SEOUL
