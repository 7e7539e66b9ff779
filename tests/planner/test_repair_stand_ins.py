"""Where another tour stands in: at the same site and hour first, and no site twice on a day."""

import pytest

from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.planner.repairs.answers import Fate
from tests.cast import seoul
from tests.core import given
from tests.planner.repair_city import SmallCity, flood


@pytest.fixture
def city():
    return SmallCity()


def also_at(city, site_code, starts, **facts):
    """Another tour of a site that is there."""
    key = len(city.tours) + 1
    city.tours[key] = given.tour(id=key, code=f"{site_code}-{key}", site_code=site_code, **facts)
    city.runnings[key] = [given.running(start, id=100 * key + n, places=40) for n, start in enumerate(starts)]
    return key


def grown(who):
    return Disturbance(
        kind=DisturbanceKind.HEADCOUNT, is_rehearsed=True, delegation_id=who, was=9, headcount=12
    )


def stand_in(answer):
    [told] = [each for each in answer.visits if each.fate is Fate.STANDS_IN]
    return told.after.tour_code, told.after.starts_at


def test_another_tour_of_the_same_site_and_hour_stands_in_first(city):
    walk = city.tour("CGC", [seoul(14, 10)], largest_group=10)
    museum = city.tour("SEONAM", [seoul(14, 10)])
    group = also_at(city, "CGC", [seoul(14, 9), seoul(14, 10)])
    who = city.delegation(headcount=9)
    visit = city.visit(who, walk, seoul(14, 10), 9)
    city.stand_ins[visit] = (museum, group)
    assert stand_in(city.repaired(grown(who))) == (city.tours[group].code, seoul(14, 10))


def test_no_stand_in_leads_to_a_site_that_they_visit_that_day_anyway(city):
    tour = city.tour("TOPIS", [seoul(14, 10)])
    museum = city.tour("SEONAM", [seoul(14, 10), seoul(14, 15), seoul(15, 10)])
    who = city.delegation()
    visit = city.visit(who, tour, seoul(14, 10))
    city.visit(who, museum, seoul(14, 15))
    city.stand_ins[visit] = (museum,)
    assert stand_in(city.repaired(flood("TOPIS", 14)))[1] == seoul(15, 10)


def test_two_stand_ins_do_not_lead_to_one_site_on_one_day(city):
    tour = city.tour("TOPIS", [seoul(14, 10), seoul(14, 14)])
    museum = city.tour("SEONAM", [seoul(14, 10), seoul(14, 14), seoul(16, 10)])
    who = city.delegation()
    for hour in (10, 14):
        city.stand_ins[city.visit(who, tour, seoul(14, hour))] = (museum,)
    answer = city.repaired(flood("TOPIS", 14))
    assert sorted(each.after.starts_at.day for each in answer.visits) == [14, 16]
