"""One job, done by a process of its own within bounds of memory and time, while this one looks on."""

import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from flask import Flask

from scheduler.actions.plan_jobs import fail_job, finish_job, note_beat, note_outcome, put_back
from scheduler.actions.plan_thinking import NothingFound, NothingLeft, Told, think_of_programme
from scheduler.actions.plans import terms_of
from scheduler.actions.repairs import think_of_repair
from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.plans import PlanJob, PlanKind, PlanTrouble

# How often the archive is told that somebody is at work, and, at most, what was found so far.
BEAT_SECONDS, TOLD_SECONDS, LOOK_SECONDS = 2.0, 0.3, 0.05
# The search ends by itself when its time is up; reading the facts and writing the answer come on top.
GRACE_SECONDS = 20.0
# How the thinking process says that its memory did not do.
NO_MEMORY = 75
SOME_MEMORY = 8 * 1024 * 1024
POLITE = 5

Work = Callable[[PlanJob, ZoneInfo, Told], dict[str, Any]]


def _programme(job: PlanJob, zone: ZoneInfo, told: Told) -> dict[str, Any]:
    assert job.delegation_id is not None
    return think_of_programme(job.delegation_id, terms_of(job), zone, told=told, at=now())


def _repair(job: PlanJob, zone: ZoneInfo, _told: Told) -> dict[str, Any]:
    return think_of_repair(job, zone, at=now())


# What each kind of job comes down to: its outcome, having told what was found on the way.
WORK: Mapping[PlanKind, Work] = {PlanKind.PROGRAMME: _programme, PlanKind.REPAIR: _repair}


def whoami() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def do_job(app: Flask, job: PlanJob, *, until: threading.Event) -> None:
    """Have a job done by a process of its own, and keep why it was not, where it was not."""
    with app.app_context():
        db.session.remove()
        # A connection is good in the process that opened it and in no other.
        db.engine.dispose()
    sys.stdout.flush()
    sys.stderr.flush()
    thinking = os.fork()
    if thinking == 0:
        _think_and_leave(app, job)
    trouble = _watch(app, job, thinking, until)
    with app.app_context():
        if until.is_set():
            put_back(job.id, job.worker, at=now())
        elif trouble is not None:
            fail_job(job.id, job.worker, trouble, at=now())


def _watch(app: Flask, job: PlanJob, thinking: int, until: threading.Event) -> PlanTrouble | None:
    """Look on until the thinking process ends or has to. What went wrong, if anything did."""
    began, beaten = time.monotonic(), time.monotonic()
    seconds = float(job.asked.get("seconds", 0))
    while True:
        ended, status = os.waitpid(thinking, os.WNOHANG)
        if ended:
            return _trouble(status)
        elapsed = time.monotonic() - began
        if until.is_set() or elapsed > seconds + GRACE_SECONDS:
            _end(thinking)
            return PlanTrouble.TOOK_TOO_LONG
        if time.monotonic() - beaten >= BEAT_SECONDS:
            beaten = time.monotonic()
            with app.app_context():
                is_ours = note_beat(job.id, job.worker, _share(elapsed, seconds), at=now())
            if not is_ours and os.waitpid(thinking, os.WNOHANG) == (0, 0):
                _end(thinking)
                return None
        time.sleep(LOOK_SECONDS)


def _share(elapsed: float, seconds: float) -> int:
    """How much of its time a job has used, in percent."""
    return round(100 * min(elapsed / seconds, 0.95)) if seconds > 0 else 50


def _trouble(status: int) -> PlanTrouble | None:
    if os.WIFSIGNALED(status):
        # What is written in C++ aborts when it gets no memory.
        is_full = os.WTERMSIG(status) == signal.SIGABRT
        return PlanTrouble.OUT_OF_MEMORY if is_full else PlanTrouble.LOST
    code = os.WEXITSTATUS(status)
    if code == NO_MEMORY:
        return PlanTrouble.OUT_OF_MEMORY
    return PlanTrouble.FAULT if code else None


def _end(thinking: int) -> None:
    os.kill(thinking, signal.SIGKILL)
    os.waitpid(thinking, 0)


def _think_and_leave(app: Flask, job: PlanJob) -> NoReturn:
    """Think in this process, which is here for nothing else. It never goes back to where it was forked."""
    code = 1
    try:
        _bound(app, job)
        _think(app, job)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    except BaseException:
        # Short of memory, libraries fail in ways of their own.
        code = NO_MEMORY if _is_full() else 1
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _is_full() -> bool:
    try:
        bytearray(SOME_MEMORY)
    except MemoryError:
        return True
    return False


def _bound(app: Flask, job: PlanJob) -> None:
    """No more memory than the setting says, no more time than was asked for even if nobody looks on any
    more, and the web first."""
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.alarm(int(float(job.asked.get("seconds", 0)) + GRACE_SECONDS) + 5)
    os.nice(POLITE)
    most = app.config["PLAN_MEMORY_MB"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _think(app: Flask, job: PlanJob) -> None:
    last = float("-inf")

    def told(progress: int, outcome: dict[str, Any] | None) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_SECONDS:
            note_outcome(job.id, job.worker, outcome, progress, at=now())
            last = time.monotonic()

    with app.app_context():
        try:
            outcome = WORK[job.kind](job, ZoneInfo(app.config["CITY_ZONE"]), told)
        except NothingLeft:
            fail_job(job.id, job.worker, PlanTrouble.NOTHING_LEFT, at=now())
        except NothingFound:
            fail_job(job.id, job.worker, PlanTrouble.TOOK_TOO_LONG, at=now())
        else:
            finish_job(job.id, job.worker, outcome, at=now())
