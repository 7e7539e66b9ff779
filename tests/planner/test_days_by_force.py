"""The engine against every programme there is, on questions small enough to try them all."""

from dataclasses import replace
from datetime import time
from random import Random

import pytest

from scheduler.core.duties import ResourceFacts, ResourceKind, Staff
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.planner.choosing import totals
from scheduler.planner.cutting import best_standing
from scheduler.planner.question import room_of
from tests.cast import SEOUL, seoul
from tests.planner.by_force import best_by_force
from tests.planner.stays import CODES, asked, engagement, option, wish

LUNCH = Break(kind=BreakKind.MEAL, earliest=time(11, 30), latest=time(13, 30), minutes=50)
PRAYER = Break(kind=BreakKind.PRAYER, earliest=time(12, 30), latest=time(15), minutes=20)


def question(number: int):
    """Four wishes for rounds of five sites on three days, with whatever else chance brings."""
    chance = Random(number)
    starts = [seoul(day, hour, minute) for day in (14, 15, 16) for hour in range(9, 17) for minute in (0, 40)]
    tours = [option(code, chance.sample(starts, chance.randint(2, 4))) for code in CODES]
    wishes = []
    for n in range(1, 5):
        codes = chance.sample(CODES, chance.choice((1, 1, 2)))
        terms = {"priority": chance.randint(1, 5), "is_must": chance.random() < 0.3}
        if chance.random() < 0.3:
            terms["fallback"] = tuple(f"{code}-T" for code in CODES if code not in codes)[:1]
        if n > 1 and chance.random() < 0.4:
            terms["after"] = n - 1
        if n < 3 and not terms["is_must"] and chance.random() < 0.4:
            terms["either"] = "one of two"
        if chance.random() < 0.2:
            terms[chance.choice(("not_first_day", "not_last_day"))] = True
        wishes.append(wish(n, *codes, **terms))
    stops = [
        engagement(n, seoul(14 + n, chance.choice((9, 10, 13, 15))), minutes=chance.choice((45, 90)))
        for n in range(3)
        if chance.random() < 0.5
    ]
    frame = StayFrame(
        most_a_day=chance.choice((2, 3, 4)),
        base=chance.choice((None, "HALL")),
        breaks=chance.choice(((), (LUNCH,), (LUNCH, PRAYER))),
    )
    return asked(wishes, tours, stops=stops, frame=frame)


@pytest.mark.parametrize("number", range(16))
def test_no_programme_is_better_than_the_proven_best(number):
    tiny = question(number)
    standing = best_standing(room_of(tiny))
    assert standing.is_proven
    assert totals(standing.columns)[1:] == best_by_force(tiny)


@pytest.mark.parametrize("number", range(20, 30))
def test_nor_where_one_interpreter_has_to_go_along_everywhere(number):
    """They need a quarter of an hour before and after, and do two visits a day."""
    one = ResourceFacts(
        id=1,
        kind=ResourceKind.INTERPRETER,
        name="Interpreter",
        zone=SEOUL,
        languages=frozenset({"ar-ko"}),
        most_a_day=2,
        setup_minutes=15,
        wrap_up_minutes=15,
    )
    tiny = question(number)
    guests = replace(tiny.delegation, languages=frozenset({"ar"}), staff=Staff(resources={1: one}))
    tiny = replace(tiny, delegation=guests)
    assert totals(best_standing(room_of(tiny)).columns)[1:] == best_by_force(tiny)
