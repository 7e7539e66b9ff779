"""Three workers share one outbox while one after the other is killed: nothing is lost or new twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from email.parser import BytesParser

import pytest
from sqlalchemy import func, select

from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.letters import Letter, LetterState
from scheduler.records.outbox import OutboxNote
from tests import make
from tests.cast import seoul
from tests.post.smtp_server import LocalSmtpServer

WORKERS, KILLS, GUESTS, VISITS = 3, 4, 5, 4
PATIENCE_SECONDS = 90


@pytest.fixture
def news(app):
    """Visits in the outbox, each to be told to several guests."""
    who = make.delegation(contact_email="")
    for rank in range(GUESTS):
        email = f"guest{rank}@guests.example"
        db.session.add(Delegate(delegation_id=who.id, email=email, print_as=email, precedence=rank))
    db.session.commit()
    tour = make.tour(make.site())
    for hour in [(14, 10), (14, 14), (15, 10), (15, 14)]:
        make.visit(who, make.tour_session(tour, seoul(*hour)))


def worker(url, server, folder):
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "SMTP_URL": server.url,
        "INSTANCE_PATH": str(folder),
        "SECRET_KEY": "only-for-tests",
        "LETTERS_WAIT_SECONDS": "0",
        "LETTERS_LEASE_SECONDS": "3",
    }
    command = [sys.executable, "-m", "scheduler.worker"]
    return subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)


def is_done():
    left = select(func.count()).select_from(OutboxNote)
    open_ones = select(func.count()).select_from(Letter).where(Letter.state != LetterState.POSTED)
    written = select(func.count()).select_from(Letter)
    found = [db.session.scalar(each) for each in (left, open_ones, written)]
    db.session.rollback()
    return found == [0, 0, GUESTS * VISITS]


def test_workers_killed_at_random_lose_nothing_and_repeat_only_the_very_same(news, engine_url, tmp_path):
    chance = random.Random(4)
    with LocalSmtpServer() as server:
        server.delay_seconds = 0.05
        running = [worker(engine_url, server, tmp_path) for _ in range(WORKERS)]
        try:
            kills, until = 0, time.monotonic() + PATIENCE_SECONDS
            while not is_done() and time.monotonic() < until:
                time.sleep(chance.uniform(0.05, 0.5))
                if kills < KILLS and server.taken:
                    number = chance.randrange(WORKERS)
                    running[number].send_signal(signal.SIGKILL)
                    running[number].wait()
                    running[number] = worker(engine_url, server, tmp_path)
                    kills += 1
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait(20)
    assert is_done()
    assert kills > 0
    headers = BytesParser()
    seen = Counter(headers.parsebytes(taken.data, headersonly=True)["Message-ID"] for taken in server.taken)
    assert len(seen) == GUESTS * VISITS
    assert sum(seen.values()) - len(seen) <= kills
    assert len({taken.data for taken in server.taken}) == len(seen)
