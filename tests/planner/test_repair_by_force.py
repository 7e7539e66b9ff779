"""Tiny repairs against every way they could be done: no more can be kept, no fewer moved."""

import random
from itertools import product

import pytest

from scheduler.core.disturbances import laid_over
from scheduler.core.together import decide_together
from scheduler.planner.repairs.touched import touched_by
from scheduler.planner.repairs.world import World
from tests.cast import seoul
from tests.planner.repair_city import AT, SmallCity, away, flood


def chance_city(seed):
    """Two to four visits of two or three delegations on a day that floods, and others that stand."""
    chance = random.Random(seed)
    city = SmallCity()
    starts = [seoul(day, hour) for day in (14, 15) for hour in (10, 12)]
    limits = {"people": chance.choice([None, 14, 20]), "groups": chance.choice([None, 1, 2])}
    tours = [
        city.tour(code, starts, places=chance.choice([10, 15, 30]), **limits) for code in ("TOPIS", "SEONAM")
    ]
    guests = [city.delegation() for _ in range(3)]
    spots = {(who, start): None for who in guests for start in starts}
    for who, start in chance.sample(list(spots), chance.randint(4, 6)):
        tour = chance.choice(tours)
        headcount = chance.choice([4, 6, 8])
        if room_left(city, tour, start) >= headcount:
            city.visit(who, tour, start, headcount)
    return city


def room_left(city, tour, start):
    there = [v for v in city.visits.values() if (v.tour_id, v.starts_at) == (tour, start)]
    site = city.sites[tour]
    people = sum(v.headcount for v in there)
    if site.groups_at_once is not None and len(there) >= site.groups_at_once:
        return 0
    return min(city.tours[tour].places, site.people_at_once or 99) - people


def best_by_force(city, disturbance):
    """(kept, moved) of the best of all ways in which only touched visits move."""
    facts = laid_over(city.facts(), disturbance)
    touched = [each.visit for each in touched_by(facts, disturbance, AT)]
    world = World(facts, {visit.id for visit in touched}, frozenset())
    ways = [[None, *world.runnings(visit.tour_id)] for visit in touched]
    best = 0
    for way in product(*ways):
        pairs = [(v, running) for v, running in zip(touched, way, strict=True) if running is not None]
        plans = [world.plan(visit, visit.tour_id, running) for visit, running in pairs]
        if len(plans) > best and not any(v.is_refused for v in decide_together(plans, AT)):
            best = len(plans)
    return len(touched), best


@pytest.mark.parametrize("seed", range(40))
def test_as_many_are_kept_as_can_be(seed):
    city = chance_city(seed)
    touched, best = best_by_force(city, flood("TOPIS", 14))
    answer = city.repaired(flood("TOPIS", 14))
    making_room = any(not each.is_touched for each in answer.visits)
    assert answer.touched == touched
    assert answer.is_proven
    assert answer.kept > best if making_room else answer.kept == best
    assert answer.moved == answer.bound


def city_of_guides(seed):
    """Visits with guides at one site over four rounds, one of the guides away for a day, others busy."""
    chance = random.Random(seed)
    city = SmallCity()
    starts = [seoul(day, hour) for day in (14, 15) for hour in (10, 12)]
    tour = city.tour("TOPIS", starts, places=chance.choice([12, 30]), needs_guide=True)
    guides = [city.guide(tour, most_a_day=chance.choice([None, 1])) for _ in range(3)]
    busy = set()
    for number in range(4):
        start = starts[0] if number < 2 else chance.choice(starts)
        free = [guide for guide in guides if (guide, start) not in busy]
        days = [s.day for g, s in busy if g == (free or [0])[0]]
        if not free or room_left(city, tour, start) < 5 or start.day in days:
            continue
        city.send(free[0], city.visit(city.delegation(), tour, start, 5))
        busy.add((free[0], start))
    return city, guides[0]


def fewest_moves_by_force(city, disturbance):
    """(kept, moved) of the best of all ways to place the touched and to send guides with them."""
    facts = laid_over(city.facts(), disturbance)
    touched = [each.visit for each in touched_by(facts, disturbance, AT)]
    world = World(facts, {visit.id for visit in touched}, frozenset())
    ways = [[None, *product(world.runnings(visit.tour_id), facts.resources)] for visit in touched]
    best = (0, 0)
    for way in product(*ways):
        told = [(visit, *each) for visit, each in zip(touched, way, strict=True) if each is not None]
        moved = sum(running.starts_at != visit.starts_at for visit, running, _guide in told)
        if (len(told), -moved) <= best:
            continue
        plans = [world.plan(v, v.tour_id, running, (guide,)) for v, running, guide in told]
        verdicts = decide_together(plans, AT)
        cannot = any(c.code == "assignee_cannot_follow" for v in verdicts for c in v.cautions)
        # Who is left without a place stands where they stood: nobody may come in their way.
        if not cannot and not any(v.is_refused for v in verdicts):
            best = (len(told), -moved)
    return best[0], -best[1]


@pytest.mark.parametrize("seed", range(25))
def test_no_fewer_can_move_when_a_guide_is_away(seed):
    city, ill = city_of_guides(seed)
    kept, moved = fewest_moves_by_force(city, away(ill, 14))
    answer = city.repaired(away(ill, 14))
    assert answer.is_proven
    if kept == answer.touched:
        assert (answer.kept, answer.moved, answer.bound) == (kept, moved, moved)
    else:
        assert answer.kept <= kept
