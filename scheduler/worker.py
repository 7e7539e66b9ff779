"""The worker: by the clock, beside the web processes, it frees holds, posts letters and fetches mail."""

import argparse
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from scheduler import create_app
from scheduler.actions.hands import note_round
from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.waiting import settle_waiting_lists
from scheduler.clock import now
from scheduler.post.mailbox import MailboxAway
from scheduler.post_room import (
    carrier,
    fetch_mail,
    in_post_room,
    post_letters,
    write_letters,
    write_reminders,
)
from scheduler.records.database import db

# How often a hand tells the database that it is alive.
NOTED_EVERY_SECONDS = 60
# How soon a worker notices that the launcher that started it is gone, or that it is to stop.
PARENT_SECONDS = 1


@dataclass(frozen=True)
class Hand:
    """One thing the worker does again and again: `do` says what it did, or nothing if there was nothing.
    How many seconds it then waits is the setting `<NAME>_SECONDS`."""

    name: str
    do: Callable[[threading.Event], str]


def look_at_the_clock(_until: threading.Event) -> str:
    """Free the places of holds that ran out, and offer them to who waits."""
    expired = expire_overdue_holds(at=now())
    settle_waiting_lists(at=now())
    return f"expired {expired} overdue {'hold' if expired == 1 else 'holds'}" if expired else ""


def see_to_the_letters(until: threading.Event) -> str:
    """Write what is due, then post it."""
    try:
        write_letters()
    finally:
        with carrier() as by:
            posted = post_letters(by, worker=_whoami(), goes_on=lambda: not until.is_set())
    return f"posted {posted} {'letter' if posted == 1 else 'letters'}" if posted else ""


def see_to_the_calendar(_until: threading.Event) -> str:
    """Write what the clock brings; it is posted with the rest."""
    written = write_reminders()
    return f"wrote {written} {'reminder' if written == 1 else 'reminders'} and answers" if written else ""


def empty_the_mailbox(_until: threading.Event) -> str:
    """Take in what has arrived."""
    taken = fetch_mail()
    return f"took in {taken} {'mail' if taken == 1 else 'mails'}" if taken else ""


# Each has a thread of its own: a mail server that keeps us waiting must not keep holds from ending.
HANDS = (
    Hand("clock", look_at_the_clock),
    Hand("letters", see_to_the_letters),
    Hand("reminders", see_to_the_calendar),
    Hand("mailbox", empty_the_mailbox),
)


def main(*, parent: int | None = None) -> None:
    """Work until told to stop by SIGTERM or SIGINT, or until the process `parent` is no more."""
    told_to_stop = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    work(create_app(), until=told_to_stop, parent=parent)


def work(app: Flask, *, until: threading.Event, parent: int | None = None) -> None:
    """Have every hand do its rounds until told to stop, or until the process `parent` is no more. What is
    under way is finished first."""
    threads = [threading.Thread(target=_rounds, args=(app, hand, until), name=hand.name) for hand in HANDS]
    for thread in threads:
        thread.start()
    while not until.wait(PARENT_SECONDS):
        if parent is not None and os.getppid() != parent:
            until.set()
    for thread in threads:
        thread.join()


def _rounds(app: Flask, hand: Hand, until: threading.Event) -> None:
    trouble, noted, noted_at = "", "", float("-inf")
    while not until.is_set():
        trouble = do_round(app, hand, until, trouble=trouble)
        if trouble != noted or time.monotonic() >= noted_at + NOTED_EVERY_SECONDS:
            _note(app, hand, trouble)
            noted, noted_at = trouble, time.monotonic()
        until.wait(_pause(app, hand))


def _note(app: Flask, hand: Hand, trouble: str) -> None:
    """Let pages show how the hand fares; a database that is away is shown by everything else."""
    with app.app_context(), suppress(SQLAlchemyError):
        note_round(hand.name, trouble, at=now())


def _pause(app: Flask, hand: Hand) -> float:
    return float(app.config[f"{hand.name.upper()}_SECONDS"])


def do_round(app: Flask, hand: Hand, until: threading.Event, *, trouble: str = "") -> str:
    """Do once what is due. What stood in the way, in words, or nothing: the next round tries again, and the
    same trouble is told only once."""
    with in_post_room(app):
        try:
            done, found = hand.do(until), ""
        except Exception as error:
            db.session.rollback()
            done, found = "", _trouble(error)
    if found and found != trouble:
        _say(f"{found}; trying on every {_pause(app, hand):g} s")
    if trouble and not found:
        _say(f"{hand.name}: all is well again")
    if done:
        _say(done)
    return found


def _trouble(error: Exception) -> str:
    if isinstance(error, SQLAlchemyError):
        return f"the database cannot be used: {_first_line(error)}"
    if isinstance(error, MailboxAway):
        left = "".join(f"; {type(each).__name__}: {_first_line(each)}" for each in error.left[:3])
        return f"the mailbox cannot be used: {error.said}{left}"
    inner = getattr(error, "exceptions", (error,))
    told = "; ".join(f"{type(each).__name__}: {_first_line(each)}" for each in inner[:3])
    return f"{error.args[0] if inner != (error,) else 'this went wrong'}: {told}"


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def _whoami() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _say(sentence: str) -> None:
    print(f"{now():%Y-%m-%d %H:%M:%SZ} worker: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m scheduler.worker", description=__doc__)
    parser.add_argument("--child-of", type=int, metavar="PID", help="end when this parent process ends")
    main(parent=parser.parse_args().child_of)
