"""Whether a delegation may have an engagement then: in town, not elsewhere, not too many, in time."""

from dataclasses import replace

import pytest

from scheduler.core.engagements import EngagementRequest, decide_engagement
from scheduler.core.facts import DelegationFacts
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind, PartFacts, Stop
from scheduler.core.travel import Travel
from tests.cast import seoul
from tests.core.given import ASKED_AT

MUSEUM = PartFacts(1, "Museum or plant", "Museum", 8)
PLANT = PartFacts(2, "Museum or plant", "Plant", 4)
WALKERS = PartFacts(3, "Walk or ride", "Walkers", 6)
WAYS = Travel(
    table={("TOPIS", "LUNCH"): {-1: 20}, ("LUNCH", "MAYOR"): {-1: 30}, ("GIMPO", "HOTEL"): {-1: 45}}
)


NOON, ONE = seoul(14, 12), seoul(14, 13)


def lunch(starts_at=NOON, ends_at=ONE, **told):
    given = {"delegation_id": 1, "kind": EngagementKind.MEAL, "place": "LUNCH"}
    return EngagementRequest(starts_at=starts_at, ends_at=ends_at, **(given | told))


def stop(starts_at, ends_at, where="TOPIS", **told):
    given = {"visit_id": 7, "site_code": where, "span": Span(starts_at, ends_at), "headcount": 12}
    return Stop(**(given | told))


def delegation(*stops, **facts):
    given = {
        "id": 1,
        "headcount": 12,
        "languages": frozenset({"en"}),
        "has_interpreter": False,
        "stay": Span(seoul(10), seoul(20)),
        "stops": stops,
        "parts": {part.id: part for part in (MUSEUM, PLANT, WALKERS)},
        "travel": WAYS,
    }
    return DelegationFacts(**(given | facts))


def codes(request, facts, at=ASKED_AT):
    verdict = decide_engagement(request, facts, at)
    return [refusal.code.value for refusal in verdict.refusals], [c.code.value for c in verdict.cautions]


def test_a_free_hour_within_the_stay_is_allowed():
    assert codes(lunch(), delegation()) == ([], [])


@pytest.mark.parametrize(
    ("request_", "facts", "refused"),
    [
        (lunch(seoul(9, 12), seoul(9, 13)), delegation(), ["outside_stay"]),
        (lunch(seoul(19, 23), seoul(20, 0, 1)), delegation(), ["outside_stay"]),
        (lunch(seoul(19, 23), seoul(20)), delegation(), []),
        (lunch(), delegation(is_open=False, state="closed"), ["state_forbids"]),
        (lunch(headcount=13), delegation(), ["more_than_the_delegation"]),
        (lunch(part_id=2, headcount=5), delegation(), ["more_than_the_part"]),
        (lunch(part_id=2), delegation(), []),
        (lunch(), delegation(stop(seoul(14, 12, 30), seoul(14, 14), "LUNCH")), ["already_elsewhere"]),
        (lunch(), delegation(stop(seoul(14, 13), seoul(14, 14), "LUNCH")), []),
    ],
)
def test_what_stands_against_an_engagement(request_, facts, refused):
    assert codes(request_, facts)[0] == refused


def test_what_begins_now_or_began_is_in_the_past():
    assert codes(lunch(), delegation(), at=seoul(14, 12))[0] == ["in_the_past"]
    assert codes(lunch(), delegation(), at=seoul(14, 11, 59))[0] == []


def test_overlap_is_judged_by_part():
    museum = stop(seoul(14, 12), seoul(14, 13), "LUNCH", part=MUSEUM, headcount=8)
    refused = {part_id: codes(lunch(part_id=part_id), delegation(museum))[0] for part_id in (None, 1, 2, 3)}
    elsewhere = ["already_elsewhere"]
    assert refused == {None: elsewhere, 1: elsewhere, 2: [], 3: elsewhere}


def test_who_cannot_come_in_time_or_go_on_in_time_is_told_by_how_much():
    before, after = stop(seoul(14, 10), seoul(14, 11, 50)), stop(seoul(14, 13, 25), seoul(14, 14), "MAYOR")
    verdict = decide_engagement(lunch(), delegation(before, after), ASKED_AT)
    told = [
        (r.code.value, r.facts["site"], r.facts["minutes"], r.facts["slack_minutes"])
        for r in verdict.refusals
    ]
    assert told == [
        ("cannot_come_from_stop_before", "TOPIS", 20, -10),
        ("cannot_reach_stop_after", "MAYOR", 30, -5),
    ]


def test_slack_under_fifteen_minutes_is_a_caution():
    slack = {
        minute: codes(lunch(), delegation(stop(seoul(14, 10), seoul(14, 11, minute))))[1]
        for minute in (24, 25, 26, 40)
    }
    assert slack == {24: [], 25: [], 26: ["thin_slack"], 40: ["thin_slack"]}


def test_an_engagement_is_no_fourth_stop_and_minds_no_holiday():
    stops = [stop(seoul(14, hour), seoul(14, hour + 1), "LUNCH", visit_id=hour) for hour in (8, 9, 10)]
    assert codes(lunch(), delegation(*stops, home_holidays={seoul(14).date(): "Feast"})) == ([], [])


def test_a_changed_engagement_never_stands_in_its_own_way():
    own = replace(stop(seoul(14, 12), seoul(14, 13), "LUNCH"), visit_id=None, engagement_id=5, kind="meal")
    assert codes(lunch(engagement_id=5), delegation(own))[0] == []
    assert codes(lunch(), delegation(own))[0] == ["already_elsewhere"]


def transfer(ends_at):
    told = {"kind": EngagementKind.TRANSFER, "place": "GIMPO", "destination": "HOTEL"}
    return lunch(seoul(10, 9), ends_at, **told)


def test_a_transfer_lasts_as_long_as_its_way():
    assert codes(transfer(seoul(10, 9, 45)), delegation())[0] == []
    verdict = decide_engagement(transfer(seoul(10, 9, 40)), delegation(), ASKED_AT)
    assert [(r.code.value, r.facts["site"], r.facts["slack_minutes"]) for r in verdict.refusals] == [
        ("cannot_reach_stop_after", "HOTEL", -5)
    ]


def test_who_was_driven_leaves_from_where_the_transfer_went():
    driven = stop(
        seoul(14, 10), seoul(14, 11, 30), "GIMPO", leaves_from="TOPIS", visit_id=None, engagement_id=2
    )
    assert codes(lunch(), delegation(driven)) == ([], ["thin_slack"])


def test_a_place_that_nobody_named_says_nothing_of_the_way():
    assert codes(lunch(place=None), delegation(stop(seoul(14, 10), seoul(14, 12)))) == ([], [])
