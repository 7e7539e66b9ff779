"""The same facts give the same plan: what was rehearsed is what is proposed when it happens."""

from dataclasses import replace

from scheduler.core.facts import Closure
from tests.cast import seoul
from tests.planner.repair_city import SmallCity, flood


def crowded():
    """A day of twelve visits with three guides; each could go to many an hour of other days."""
    city = SmallCity()
    starts = [seoul(day, hour, minute) for day in (14, 15, 16) for hour in range(9, 17) for minute in (0, 30)]
    tour = city.tour("TOPIS", starts, needs_guide=True, places=60)
    guides = [city.guide(tour) for _ in range(3)]
    for number in range(12):
        visit = city.visit(city.delegation(), tour, seoul(14, 9 + 2 * (number // 3)), 10)
        city.send(guides[number % 3], visit)
    return city


def outcome(answer):
    return [(each.visit_id, each.fate, each.after) for each in answer.visits]


def test_the_same_facts_give_the_same_plan():
    told = flood("TOPIS", 14)
    first, *others = (outcome(crowded().repaired(told)) for _ in range(3))
    assert all(other == first for other in others)


def test_what_is_rehearsed_is_what_is_proposed_when_it_happens():
    """Then the closure has a number, the visits are flagged, and their versions are others."""
    city, told = crowded(), flood("TOPIS", 14)
    rehearsed = outcome(city.repaired(told))
    site = city.sites[1]
    city.sites[1] = replace(site, closures=(Closure(id=7, span=told.span, reason=""),))
    for key, visit in city.visits.items():
        city.visits[key] = replace(visit, version=5, is_clashing=True)
    real = city.repaired(replace(told, is_rehearsed=False, closure_id=7))
    assert outcome(real) == rehearsed
