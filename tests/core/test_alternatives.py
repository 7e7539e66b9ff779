"""The nearest yes: the same day first, then the nearest days, then other sites of the same topic."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scheduler.core.booking import decide
from scheduler.core.verdicts import CautionCode
from tests.cast import seoul
from tests.core.given import ASKED_AT, diary, option, request, running, site, tour

TEN = seoul(14, 10)
FULL = running(TEN, id=1, places_taken=30)


def round_at(day, hour, number, **facts):
    return running(seoul(day, hour), id=number, **facts)


def alternatives(*options, **asked):
    return decide(request(**asked), diary(FULL, options=options), ASKED_AT).alternatives


def test_alternatives_come_same_day_first_then_nearest_days_then_other_sites():
    here, other_site = site(), site(id=2, code="SEOC")
    home = [round_at(15, 10, 3), round_at(14, 15, 2), round_at(11, 10, 5), FULL, round_at(14, 11, 4)]
    found = alternatives(
        option(other_site, tour(id=2, code="SEOC-T", site_code="SEOC"), round_at(14, 10, 9)),
        option(here, tour(), *home),
    )
    assert [(a.site_code, a.tour_session_id) for a in found] == [
        ("TOPIS", 4),
        ("TOPIS", 2),
        ("TOPIS", 3),
        ("TOPIS", 5),
        ("SEOC", 9),
    ]


def test_at_most_three_of_the_same_day_four_of_others_and_three_other_sites():
    home = [round_at(14, 11 + n, n) for n in range(5)] + [round_at(15 + n, 10, 10 + n) for n in range(4)]
    home += [round_at(10, 10, 20), round_at(11, 10, 21)]
    away = [
        option(
            site(id=n, code=f"S{n}"),
            tour(id=n, code=f"S{n}-T", site_code=f"S{n}"),
            round_at(14, 10 + n % 5, 100 + n),
            round_at(15, 10, 200 + n),
        )
        for n in range(2, 7)
    ]
    found = alternatives(option(site(), tour(), *home), *away)
    assert [a.tour_session_id for a in found[:3]] == [0, 1, 2]
    assert [a.tour_session_id for a in found[3:7]] == [10, 11, 21, 12]
    assert [a.site_code for a in found[7:]] == ["S5", "S6", "S2"]


def test_another_tour_of_the_same_site_comes_after_the_tour_that_was_asked_for():
    found = alternatives(
        option(site(), tour(id=2, code="OTHER"), round_at(14, 11, 2)),
        option(site(), tour(), round_at(14, 16, 3)),
    )
    assert [a.tour_code for a in found] == ["TOPIS-T", "OTHER"]


def test_an_alternative_says_when_where_and_how_many_places_are_left():
    (found,) = alternatives(option(site(), tour(), round_at(14, 11, 4, places_taken=12)))
    assert (found.starts_at, found.ends_at, found.places_left) == (seoul(14, 11), seoul(14, 12), 18)


def test_a_window_nobody_has_booked_is_an_alternative_without_an_id():
    (found,) = alternatives(option(site(), tour(), round_at(14, 11, None)))
    assert (found.tour_session_id, found.starts_at) == (None, seoul(14, 11))


@pytest.mark.parametrize(
    "unfit",
    [
        round_at(14, 11, 2, places_taken=21),
        round_at(21, 11, 2),
        round_at(14, 18, 2),
    ],
)
def test_what_would_be_refused_too_is_no_alternative(unfit):
    assert alternatives(option(site(), tour(), unfit)) == ()


def test_a_site_whose_group_sizes_do_not_fit_is_no_alternative():
    assert alternatives(option(site(), tour(largest_group=9), round_at(14, 11, 2))) == ()


def test_alternatives_carry_their_own_cautions():
    old = site(facts_checked_on=date(2008, 7, 28))
    (found,) = alternatives(option(old, tour(), round_at(14, 11, 2)))
    assert [caution.code for caution in found.cautions] == [CautionCode.FACTS_UNVERIFIED]


def test_alternatives_are_looked_for_only_when_something_stands_against_the_request():
    free = diary(running(TEN), options=(option(site(), tour(), round_at(14, 11, 2)),))
    assert decide(request(), free, ASKED_AT).alternatives == ()


def test_every_alternative_would_itself_be_accepted():
    options = option(site(), tour(), *[round_at(14, hour, hour) for hour in range(8, 20)])
    for found in alternatives(options):
        session = running(found.starts_at, id=found.tour_session_id)
        asked = replace(request(), tour_session_id=found.tour_session_id)
        assert decide(asked, diary(session), ASKED_AT).refusals == ()
        assert found.ends_at - found.starts_at == timedelta(hours=1)
