"""Questions that nobody should ask are answered all the same: clearly, in time, within memory."""

from dataclasses import replace
from datetime import time
from time import monotonic

import pytest

from scheduler.core.facts import Dating
from scheduler.core.spans import Span
from scheduler.core.travel import Travel
from scheduler.core.windows import windows
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.planner.asked import Pin
from scheduler.planner.room import local_days
from scheduler.planner.search import Progress, plan
from tests.cast import seoul
from tests.planner.stays import CODES, asked, option, wish


def tours(*starts):
    return [option(code, [seoul(14, 10), seoul(14, 14), seoul(15, 10), *starts]) for code in CODES]


def wishes(**terms):
    return [wish(n, code, **terms) for n, code in enumerate(CODES, start=1)]


def test_no_wishes_no_proposals():
    answer = plan(asked([], tours()))
    assert (answer.proposals, answer.conflict) == ((), ())


def test_no_time_gives_a_clear_empty_answer():
    answer = plan(replace(asked(wishes(), tours()), seconds=0))
    assert (answer.proposals, answer.is_smallest) == ((), False)
    assert plan(replace(asked(wishes(), tours()), seconds=-1)).proposals == ()


@pytest.mark.parametrize("seconds", [0.0001, 0.01, 0.05])
def test_hardly_any_time_ends_soon_and_proves_nothing_it_has_not_seen(seconds):
    began = monotonic()
    answer = plan(replace(asked(wishes(), tours()), seconds=seconds))
    assert monotonic() - began < 2
    assert all(len(proposal.stops) == 3 for proposal in answer.proposals if proposal.is_proven)


@pytest.mark.parametrize("headcount", [0, 5000])
def test_too_few_and_too_many_people_find_no_place(headcount):
    (proposal,) = plan(asked(wishes(), tours(), headcount=headcount)).proposals
    assert proposal.stops == ()
    assert {unmet.wish_id for unmet in proposal.unmet} == {1, 2, 3, 4, 5}


def test_a_stay_without_an_open_hour():
    question = asked(wishes(), tours())
    guests = replace(question.delegation, stay=Span(seoul(14, 3), seoul(14, 5)))
    (proposal,) = plan(replace(question, delegation=guests)).proposals
    assert proposal.stops == ()


def test_days_that_end_before_they_begin():
    frame = StayFrame(day_starts=time(18), day_ends=time(9), most_a_day=0)
    assert plan(asked(wishes(), tours(), frame=frame)).proposals[0].stops == ()


def test_ways_that_nobody_knows_are_cautioned_where_the_break_is_short():
    given = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(14, 11, 15)])]
    question = asked([wish(1, "MUSEUM"), wish(2, "TOPIS")], given)
    lost = replace(question, delegation=replace(question.delegation, travel=Travel()))
    proposal = plan(lost).proposals[0]
    assert [caution.code for stop in proposal.stops for caution in stop.cautions] == ["short_break_before"]
    assert proposal.figures.cautions == 1


def test_ways_that_nobody_can_travel_leave_one_stop_a_day():
    question = asked(wishes(), tours())
    table = {(a, b): {-1: 900} for a in CODES for b in CODES if a != b}
    far = replace(question, delegation=replace(question.delegation, travel=Travel(table=table)))
    assert len(plan(far).proposals[0].stops) == 2


def test_guests_who_speak_nothing_known_and_nobody_to_help():
    question = asked(wishes(), tours())
    silent = replace(question.delegation, languages=frozenset())
    assert plan(replace(question, delegation=silent)).proposals[0].stops == ()


def test_wishes_for_tours_that_nobody_knows_and_wishes_after_one_another_in_a_ring():
    unknown = [
        replace(wish(1, "MUSEUM"), tours=("NOWHERE-T",)),
        wish(2, "TOPIS", after=3),
        wish(3, "PARK", after=2),
    ]
    (proposal,) = plan(asked(unknown, tours())).proposals
    assert proposal.stops == ()


def test_pins_that_cannot_both_be_keep_one():
    pins = [Pin(wish_id=n, tour_code=f"{code}-T", starts_at=seoul(14, 10)) for n, code in enumerate(CODES, 1)]
    proposal = plan(asked(wishes(), tours(), pins=pins)).proposals[0]
    assert len(proposal.stops) == 1
    assert proposal.stops[0].is_pinned


def test_breaks_that_leave_no_day_at_all_leave_no_stop():
    day_long = Break(kind=BreakKind.PRAYER, earliest=time(8), latest=time(19), minutes=630)
    proposal = plan(asked(wishes(), tours(), frame=StayFrame(breaks=(day_long,)))).proposals[0]
    assert proposal.stops == ()
    endless = Break(kind=BreakKind.MEAL, earliest=time(8), latest=time(9), minutes=630)
    assert len(plan(asked(wishes(), tours(), frame=StayFrame(breaks=(endless,)))).proposals[0].stops) == 3


def test_far_too_many_wishes_and_windows_end_in_time():
    question = asked([], tours())
    days = local_days(question)
    options = []
    for number in range(60):
        one = option(CODES[number % 5], [])
        tour = replace(one.tour, id=number + 1, code=f"T{number}", dating=Dating.WINDOWS)
        options.append(replace(one, tour=tour, runnings=tuple(windows(one.site, tour, days, {}))))
    many = [replace(wish(n + 1, "HALL"), tours=(f"T{n}",)) for n in range(60)]
    crowded = replace(
        question,
        wishes=tuple(many),
        options=tuple(options),
        frame=StayFrame(most_a_day=8),
        seconds=3,
    )
    began, told = monotonic(), list[Progress]()
    answer = plan(crowded, told=told.append)
    assert monotonic() - began < 8
    assert not any(proposal.is_proven for proposal in answer.proposals)
    assert [progress.share for progress in told] == sorted(progress.share for progress in told)
