"""Every proposal, whatever the question, is accepted by the rules as it stands, and is what it says it is."""

from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.own_plans_cases import case
from benchmarks.own_plans_model import PlainModel
from scheduler.core.facts import Diary, VisitRequest
from scheduler.core.stops import PartFacts
from scheduler.core.together import Plan, decide_together
from scheduler.planner.choosing import choose, totals
from scheduler.planner.differing import programmes
from scheduler.planner.programme import proposal_of
from scheduler.planner.question import room_of

NUMBERS = st.integers(min_value=0, max_value=10_000)


def proposed(question):
    """Its proposals, without the reasons of what they leave out."""
    room = room_of(question)
    return [proposal_of(room, standing) for standing in programmes(room, 3, monotonic() + 60)]


def booked(question, proposal):
    """Every visit of a proposal as the rules are asked it, the parts made that a split party needs."""
    options = {option.tour.code: option for option in question.options}
    parts, asked = dict(question.delegation.parts), []
    for stop in proposal.stops:
        for visit in stop.visits:
            part = None
            if visit.share is not None:
                part = 1000 * stop.wish_id + visit.share
                parts[part] = PartFacts(part, f"of {stop.wish_id}", f"{visit.share}", visit.headcount)
            asked.append((stop, visit, part))
    delegation = replace(question.delegation, parts=parts)
    for stop, visit, part in sorted(asked, key=lambda each: each[1].starts_at):
        option = options[stop.tour_code]
        request = VisitRequest(
            headcount=visit.headcount,
            delegation_id=delegation.id,
            tour_code=stop.tour_code,
            starts_at=visit.starts_at,
            part_id=part,
            assign=visit.assign,
        )
        running = next(r for r in option.runnings if r.starts_at == visit.starts_at)
        diary = Diary(
            site=option.site,
            tour=option.tour,
            running=running,
            load=option.load,
            wanted_at=visit.starts_at,
            delegation=delegation,
        )
        yield visit, Plan(request, diary)


@settings(max_examples=12)
@given(number=NUMBERS)
def test_each_proposal_booked_at_once_is_accepted(number):
    question = case(number, seed=2)
    proposals = proposed(question)
    assert proposals
    for proposal in proposals:
        visits, plans = zip(*booked(question, proposal), strict=True) if proposal.stops else ((), ())
        verdicts = decide_together(plans, question.at)
        assert [verdict.refusals for verdict in verdicts] == [()] * len(verdicts)
        assert [visit.cautions for visit in visits] == [verdict.cautions for verdict in verdicts]
        figures = proposal.figures
        assert figures.cautions == sum(len(verdict.cautions) for verdict in verdicts)
        assert figures.travel_minutes >= sum(leg.minutes or 0 for leg in proposal.legs)
        frame, zone = question.frame, question.zone
        for stop in proposal.stops:
            assert frame.day_starts <= stop.starts_at.astimezone(zone).time()
            assert stop.ends_at.astimezone(zone).time() <= frame.day_ends


@settings(max_examples=8)
@given(number=NUMBERS)
def test_the_first_proposal_keeps_most_and_the_same_question_gets_the_same_answer(number):
    question = case(number, seed=3, wishes=5)
    one, other = proposed(question), proposed(question)
    assert one == other
    kept = [(p.figures.musts_kept, p.figures.priorities) for p in one]
    assert kept[0] == max(kept)


@pytest.mark.parametrize("number", range(5))
def test_another_model_of_the_same_days_comes_to_the_same_figures(number):
    question = case(number, seed=4, wishes=6)
    room = room_of(question)
    figures, is_proven, _ = PlainModel(question).solve(60)
    assert is_proven
    assert figures == totals(choose(room.columns, room.wishes).columns)[1:]
