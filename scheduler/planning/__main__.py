"""`python -m scheduler.planning`: takes up the jobs that wait, one after the other."""

import argparse
import importlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from scheduler import config, open_archive
from scheduler.actions.plan_jobs import clear_old_jobs, take_job
from scheduler.clock import now
from scheduler.planning.slots import BUSY, IDLE, Slot
from scheduler.planning.start import slots_of
from scheduler.planning.work import do_job, whoami
from scheduler.records.database import db
from scheduler.records.plan_lookup import how_many_wait

LOOK_SECONDS = 0.2


def main() -> None:
    """Work until told to stop. One that was started for a job (`--slot`) ends when nothing has waited for
    the seconds that the setting says."""
    parser = argparse.ArgumentParser(prog="python -m scheduler.planning", description=__doc__)
    parser.add_argument("--slot", nargs=2, metavar=("HANDLE", "PATH"), help="the slot it was started with")
    parser.add_argument("--child-of", type=int, metavar="PID", help="stay no longer than this process does")
    told = parser.parse_args()
    settings = json.loads(os.environ.pop("PLANNING_SETTINGS", "{}"))
    slot = Slot(int(told.slot[0]), Path(told.slot[1])) if told.slot else None
    until = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        until.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        Planner(_app(settings), slot, parent=told.child_of).work(until)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        sys.exit(f"planner: the database cannot be used: {reason}")


def _app(settings: Mapping[str, Any]) -> Flask:
    """The archive without any room: a planner has no pages, and is ready in a fraction of the time."""
    app = Flask("scheduler", instance_path=config.instance_path())
    open_archive(app, settings)
    return app


class Planner:
    """Takes up jobs. Without a slot it belongs to nobody and stays."""

    def __init__(self, app: Flask, slot: Slot | None, *, parent: int | None) -> None:
        self.app, self.slot, self.parent = app, slot, parent
        self.worker = whoami()

    def work(self, until: threading.Event) -> None:
        if not self.do_next(until):
            _load_engine()
        idle_since = time.monotonic()
        while not until.is_set():
            if self.do_next(until):
                idle_since = time.monotonic()
            elif self.slot is not None and self._may_go(idle_since):
                if self._leave(self.slot):
                    return
            else:
                until.wait(LOOK_SECONDS)

    def do_next(self, until: threading.Event) -> bool:
        """Do the job that has waited longest. Whether there was one."""
        with self.app.app_context():
            job = take_job(self.worker, at=now()) if how_many_wait() else None
            db.session.remove()
        if job is None:
            return False
        self._say(BUSY)
        try:
            _load_engine()
            do_job(self.app, job, until=until)
        finally:
            self._say(IDLE)
        with self.app.app_context(), suppress(SQLAlchemyError):
            clear_old_jobs(now() - timedelta(days=self.app.config["PLAN_DAYS"]), at=now())
        return True

    def _may_go(self, idle_since: float) -> bool:
        is_orphan = self.parent is not None and os.getppid() != self.parent
        return is_orphan or time.monotonic() - idle_since >= self.app.config["PLAN_LINGER_SECONDS"]

    def _leave(self, slot: Slot) -> bool:
        """Go, unless a job has come meanwhile: whoever wrote one counts the idle behind the same door."""
        with slots_of(self.app).door():
            with self.app.app_context():
                if how_many_wait():
                    return False
            slot.leave()
        return True

    def _say(self, what: bytes) -> None:
        if self.slot is not None:
            self.slot.say(what)


def _load_engine() -> None:
    """Once, before the first fork: the jobs that follow find it there. Where it cannot be loaded the job
    itself comes to say so."""
    with suppress(ImportError):
        importlib.import_module("scheduler.planner.search")


if __name__ == "__main__":
    main()
