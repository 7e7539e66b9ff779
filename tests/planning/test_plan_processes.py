"""The processes that plan: started by whoever asks, bounded, watched; what they find and how they fail."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from scheduler.actions.members import add_wish
from scheduler.actions.plan_thinking import answer_of
from scheduler.actions.plans import Terms, ask_plan
from scheduler.actions.visits import request_visit
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.planning.start import see_to_plans, warm_up
from scheduler.records.database import db
from scheduler.records.plan_lookup import plan_numbered, standing
from scheduler.records.plans import PlanState, PlanTrouble
from tests import make
from tests.cast import OFFICER, SEOUL
from tests.engines import on_sqlite

PATIENCE_SECONDS = 60
UNFINISHED = (PlanState.WAITING, PlanState.WORKING)


@pytest.fixture
def city(app, tmp_path):
    """An app whose planners are its own, and a delegation for three days from next Monday with a wish."""
    app.instance_path = str(tmp_path)
    app.config.update(PLAN_PROCESSES=1, PLAN_LINGER_SECONDS=2)
    monday = next_monday()
    rounds = make.tour(make.site("TOPIS"))
    for day in range(3):
        make.tour_session(rounds, monday + timedelta(days=day, hours=10))
    who = make.delegation(arrives_at=monday, departs_at=monday + timedelta(days=3))
    add_wish(who.id, {"tour_id": rounds.id, "is_must": True}, by=OFFICER, at=now())
    yield who
    for process in planners(app):
        process.kill()
        process.wait(5)


def next_monday():
    """The Monday after next: planners ask the computer's own clock."""
    today = now().astimezone(SEOUL).replace(hour=0, minute=0, second=0)
    return today + timedelta(days=14 - today.weekday())


def planners(app):
    """The planners of this app, and those who think for them."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if "scheduler.planning" in process.cmdline() and app.instance_path in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def asked(who, **terms):
    plan = ask_plan(who.id, Terms(**{"seconds": 5, **terms}), by=OFFICER, at=now()).plan
    see_to_plans()
    return plan.id


def ended(plan_id):
    """The plan once it is done or has failed."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        db.session.rollback()
        plan = plan_numbered(plan_id)
        if standing(plan, now()).state not in UNFINISHED:
            return plan
        time.sleep(0.05)
    raise AssertionError(f"still {plan.state} after {PATIENCE_SECONDS} s")


def wait_until(holds):
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_plan_is_thought_of_by_a_process_of_its_own(app, city):
    plan = ended(asked(city))
    assert (plan.state, plan.progress, plan.trouble) == (PlanState.DONE, 100, "")
    assert len(answer_of(plan).proposals) == 3
    assert not plan.worker.endswith(f":{os.getpid()}")


@on_sqlite
def test_asking_again_finds_the_planner_there_and_one_with_nothing_to_do_ends(app, city):
    first = ended(asked(city))
    second = ended(asked(city, seconds=6))
    assert (second.state, second.worker) == (PlanState.DONE, first.worker)
    wait_until(lambda: not planners(app))
    assert sorted(path.name for path in Path(app.instance_path, "planning").iterdir()) == ["door"]
    third = ended(asked(city, seconds=7))
    assert third.state is PlanState.DONE
    assert third.worker != first.worker


@on_sqlite
def test_a_planner_made_ready_beforehand_takes_up_what_is_asked_next(app, city):
    for _ in range(3):
        warm_up()
    [ready] = planners(app)
    plan = ended(asked(city))
    assert (plan.state, plan.worker.rpartition(":")[2]) == (PlanState.DONE, str(ready.pid))


@on_sqlite
def test_more_jobs_than_planners_wait_their_turn(app, city):
    ids = [asked(city, seconds=seconds) for seconds in (5, 6, 7)]
    plans = [ended(plan_id) for plan_id in ids]
    assert [plan.state for plan in plans] == [PlanState.DONE] * 3
    assert len({plan.worker for plan in plans}) == 1
    assert [plan.started_at for plan in plans] == sorted(plan.started_at for plan in plans)


@on_sqlite
def test_a_planner_that_was_killed_is_replaced_by_whoever_asks_after_the_plan(app, city):
    plan_id = asked(city)
    wait_until(lambda: planners(app))
    for process in planners(app):
        process.send_signal(signal.SIGKILL)
    wait_until(lambda: not planners(app))
    plan = plan_numbered(plan_id)
    if plan.state is PlanState.WAITING:
        see_to_plans()
        assert ended(plan_id).state is PlanState.DONE


@on_sqlite
def test_too_little_memory_ends_the_job_and_nothing_else(app, city):
    app.config.update(PLAN_MEMORY_MB=16)
    plan = ended(asked(city))
    assert (plan.state, plan.trouble) == (PlanState.FAILED, PlanTrouble.OUT_OF_MEMORY)
    app.config.update(PLAN_MEMORY_MB=1536)
    wait_until(lambda: not planners(app))
    assert ended(asked(city, seconds=6)).state is PlanState.DONE


@on_sqlite
def test_where_no_planner_can_be_started_what_waits_has_failed(app, city, tmp_path):
    (tmp_path / "planning").write_text("no folder can be made here")
    plan = ended(asked(city))
    assert (plan.state, plan.trouble) == (PlanState.FAILED, PlanTrouble.CANNOT_START)


def test_nothing_left_to_plan_is_said_so(app, city):
    plan = ended(asked(city))
    first = answer_of(plan).proposals[0].stops[0]
    asking = VisitRequest(
        delegation_id=city.id, tour_code=first.tour_code, starts_at=first.starts_at, headcount=12
    )
    request_visit(asking, by=OFFICER, at=now())
    again = ended(asked(city, seconds=6))
    assert (again.state, again.trouble) == (PlanState.FAILED, PlanTrouble.NOTHING_LEFT)
