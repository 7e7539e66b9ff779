"""Places, group sizes, and the peak of people and groups at any instant, turnaround included."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.booking import decide, decide_other
from scheduler.core.capacity import Occupancy, Peak, SiteLoad, peak
from scheduler.core.verdicts import RefusalCode
from tests.cast import seoul
from tests.core.given import ASKED_AT, codes, delegation, diary, occupancy, request, running, site, tour

TEN, ELEVEN, TWELVE = seoul(14, 10), seoul(14, 11), seoul(14, 12)


@pytest.mark.parametrize(
    ("headcount", "refused"),
    [(4, {"group_too_small"}), (5, set()), (20, set()), (21, {"group_too_large"})],
)
def test_a_group_is_between_smallest_and_largest_both_included(headcount, refused):
    asked = diary(
        running(TEN), tour=tour(smallest_group=5, largest_group=20), delegation=delegation(headcount=50)
    )
    assert codes(decide(request(headcount), asked, ASKED_AT)) == refused


@pytest.mark.parametrize(
    ("taken", "refused"), [(0, set()), (20, set()), (21, {"no_places_left"}), (30, {"no_places_left"})]
)
def test_a_session_takes_people_to_its_last_place(taken, refused):
    assert codes(decide(request(10), diary(running(TEN, places_taken=taken)), ASKED_AT)) == refused


def test_a_session_that_is_overfull_has_no_places_left_rather_than_fewer_than_none():
    refusal = decide(request(10), diary(running(TEN, places=30, places_taken=40)), ASKED_AT).refusals[0]
    assert refusal.facts == {"places": 30, "places_left": 0, "headcount": 10}


@pytest.mark.parametrize(("limit", "refused"), [(25, set()), (24, {"too_many_people_at_once"})])
def test_people_at_once_bind_at_the_exact_limit(limit, refused):
    asked = diary(running(TEN), site=site(people_at_once=limit), present=[occupancy(TEN, ELEVEN, 15)])
    assert codes(decide(request(10), asked, ASKED_AT)) == refused


@pytest.mark.parametrize(("limit", "refused"), [(2, set()), (1, {"too_many_groups_at_once"})])
def test_groups_at_once_bind_at_the_exact_limit(limit, refused):
    asked = diary(running(TEN), site=site(groups_at_once=limit), present=[occupancy(TEN, ELEVEN, 15)])
    assert codes(decide(request(10), asked, ASKED_AT)) == refused


def test_two_delegations_in_one_session_are_two_groups():
    present = [occupancy(TEN, ELEVEN, 15, groups=2)]
    asked = diary(running(TEN, places_taken=15), site=site(groups_at_once=2), present=present)
    assert codes(decide(request(10), asked, ASKED_AT)) == {"too_many_groups_at_once"}


@pytest.mark.parametrize(
    ("starts_at", "clear_at", "refused"),
    [
        (seoul(14, 9), TEN, set()),
        (seoul(14, 9), seoul(14, 10, 1), {"too_many_groups_at_once"}),
        (ELEVEN, TWELVE, set()),
        (seoul(14, 10, 59), TWELVE, {"too_many_groups_at_once"}),
    ],
)
def test_what_ends_when_another_begins_is_not_there_at_once(starts_at, clear_at, refused):
    asked = diary(running(TEN), site=site(groups_at_once=1), present=[occupancy(starts_at, clear_at, 5)])
    assert codes(decide(request(10), asked, ASKED_AT)) == refused


def test_turnaround_counts_on_both_sides():
    ours = running(TEN, clear_at=seoul(14, 11, 15))
    later = [occupancy(ELEVEN, TWELVE, 5)]
    assert codes(decide(request(10), diary(ours, site=site(groups_at_once=1), present=later), ASKED_AT)) == {
        "too_many_groups_at_once"
    }
    earlier = [occupancy(seoul(14, 9), seoul(14, 10, 15), 5)]
    assert codes(
        decide(request(10), diary(running(TEN), site=site(groups_at_once=1), present=earlier), ASKED_AT)
    ) == {"too_many_groups_at_once"}


def test_the_peak_at_any_instant_binds_and_not_the_sum_of_all_that_overlap():
    long_tour = running(TEN, ends_at=seoul(14, 13))
    in_turn = [
        occupancy(TEN, ELEVEN, 20),
        occupancy(ELEVEN, TWELVE, 20),
        occupancy(TWELVE, seoul(14, 13), 20),
    ]
    asked = diary(long_tour, site=site(people_at_once=30, groups_at_once=2), present=in_turn)
    assert codes(decide(request(10), asked, ASKED_AT)) == set()
    assert codes(decide(request(11), asked, ASKED_AT)) == {"too_many_people_at_once"}


def test_the_peak_is_found_where_two_others_meet_in_the_middle():
    present = [occupancy(seoul(14, 9), seoul(14, 10, 40), 10), occupancy(seoul(14, 10, 20), TWELVE, 10)]
    refusal = decide(
        request(10), diary(running(TEN), site=site(people_at_once=29), present=present), ASKED_AT
    ).refusals[0]
    assert refusal.facts == {"bound_by": "site", "limit": 29, "present": 20, "headcount": 10}


@pytest.mark.parametrize(
    ("site_limit", "tour_limit", "bound_by"),
    [
        (24, 100, "site"),
        (100, 24, "tour"),
        (20, 24, "site"),
        (24, 20, "tour"),
        (None, 24, "tour"),
        (24, None, "site"),
    ],
)
def test_the_stricter_of_site_and_tour_binds(site_limit, tour_limit, bound_by):
    asked = diary(
        running(TEN),
        site=site(people_at_once=site_limit),
        tour=tour(people_at_once=tour_limit),
        present=[occupancy(TEN, ELEVEN, 15)],
    )
    refusals = decide(request(10), asked, ASKED_AT).refusals
    assert [(r.code, r.facts["bound_by"]) for r in refusals] == [
        (RefusalCode.TOO_MANY_PEOPLE_AT_ONCE, bound_by)
    ]


def test_a_tours_limit_counts_only_that_tour():
    present = [occupancy(TEN, ELEVEN, 15, tour_id=2)]
    asked = diary(running(TEN), tour=tour(people_at_once=10, groups_at_once=1), present=present)
    assert codes(decide(request(10), asked, ASKED_AT)) == set()


def test_no_limit_never_binds():
    asked = diary(running(TEN), present=[occupancy(TEN, ELEVEN, 4000, groups=90)])
    assert codes(decide(request(10), asked, ASKED_AT)) == set()


def test_others_are_asked_only_for_what_is_scarce():
    shut = diary(running(TEN), site=site(hours=(), notice_days=300, people_at_once=30))
    assert decide_other(request(30), shut).refusals == ()
    assert codes(decide_other(request(31), shut)) == {"no_places_left", "too_many_people_at_once"}


def test_others_need_a_session_too():
    assert codes(decide_other(request(5), diary(None, wanted_at=TEN))) == {"no_session_then"}


# The peak against the plainest way to find it: looking at every minute. ------------------------------------

MINUTES = st.integers(0, 60)


@st.composite
def occupancies(draw):
    first, length = draw(MINUTES), draw(st.integers(1, 60))
    return Occupancy(
        TEN + timedelta(minutes=first),
        TEN + timedelta(minutes=first + length),
        draw(st.integers(0, 20)),
        draw(st.integers(1, 3)),
        1,
    )


@given(st.lists(occupancies(), max_size=12), MINUTES, st.integers(1, 60))
@settings(max_examples=200)
def test_the_peak_is_what_looking_at_every_minute_finds(present, first, length):
    starts_at = TEN + timedelta(minutes=first)
    clear_at = starts_at + timedelta(minutes=length)
    found = SiteLoad(present).during(starts_at, clear_at)
    assert peak(found, starts_at) == naive_peak(present, starts_at, length)


def naive_peak(present, starts_at, length):
    people = groups = 0
    for minute in range(length):
        instant = starts_at + timedelta(minutes=minute)
        here = [o for o in present if o.starts_at <= instant < o.clear_at]
        people = max(people, sum(o.people for o in here))
        groups = max(groups, sum(o.groups for o in here))
    return Peak(people, groups)
