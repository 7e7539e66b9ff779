"""The demo's planned collision: on whatever day it is loaded, a newcomer meets a no that one click solves."""

from datetime import timedelta

import pytest

from scheduler.blueprints.first_steps.stops import HEADCOUNT, example_time
from scheduler.core.facts import VisitRequest
from scheduler.core.verdicts import RefusalCode
from scheduler.demo.load import load_demo_city
from scheduler.records.availability import answer_to
from scheduler.records.first_steps import full_sessions
from tests import make
from tests.cast import AT
from tests.engines import on_sqlite

pytestmark = on_sqlite


@pytest.mark.parametrize("days", [0, 3])
def test_a_session_is_full_and_its_nearest_neighbour_is_one_click_away(app, days):
    at = AT + timedelta(days=days)
    load_demo_city(at)
    full = full_sessions(*example_time(at), HEADCOUNT)
    assert len(full) >= 4
    for session in full[:4]:
        stay = {
            "arrives_at": session.starts_at - timedelta(days=1),
            "departs_at": session.ends_at + timedelta(days=1),
        }
        who = make.delegation("Newcomers", headcount=HEADCOUNT, **stay)
        request = VisitRequest(headcount=HEADCOUNT, delegation_id=who.id, tour_session_id=session.id)
        _diary, verdict = answer_to(request, at)
        assert [refusal.code for refusal in verdict.refusals] == [RefusalCode.NO_PLACES_LEFT]
        assert verdict.alternatives[0].cautions == ()
