"""The web's side: whoever asks for a plan, or asks after one, sees to it that somebody takes it up."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from scheduler.actions.plan_jobs import give_up_waiting
from scheduler.clock import now
from scheduler.planning.slots import Slot, Slots, city_called
from scheduler.records.database import db
from scheduler.records.plan_lookup import how_many_wait
from scheduler.records.plans import PlanTrouble

# What a planner must know of the app that starts it, besides the environment.
HANDED_OVER = ("SQLALCHEMY_DATABASE_URI", "CITY_ZONE")
# Libraries for numbers would else set up as many threads as there are cores, each with memory of its own.
QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_started: list[subprocess.Popen[bytes]] = []


def see_to_plans() -> None:
    """Start as many planners as jobs wait, up to the most that may be; those with nothing to do count.

    Planners outlive the request, and end by themselves when nothing has been asked for a while. Where none
    can be started, what waits has failed.
    """
    if how_many_wait():
        try:
            _have_ready(how_many_wait)
        except OSError:
            current_app.logger.exception("no planner can be started")
            give_up_waiting(PlanTrouble.CANNOT_START, at=now())


def warm_up() -> None:
    """Have a planner ready, for somebody who is about to ask: starting one takes a second or more."""
    with suppress(OSError):
        _have_ready(lambda: 1)


def _have_ready(wanted: Callable[[], int]) -> None:
    """Start planners until so many have nothing to do, or no more may be. Raises OSError."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    _started[:] = [process for process in _started if process.poll() is None]
    if app.config["PLAN_PROCESSES"] < 1:
        return
    slots = slots_of(app)
    with slots.door():
        for _ in range(wanted() - slots.idle()):
            if (slot := slots.take()) is None:
                return
            _start(app, slot)


def slots_of(app: Flask) -> Slots:
    """The slots of this app's planners on this machine."""
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    return Slots(Path(app.instance_path) / "planning", city_called(url), app.config["PLAN_PROCESSES"])


def _start(app: Flask, slot: Slot) -> None:
    command = [sys.executable, "-m", "scheduler.planning"]
    command += ["--slot", str(slot.handle), str(slot.path), "--child-of", str(os.getpid())]
    try:
        _started.append(subprocess.Popen(command, env=_environment(app), pass_fds=[slot.handle]))
    finally:
        os.close(slot.handle)


def _environment(app: Flask) -> dict[str, str]:
    settings: dict[str, Any] = {name: app.config[name] for name in app.config if name.startswith("PLAN_")}
    settings |= {name: app.config[name] for name in HANDED_OVER}
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        **QUIET,
        "INSTANCE_PATH": app.instance_path,
        "PYTHONPATH": os.pathsep.join(paths),
        "PLANNING_SETTINGS": json.dumps(settings),
    }
