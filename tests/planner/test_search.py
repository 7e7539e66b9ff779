"""One delegation's programmes: the best first, others that really differ, and what is said of each."""

from dataclasses import replace
from datetime import time
from itertools import pairwise

import pytest

from scheduler.core.slack import Spare
from scheduler.core.spans import Span
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.planner.asked import Ban, Pin
from scheduler.planner.search import plan
from tests.cast import seoul
from tests.planner.stays import asked, engagement, option, wish

LUNCH = Break(kind=BreakKind.MEAL, earliest=time(12), latest=time(14), minutes=60)


def hours(day, *starts):
    return [seoul(day, hour) for hour in starts]


def best(question):
    """The first proposal's stops as tour and start."""
    return held(plan(question).proposals[0])


def held(proposal):
    return {(stop.tour_code, stop.starts_at) for stop in proposal.stops}


def test_every_wish_that_fits_is_fulfilled_and_the_days_are_short():
    tours = [
        option("MUSEUM", hours(14, 10, 15)),
        option("TOPIS", hours(14, 12)),
        option("PARK", hours(15, 9)),
    ]
    found = plan(asked([wish(1, "MUSEUM"), wish(2, "TOPIS"), wish(3, "PARK")], tours)).proposals[0]
    assert held(found) == {
        ("MUSEUM-T", seoul(14, 10)),
        ("TOPIS-T", seoul(14, 12)),
        ("PARK-T", seoul(15, 9)),
    }
    assert found.is_proven
    figures = found.figures
    assert (figures.priorities, figures.priorities_wished, figures.cautions) == (9, 9, 0)
    assert (figures.travel_minutes, figures.idle_minutes, figures.imbalance) == (30, 30, 1)
    assert [(leg.origin, leg.destination, leg.slack_minutes) for leg in found.legs] == [
        ("MUSEUM", "TOPIS", 30)
    ]


def test_a_must_comes_before_dearer_wishes():
    tours = [option("MUSEUM", hours(14, 10)), option("TOPIS", hours(14, 10))]
    cheap, dear = wish(1, "MUSEUM", priority=1, is_must=True), wish(2, "TOPIS", priority=5)
    assert best(asked([cheap, dear], tours)) == {("MUSEUM-T", seoul(14, 10))}


def test_a_fallback_stands_in_for_half_and_only_where_nothing_else_is():
    tours = [option("MUSEUM", []), option("TOPIS", hours(14, 10))]
    question = asked([wish(1, "MUSEUM", priority=4, fallback=("TOPIS-T",))], tours)
    found = plan(question).proposals[0]
    assert held(found) == {("TOPIS-T", seoul(14, 10))}
    assert [stop.is_fallback for stop in found.stops] == [True]
    assert found.figures.priorities == 2


def test_either_of_two_is_enough_and_the_other_is_not_missed():
    tours = [option("MUSEUM", hours(14, 10)), option("TOPIS", hours(14, 14))]
    wishes = [wish(1, "MUSEUM", either="a", priority=2), wish(2, "TOPIS", either="a", priority=5)]
    found = plan(asked(wishes, tours)).proposals[0]
    assert held(found) == {("TOPIS-T", seoul(14, 14))}
    assert found.unmet == ()


def test_what_comes_after_another_is_later_or_not_at_all():
    tours = [option("MUSEUM", hours(15, 10)), option("TOPIS", [*hours(14, 10), *hours(15, 14)])]
    wishes = [wish(1, "MUSEUM"), wish(2, "TOPIS", after=1)]
    assert best(asked(wishes, tours)) == {("MUSEUM-T", seoul(15, 10)), ("TOPIS-T", seoul(15, 14))}
    closed = [option("MUSEUM", []), tours[1]]
    assert best(asked(wishes, closed)) == set()


def test_what_comes_after_a_wish_fulfilled_already_is_later_than_that_visit():
    tours = [option("TOPIS", [*hours(14, 10), *hours(15, 14)])]
    question = asked([wish(2, "TOPIS", after=1)], tours)

    later = replace(question, fulfilled={1: Span(seoul(14, 12), seoul(14, 13))})
    assert best(later) == {("TOPIS-T", seoul(15, 14))}


def test_a_pin_never_moves_and_a_ban_is_not_proposed_again():
    tours = [option("MUSEUM", [*hours(14, 10, 14), *hours(15, 10)]), option("TOPIS", hours(14, 14))]
    wishes = [wish(1, "MUSEUM"), wish(2, "TOPIS")]
    pinned = Pin(wish_id=1, tour_code="MUSEUM-T", starts_at=seoul(14, 14))
    for proposal in plan(asked(wishes, tours, pins=[pinned])).proposals:
        assert held(proposal) == {("MUSEUM-T", seoul(14, 14))}
        assert proposal.stops[0].is_pinned
    bans = [Ban(tour_code="MUSEUM-T", on=seoul(14).date())]
    assert best(asked(wishes, tours, bans=bans)) == {("MUSEUM-T", seoul(15, 10)), ("TOPIS-T", seoul(14, 14))}
    assert best(asked(wishes, tours, bans=[Ban(tour_code="MUSEUM-T")])) == {("TOPIS-T", seoul(14, 14))}


