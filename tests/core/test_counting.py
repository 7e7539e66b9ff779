"""One delegation at four sites is one team, four visits, its people once, and four times as person-visits."""

from datetime import date

import pytest

from scheduler.core.counting import Count, CountedVisit, Tally, broken_down, tally, years_before
from scheduler.core.lifecycle import VisitState as S


def visit(delegation=1, site="A", **told):
    given = {
        "people": 12,
        "part_id": None,
        "headcount": 12,
        "arrived_count": None,
        "state": S.CONFIRMED,
        "on": date(2026, 12, 14),
        "country": "VN",
        "level": "inspection",
        "topics": frozenset({"transport"}),
    }
    return CountedVisit(delegation_id=delegation, site=site, **(given | told))


def test_one_delegation_at_four_sites_is_one_team_and_four_visits():
    assert tally([visit(site=site) for site in "ABCD"]).announced == Count(1, 4, 12, 48)


def test_nothing_is_counted_of_nothing():
    assert tally([]) == Tally()


def test_what_arrived_is_counted_apart_from_what_was_announced():
    found = tally([visit(state=S.CARRIED_OUT, arrived_count=9), visit(site="B")])
    assert (found.announced, found.arrived) == (Count(1, 2, 12, 24), Count(1, 1, 9, 9))


def test_more_may_arrive_than_were_announced():
    assert tally([visit(state=S.CLOSED, arrived_count=15)]).arrived == Count(1, 1, 15, 15)


@pytest.mark.parametrize("state", [S.CANCELLED, S.DECLINED, S.POSTPONED, S.EXPIRED])
def test_what_was_called_off_is_in_no_other_number(state):
    assert tally([visit(state=state)]) == Tally(called_off=1)


def test_whom_nobody_saw_is_in_no_other_number():
    assert tally([visit(state=S.NO_SHOW)]) == Tally(no_shows=1)


def test_two_parts_apart_are_as_many_persons_as_both_together():
    parts = [visit(part_id=number, headcount=count) for number, count in ((1, 7), (2, 5), (1, 6))]
    assert tally(parts).announced == Count(1, 3, 12, 18)


def test_the_whole_and_its_parts_are_no_more_persons_than_there_are():
    assert tally([visit(), visit(part_id=1, headcount=7)]).announced.persons == 12


def test_parts_of_a_total_add_up_to_it_with_what_they_count_again():
    visits = [visit(site="A"), visit(site="B"), visit(2, "B", people=5, headcount=5)]
    found = broken_down(visits, lambda each: [each.site])
    assert [(key, told.announced.teams) for key, told in found.parts] == [("A", 1), ("B", 2)]
    assert found.again.announced == Count(-1, 0, -12, 0)
    assert sum((told for _key, told in found.parts), found.again) == found.total


def test_a_visit_of_several_topics_is_under_each_and_once_in_the_total():
    found = broken_down([visit(topics=frozenset({"water", "energy"}))], lambda each: sorted(each.topics))
    assert found.again.announced == Count(-1, -1, -12, -12)


def test_what_states_nothing_is_kept_as_a_part_of_its_own():
    found = broken_down([visit(topics=frozenset())], lambda each: sorted(each.topics))
    assert [key for key, _told in found.parts] == [None]


@pytest.mark.parametrize(
    ("first", "last", "earlier"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2024, 2, 1), date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
        (date(2024, 2, 29), date(2024, 3, 1), (date(2023, 3, 1), date(2023, 3, 1))),
    ],
)
def test_the_same_days_a_year_before(first, last, earlier):
    assert years_before(first, last, 1) == earlier
