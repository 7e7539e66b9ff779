"""The whole answer: every reason at once, what can be overridden, nothing touched, the nearest yes."""

import copy
from datetime import date

import pytest

from scheduler.core.booking import decide
from scheduler.core.facts import ClosureRules
from scheduler.core.spans import Span
from scheduler.core.verdicts import OVERRIDES, Caution, CautionCode, OverrideNeeds, RefusalCode, Verdict
from tests.cast import seoul
from tests.core.given import (
    ASKED_AT,
    cautioned,
    closure,
    codes,
    delegation,
    diary,
    hours,
    occupancy,
    request,
    running,
    site,
    stop,
    tour,
)

TEN = seoul(14, 10)


def test_a_request_that_nothing_stands_against_is_accepted():
    assert decide(request(), diary(), ASKED_AT) == Verdict()


# Everything that can stand against a request at once: a site and a delegation for which all is wrong.
WRONG_SITE = site(
    hours=hours("12:00", "17:00"),
    closure_rules=ClosureRules(weekdays=frozenset({0})),
    closures=(closure(TEN, seoul(14, 12)),),
    notice_days=30,
    people_at_once=20,
    groups_at_once=1,
    languages=frozenset({"ko"}),
    active_to=date(2026, 12, 1),
    facts_checked_on=date(2008, 7, 28),
)
WRONG_DELEGATION = delegation(
    headcount=39,
    is_open=False,
    state="closed",
    stay=Span(seoul(15), seoul(16)),
    stops=(
        stop(seoul(14, 8), seoul(14, 9, 50)),
        stop(seoul(14, 10, 30), seoul(14, 12)),
        stop(seoul(14, 13), seoul(14, 14)),
    ),
    home_holidays={date(2026, 12, 14): "National Day"},
)
ALL_WRONG = diary(
    running(TEN, places_taken=10),
    site=WRONG_SITE,
    tour=tour(active_from=date(2027, 1, 1)),
    present=[occupancy(TEN, seoul(14, 11), 10)],
    delegation=WRONG_DELEGATION,
)


def test_every_refusal_and_every_caution_is_told_at_once():
    verdict = decide(request(40), ALL_WRONG, ASKED_AT)
    assert codes(verdict) == {
        "outside_hours",
        "closed",
        "site_not_in_operation",
        "tour_not_in_operation",
        "notice_too_short",
        "group_too_large",
        "no_places_left",
        "too_many_people_at_once",
        "too_many_groups_at_once",
        "no_common_language",
        "already_elsewhere",
        "outside_stay",
        "more_than_the_delegation",
        "state_forbids",
    }
    assert [r.facts["by"] for r in verdict.refusals if r.code == "closed"] == ["weekday", "closure"]
    assert cautioned(verdict) == {
        "fourth_stop_that_day",
        "facts_unverified",
        "holiday_at_home",
        "short_break_before",
    }


def test_deciding_twice_gives_the_same_and_changes_nothing():
    before = copy.deepcopy(ALL_WRONG.delegation.stops), ALL_WRONG.running
    assert decide(request(40), ALL_WRONG, ASKED_AT) == decide(request(40), ALL_WRONG, ASKED_AT)
    assert (ALL_WRONG.delegation.stops, ALL_WRONG.running) == before


def test_an_hour_without_a_session_is_refused_with_whatever_else_stands_against_it():
    shut_on_monday = site(closure_rules=ClosureRules(weekdays=frozenset({0})), notice_days=30)
    asked = diary(None, wanted_at=TEN, site=shut_on_monday)
    verdict = decide(request(40), asked, ASKED_AT)
    assert codes(verdict) == {
        "no_session_then",
        "closed",
        "notice_too_short",
        "group_too_large",
        "more_than_the_delegation",
        "no_places_left",
    }


# Overrides --------------------------------------------------------------------------------------------------


def test_the_table_of_overrides_is_the_issues():
    assert {code.value: needs for code, needs in OVERRIDES.items()} == {
        "notice_too_short": OverrideNeeds.REASON,
        "group_too_small": OverrideNeeds.REASON,
        "group_too_large": OverrideNeeds.REASON,
        "outside_stay": OverrideNeeds.REASON,
        "outside_hours": OverrideNeeds.OWNER_AGREEMENT,
        "closed": OverrideNeeds.OWNER_AGREEMENT,
    }


@pytest.mark.parametrize("code", list(RefusalCode))
def test_what_the_table_names_is_overridden_and_told_apart_and_nothing_else_ever_is(code):
    verdict = decide(request(40, overrides=frozenset({code.value})), ALL_WRONG, ASKED_AT)
    standing = codes(decide(request(40), ALL_WRONG, ASKED_AT))
    passed = {code.value} & standing if code in OVERRIDES else set()
    assert codes(verdict) == standing - passed
    assert {refusal.code.value for refusal in verdict.overridden} == passed


def test_a_request_is_accepted_when_all_that_stood_against_it_is_overridden():
    shut = diary(running(TEN), site=site(notice_days=30, closures=(closure(TEN, seoul(14, 12)),)))
    verdict = decide(request(overrides=frozenset({"notice_too_short", "closed"})), shut, ASKED_AT)
    assert (verdict.is_refused, len(verdict.overridden)) == (False, 2)


# Cautions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acknowledged", "left"),
    [
        ((), {"facts_unverified", "fourth_stop_that_day"}),
        (("facts_unverified",), {"fourth_stop_that_day"}),
        (("facts_unverified", "fourth_stop_that_day"), set()),
        (("all",), set()),
        (("holiday_at_home",), {"facts_unverified", "fourth_stop_that_day"}),
    ],
)
def test_a_caution_stands_until_it_is_ticked(acknowledged, left):
    verdict = Verdict(
        cautions=(Caution(CautionCode.FACTS_UNVERIFIED), Caution(CautionCode.FOURTH_STOP_THAT_DAY))
    )
    assert {caution.code.value for caution in verdict.unacknowledged(acknowledged)} == left
