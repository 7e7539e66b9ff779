"""The worker: by the clock, beside the web processes, it expires holds and settles waiting lists."""

import argparse
import os
import signal
import sys
import threading
from types import FrameType

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from scheduler import create_app
from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.waiting import settle_waiting_lists
from scheduler.clock import now
from scheduler.records.database import db

ROUND_SECONDS = 5
# How soon a worker notices that the launcher that started it is gone.
PARENT_SECONDS = 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scheduler.worker", description=__doc__)
    parser.add_argument("--child-of", type=int, metavar="PID", help="end when this parent process ends")
    parent = parser.parse_args().child_of
    told_to_stop = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    work(create_app(), until=told_to_stop, parent=parent)


def work(app: Flask, *, until: threading.Event, parent: int | None = None) -> None:
    """Do one round every few seconds until told to stop, or until the process `parent` is no more."""
    is_away = False
    while not until.is_set():
        is_away = not do_round(app, was_away=is_away)
        for _second in range(0, ROUND_SECONDS, PARENT_SECONDS):
            if until.wait(PARENT_SECONDS) or _is_orphaned(parent):
                return


def do_round(app: Flask, *, was_away: bool = False) -> bool:
    """Do once what is due. False when the database was away: the next round tries again."""
    with app.app_context():
        try:
            expired = expire_overdue_holds(at=now())
            settle_waiting_lists(at=now())
        except SQLAlchemyError as error:
            db.session.rollback()
            if not was_away:
                _say(f"the database cannot be used, trying on every {ROUND_SECONDS} s: {_first_line(error)}")
            return False
    if was_away:
        _say("the database is back")
    if expired:
        _say(f"expired {expired} overdue {'hold' if expired == 1 else 'holds'}")
    return True


def _is_orphaned(parent: int | None) -> bool:
    return parent is not None and os.getppid() != parent


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def _say(sentence: str) -> None:
    print(f"{now():%Y-%m-%d %H:%M:%SZ} worker: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