def test_a_meal_keeps_its_hour_free_on_top_of_the_way():
    tours = [option("MUSEUM", hours(14, 11)), option("TOPIS", [seoul(14, 13), seoul(14, 13, 30)])]
    question = asked(
        [wish(1, "MUSEUM"), wish(2, "TOPIS")], tours, frame=StayFrame(breaks=(LUNCH,), day_ends=time(15))
    )
    found = plan(question).proposals[0]
    assert held(found) == {("MUSEUM-T", seoul(14, 11)), ("TOPIS-T", seoul(14, 13, 30))}
    on_monday = [each.span for each in found.breaks if each.span.starts_at < seoul(15)]
    assert on_monday == [Span(seoul(14, 12, 30), seoul(14, 13, 30))]


def test_a_lunch_in_the_programme_is_the_meal():
    tours = [option("MUSEUM", hours(14, 10)), option("TOPIS", [seoul(14, 13, 30)])]
    lunch = engagement(1, seoul(14, 12), kind="meal")
    question = asked(
        [wish(1, "MUSEUM"), wish(2, "TOPIS")], tours, stops=[lunch], frame=StayFrame(breaks=(LUNCH,))
    )
    assert len(best(question)) == 2


def test_further_proposals_differ_in_two_stops_each_from_all_before():
    tours = [option(code, [*hours(14, 10, 14), *hours(15, 10, 14)]) for code in ("MUSEUM", "TOPIS", "PARK")]
    found = plan(asked([wish(n, c) for n, c in enumerate(("MUSEUM", "TOPIS", "PARK"), 1)], tours)).proposals
    assert len(found) == 3
    days = [{(stop.tour_code, stop.starts_at.date()) for stop in proposal.stops} for proposal in found]
    assert all(len(other - one) >= 2 for one, other in pairwise(days))
    assert len(days[2] - days[0]) >= 2


def test_where_nothing_else_differs_another_half_of_the_day_does():
    found = plan(asked([wish(1, "MUSEUM")], [option("MUSEUM", hours(14, 10, 11, 14))])).proposals
    assert [stop.starts_at for proposal in found for stop in proposal.stops] == [seoul(14, 10), seoul(14, 14)]


@pytest.mark.parametrize(("headcount", "left", "shares"), [(50, 30, [25, 25]), (20, 12, [10, 10])])
def test_a_party_larger_than_a_session_is_split_over_rounds(headcount, left, shares):
    tours = [option("MUSEUM", dict.fromkeys(hours(14, 10, 11), left))]
    question = asked([wish(1, "MUSEUM")], tours, headcount=headcount)
    (stop,) = plan(question).proposals[0].stops
    assert [(visit.share, visit.headcount) for visit in stop.visits] == list(enumerate(shares, start=1))
    assert [visit.starts_at for visit in stop.visits] == hours(14, 10, 11)


def test_a_party_that_fits_whole_somewhere_is_not_split():
    tours = [option("MUSEUM", {seoul(14, 10): 6, seoul(14, 11): 6, seoul(15, 10): 12})]
    assert best(asked([wish(1, "MUSEUM")], tours)) == {("MUSEUM-T", seoul(15, 10))}


def test_a_tour_is_shown_once_even_where_two_wishes_mean_it():
    tours = [option("MUSEUM", hours(14, 10, 14)), option("TOPIS", hours(15, 10))]
    wishes = [wish(1, "MUSEUM"), wish(2, "MUSEUM", "TOPIS")]
    assert {code for code, _ in best(asked(wishes, tours))} == {"MUSEUM-T", "TOPIS-T"}


def test_a_split_party_may_eat_while_it_waits_for_its_other_share():
    rounds = option("MUSEUM", dict.fromkeys(hours(14, 11, 14), 8))
    question = asked([wish(1, "MUSEUM")], [rounds], frame=StayFrame(breaks=(LUNCH,)))
    found = plan(question).proposals[0]
    assert [visit.starts_at for visit in found.stops[0].visits] == hours(14, 11, 14)
    assert found.breaks[0].span == Span(seoul(14, 12), seoul(14, 13))


def test_a_way_with_a_meal_in_it_leaves_what_the_meal_leaves():
    tours = [option("MUSEUM", hours(14, 11)), option("TOPIS", [seoul(14, 13, 40)])]
    found = plan(asked([wish(1, "MUSEUM"), wish(2, "TOPIS")], tours, frame=StayFrame(breaks=(LUNCH,))))
    (leg,) = found.proposals[0].legs
    assert (leg.minutes, leg.slack_minutes, leg.spare) == (30, 10, Spare.THIN)


def test_an_hour_that_the_guests_preferred_is_taken_where_nothing_dearer_speaks_against_it():
    museum = [option("MUSEUM", hours(14, 10, 15) + hours(15, 10))]
    preferring = wish(1, "MUSEUM", preferred_times=(seoul(15, 10),))
    assert best(asked([preferring], museum)) == {("MUSEUM-T", seoul(15, 10))}
    assert best(asked([wish(1, "MUSEUM")], museum)) == {("MUSEUM-T", seoul(14, 10))}
