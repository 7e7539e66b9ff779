"""Parts of a delegation: where they are is judged part by part, and so is how many go."""

import pytest

from scheduler.core.booking import decide
from scheduler.core.spans import Span
from scheduler.core.stops import Neighbour, PartFacts, Stop
from tests.cast import seoul
from tests.core.given import ASKED_AT, cautioned, codes, delegation, diary, request

TEN, ELEVEN = seoul(14, 10), seoul(14, 11)
MUSEUM, PLANT = PartFacts(1, "Monday", "Museum", 6), PartFacts(2, "Monday", "Plant", 6)
OTHER_DAY = PartFacts(3, "Tuesday", "Engineers", 6)
PARTS = {part.id: part for part in (MUSEUM, PLANT, OTHER_DAY)}


def asked(part_id, *stops, headcount=6, **guests):
    """What is said to a part, or all (None), on Monday at ten, with these stops of the delegation."""
    who = delegation(parts=PARTS, stops=stops, **guests)
    return decide(request(headcount, part_id=part_id), diary(delegation=who), ASKED_AT)


def stop(part=None, starts_at=TEN, ends_at=ELEVEN, **told) -> Stop:
    return Stop(visit_id=50, site_code="WRC-J", span=Span(starts_at, ends_at), part=part, **told)


@pytest.mark.parametrize(
    ("asking", "there", "is_refused"),
    [
        pytest.param(None, None, True, id="all against all"),
        pytest.param(1, None, True, id="a part against all"),
        pytest.param(None, MUSEUM, True, id="all against a part"),
        pytest.param(1, MUSEUM, True, id="a part against itself"),
        pytest.param(1, PLANT, False, id="a part beside another of its division"),
        pytest.param(1, OTHER_DAY, True, id="a part against one of another division"),
    ],
)
def test_who_shares_people_cannot_be_in_two_places(asking, there, is_refused):
    verdict = asked(asking, stop(there))
    assert codes(verdict) == ({"already_elsewhere"} if is_refused else set())


def test_stops_of_the_same_part_may_touch():
    assert codes(asked(1, stop(MUSEUM, seoul(14, 9), TEN), stop(MUSEUM, ELEVEN, seoul(14, 12)))) == set()


def test_an_engagement_stands_in_the_way_as_a_visit_does():
    lunch = Stop(engagement_id=7, kind="meal", site_code=None, span=Span(TEN, ELEVEN))
    verdict = asked(1, lunch)
    assert codes(verdict) == {"already_elsewhere"}
    assert verdict.refusals[0].facts["engagement_id"] == 7
    assert verdict.refusals[0].facts["kind"] == "meal"


@pytest.mark.parametrize(("headcount", "said"), [(6, set()), (7, {"more_than_the_part"})])
def test_no_more_go_than_the_part_has(headcount, said):
    assert codes(asked(1, headcount=headcount)) == said


def test_a_part_may_be_too_many_for_delegation_and_part_at_once():
    assert codes(asked(1, headcount=13)) == {"more_than_the_part", "more_than_the_delegation"}


def test_the_fourth_stop_counts_the_stops_of_the_same_people_alone():
    three_of_others = [stop(PLANT, seoul(14, hour), seoul(14, hour, 50)) for hour in (12, 13, 14)]
    three_of_ours = [stop(MUSEUM, seoul(14, hour), seoul(14, hour, 50)) for hour in (12, 13, 14)]
    assert cautioned(asked(1, *three_of_others)) == set()
    assert cautioned(asked(1, *three_of_ours)) == {"fourth_stop_that_day"}


def test_meals_are_no_fourth_stop():
    meals = [
        Stop(engagement_id=n, kind="meal", site_code=None, span=Span(seoul(14, n), seoul(14, n, 30)))
        for n in (12, 13, 14)
    ]
    assert cautioned(asked(None, *meals)) == set()


@pytest.mark.parametrize(
    ("site", "starts_at", "ends_at", "said"),
    [
        ("TOPIS", seoul(14, 9), TEN, set()),
        ("TOPIS", seoul(14, 9), seoul(14, 10, 1), {"should_not_meet"}),
        ("TOPIS", ELEVEN, seoul(14, 12), set()),
        ("WRC-J", TEN, ELEVEN, set()),
    ],
)
def test_two_who_should_not_meet_are_a_caution_at_the_same_site_and_hour(site, starts_at, ends_at, said):
    other = Neighbour(9, "The others", site, Span(starts_at, ends_at))
    verdict = asked(None, kept_apart=(other,))
    assert (codes(verdict), cautioned(verdict)) == (set(), said)
