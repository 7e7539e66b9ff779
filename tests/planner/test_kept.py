"""What the planner is asked and answers, kept as JSON and read again."""

import json
from datetime import date, time, timedelta

import pytest

from scheduler.core.slack import Spare
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode
from scheduler.core.wishes import Break, BreakKind
from scheduler.planner.answers import (
    DayReason,
    Demand,
    DemandKind,
    Figures,
    PlanAnswer,
    PlannedBreak,
    PlannedLeg,
    PlannedStop,
    PlannedVisit,
    Proposal,
    ReasonCode,
    Remedy,
    RemedyCode,
    Unmet,
)
from scheduler.planner.kept import as_json, from_json, knows
from tests.cast import seoul

TEN = seoul(14, 10)
VISIT = PlannedVisit(
    starts_at=TEN,
    ends_at=seoul(14, 11),
    headcount=12,
    share=1,
    assign=(3, 4),
    cautions=(Caution(CautionCode.HOLIDAY_AT_HOME, {"holiday": "Tết", "on": date(2026, 12, 14)}),),
)
LEG = PlannedLeg(
    origin=None,
    destination="TOPIS",
    leaves_at=TEN,
    arrives_by=seoul(14, 11),
    minutes=None,
    slack_minutes=None,
    spare=Spare.UNKNOWN,
)
REASON = DayReason(
    on=date(2026, 12, 15),
    code=ReasonCode.REFUSED,
    tour_code="TOPIS-T",
    starts=(TEN,),
    refusals=(Refusal(RefusalCode.OUTSIDE_HOURS, {"hours": [(TEN, TEN + timedelta(hours=1))], "free": 0}),),
    facts={"wishes": (1, 2), "opens": time(10), "languages": frozenset({"ar", "ko"}), "of": {7: None}},
)
ANSWER = PlanAnswer(
    proposals=(
        Proposal(
            stops=(PlannedStop(wish_id=1, site_code="TOPIS", tour_code="TOPIS-T", visits=(VISIT,)),),
            legs=(LEG,),
            breaks=(PlannedBreak(kind=BreakKind.MEAL, span=Span(TEN, seoul(14, 11))),),
            figures=Figures(
                musts_kept=1,
                musts=1,
                priorities=4.5,
                priorities_wished=9,
                cautions=1,
                travel_minutes=20,
                idle_minutes=10,
                imbalance=1,
                finish_minutes=300,
            ),
            unmet=(
                Unmet(
                    wish_id=2,
                    reasons=(REASON,),
                    remedies=(Remedy(code=RemedyCode.SPLIT_PARTY, tour_code="TOPIS-T", starts_at=TEN),),
                ),
            ),
        ),
    ),
    conflict=(Demand(kind=DemandKind.MUST, id=4, facts={"minutes": 30.5}),),
    seconds=0.25,
)


def test_an_answer_kept_as_json_comes_back_as_it_was():
    kept = json.loads(json.dumps(as_json(ANSWER)))
    again = from_json(kept)
    assert again == ANSWER
    assert repr(again) == repr(from_json(as_json(ANSWER)))
    assert type(again.conflict[0].kind) is DemandKind
    assert as_json(again) == kept


def test_a_break_comes_back_with_its_weekdays():
    told = Break(kind=BreakKind.PRAYER, earliest=time(12), latest=time(13, 30), minutes=20)
    assert from_json(json.loads(json.dumps(as_json(told)))) == told


def test_what_nobody_taught_is_not_kept():
    with pytest.raises(TypeError, match="cannot be kept"):
        as_json(TEN - TEN)


def test_teaching_the_same_twice_changes_nothing():
    from scheduler.planner import answers

    knows(answers)
    assert from_json(as_json(VISIT)) == VISIT
