"""How early one must ask, in days of the site's own calendar, and how old its facts may be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.core.booking import decide
from tests.cast import seoul
from tests.core.given import ASKED_AT, cautioned, codes, diary, request, running, site


def told(session, **facts):
    return decide(request(), diary(session, site=site(**facts)), ASKED_AT)


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (seoul(4, 23, 59), set()),
        (seoul(5), {"notice_too_short"}),
        (datetime(2026, 12, 4, 14, 59, 59, tzinfo=UTC), set()),
        (datetime(2026, 12, 4, 15, 0, tzinfo=UTC), {"notice_too_short"}),
    ],
)
def test_notice_is_counted_in_days_of_the_sites_own_calendar(at, refused):
    asked = diary(running(seoul(14, 10)), site=site(notice_days=10))
    assert codes(decide(request(), asked, at)) == refused


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (seoul(14, 9, 59), set()),
        (seoul(14, 10), {"in_the_past", "notice_too_short"}),
        (seoul(15), {"in_the_past", "notice_too_short"}),
    ],
)
def test_without_notice_one_may_ask_until_it_begins_and_not_after(at, refused):
    assert codes(decide(request(), diary(running(seoul(14, 10))), at)) == refused


def test_what_has_begun_cannot_be_passed_with_a_reason():
    overriding = replace(request(), overrides=frozenset({"notice_too_short", "outside_stay", "in_the_past"}))
    assert codes(decide(overriding, diary(running(seoul(14, 10))), seoul(15))) == {"in_the_past"}


def test_the_notice_refusal_says_until_when_one_could_have_asked():
    asked = diary(running(seoul(14, 10)), site=site(notice_days=10))
    assert decide(request(), asked, seoul(5)).refusals[0].facts == {
        "notice_days": 10,
        "latest_request_on": date(2026, 12, 4),
        "starts_at": seoul(14, 10),
    }


@pytest.mark.parametrize(
    ("checked_on", "cautions"),
    [
        (None, set()),
        (date(2025, 12, 1), set()),
        (date(2025, 11, 30), {"facts_unverified"}),
        (date(2026, 12, 1), set()),
    ],
)
def test_facts_unverified_for_over_a_year_are_cautioned(checked_on, cautions):
    verdict = told(running(seoul(14, 10)), facts_checked_on=checked_on)
    assert (codes(verdict), cautioned(verdict)) == (set(), cautions)
