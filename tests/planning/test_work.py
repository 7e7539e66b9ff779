"""One job done by a forked process, looked on: whatever becomes of that process, the job says so."""

import faulthandler
import os
import signal
import threading
import time
from datetime import timedelta

import pytest

from scheduler.actions.plan_jobs import clear_old_jobs, note_beat, take_job
from scheduler.actions.plan_thinking import NothingFound, NothingLeft
from scheduler.actions.plans import Terms, ask_plan
from scheduler.clock import now
from scheduler.planning import work
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.plan_lookup import LOST_AFTER, plan_numbered, standing
from scheduler.records.plans import PlanJob, PlanKind, PlanState, PlanTrouble
from tests import make
from tests.cast import AT, OFFICER
from tests.engines import on_sqlite

ME = "tests:1"


@pytest.fixture
def job(app):
    """A job that this process has taken up."""
    who = make.delegation()
    db.session.add(Wish(delegation_id=who.id, topic="water"))
    db.session.commit()
    ask_plan(who.id, Terms(seconds=1), by=OFFICER, at=now())
    return take_job(ME, at=now())


def fill_memory(_job, _zone, _told):
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def abort(_job, _zone, _told):
    faulthandler.disable()
    os.abort()


def be_killed(_job, _zone, _told):
    os.kill(os.getpid(), signal.SIGKILL)


def make_a_mistake(_job, _zone, _told):
    raise ZeroDivisionError("a mistake")


def run_out_of_time(_job, _zone, _told):
    raise NothingFound


def find_nothing(_job, _zone, _told):
    raise NothingLeft


def never_end(_job, _zone, told):
    told(30, {"answer": None})
    while True:
        time.sleep(1)


def answer(_job, _zone, told):
    told(30, None)
    return {"answer": None}


def done(app, job, what, monkeypatch, until=None):
    monkeypatch.setattr(work, "WORK", {PlanKind.PROGRAMME: what})
    work.do_job(app, job, until=until or threading.Event())
    db.session.rollback()
    plan = plan_numbered(job.id)
    return plan.state, plan.trouble


@on_sqlite
@pytest.mark.parametrize(
    ("what", "trouble"),
    [
        (fill_memory, PlanTrouble.OUT_OF_MEMORY),
        (abort, PlanTrouble.OUT_OF_MEMORY),
        (be_killed, PlanTrouble.LOST),
        (make_a_mistake, PlanTrouble.FAULT),
        (find_nothing, PlanTrouble.NOTHING_LEFT),
        (run_out_of_time, PlanTrouble.TOOK_TOO_LONG),
    ],
)
def test_a_job_says_why_it_failed(app, job, what, trouble, monkeypatch):
    app.config["PLAN_MEMORY_MB"] = 800
    assert done(app, job, what, monkeypatch) == (PlanState.FAILED, trouble)


def test_a_job_that_is_done_keeps_its_answer(app, job, monkeypatch):
    assert done(app, job, answer, monkeypatch) == (PlanState.DONE, "")
    plan = plan_numbered(job.id)
    assert (plan.progress, plan.outcome) == (100, {"answer": None})


@on_sqlite
def test_a_job_that_does_not_end_is_ended_and_what_was_found_stays(app, job, monkeypatch):
    monkeypatch.setattr(work, "GRACE_SECONDS", 0.5)
    assert done(app, job, never_end, monkeypatch) == (PlanState.FAILED, PlanTrouble.TOOK_TOO_LONG)
    assert plan_numbered(job.id).outcome == {"answer": None}


@on_sqlite
def test_a_planner_told_to_stop_puts_its_job_back(app, job, monkeypatch):
    until = threading.Event()
    until.set()
    assert done(app, job, never_end, monkeypatch, until) == (PlanState.WAITING, "")
    assert take_job("tests:2", at=now()).id == job.id


def test_a_worker_that_fell_silent_has_failed_whoever_looks(app, job):
    heard_at = plan_numbered(job.id).beat_at
    assert standing(job, heard_at + LOST_AFTER) == (PlanState.WORKING, "")
    late = heard_at + LOST_AFTER + timedelta(seconds=1)
    assert standing(job, late) == (PlanState.FAILED, PlanTrouble.LOST)
    assert take_job("tests:2", at=late) is None
    assert plan_numbered(job.id).state is PlanState.FAILED
    assert not note_beat(job.id, ME, 50, at=late)


def test_a_silent_job_is_no_answer_to_the_same_question(app, job):
    late = now() + LOST_AFTER * 2
    asked = ask_plan(job.delegation_id, Terms(seconds=1), by=OFFICER, at=late)
    assert asked.is_new


def test_old_jobs_are_cleared_away_and_those_under_way_stay(app, job):
    other = ask_plan(job.delegation_id, Terms(seconds=2), follows_id=job.id, by=OFFICER, at=now()).plan
    job = plan_numbered(job.id)
    job.state = PlanState.DONE
    db.session.commit()
    assert clear_old_jobs(AT - timedelta(days=400), at=now()) == 0
    assert clear_old_jobs(now() + timedelta(days=1), at=now()) == 1
    assert [(plan.id, plan.follows_id) for plan in db.session.query(PlanJob)] == [(other.id, None)]
