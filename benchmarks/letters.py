"""A change that concerns fifty people: its transaction, its letters written, and posted to a local server.

`python -m benchmarks.letters [engine …]` prints these lines alone. The server is a real one (aiosmtpd) in a
process of its own, and answers at once.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.engines import ENGINES, engine_version
from benchmarks.machine import machine
from benchmarks.seeded import TICKED, SeededCity, seeded_city
from scheduler.actions.visits import move_visit, request_visit
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.post.carriers import carrier_for
from scheduler.post_room import in_post_room, post_letters, write_letters
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.visits import Visit

PEOPLE, TURNS, LOAD = 50, 11, 1_000
SERVER = """
import socket, sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"
controller = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("up", flush=True)
while True:
    time.sleep(60)
"""


def lines_of_letters(engine: str) -> Iterator[str]:
    """The lines of one engine. Medians of several changes; the first letter of each person is not counted."""
    with seeded_city(engine, LOAD) as city, _server() as url:
        city.app.config.update(LETTERS_WAIT_SECONDS=0, SMTP_URL=url)
        with in_post_room(city.app):
            visit, places = _visit_of_fifty(city)
            changes, writings, postings = [], [], []
            for turn in range(TURNS + 1):
                request = places[turn % 2]
                begun, cpu = time.perf_counter(), time.process_time()
                move_visit(visit.id, request, by=city.officer, at=now() + timedelta(seconds=turn))
                changes.append((time.perf_counter() - begun, time.process_time() - cpu))
                begun = time.perf_counter()
                written = write_letters()
                writings.append(written / (time.perf_counter() - begun))
                begun = time.perf_counter()
                with carrier_for(url, Path()) as by:
                    posted = post_letters(by, worker="benchmark")
                postings.append(posted / (time.perf_counter() - begun))
            wall, cpu_used = (median(each[n] for each in changes[1:]) * 1000 for n in (0, 1))
            yield f"letters of a change that concerns {PEOPLE} people, {engine_version()}"
            yield f"  the change, one transaction: {wall:.1f} ms (CPU {cpu_used:.1f}); wanted under 50"
            yield f"  letters written: {median(writings[1:]):.0f} per second"
            yield f"  letters posted to a local server: {median(postings[1:]):.0f} per second; wanted 50"


def _visit_of_fifty(city: SeededCity) -> tuple[Visit, list[VisitRequest]]:
    """A booked visit, and two places between which it moves."""
    first, second = city.requests(0)[:2]
    names = [f"guest{number}@guests.example" for number in range(PEOPLE)]
    for rank, email in enumerate(names):
        told = {"delegation_id": first.delegation_id, "email": email, "print_as": email, "precedence": rank}
        db.session.add(Delegate(**told))
    db.session.commit()
    visit = request_visit(first, by=city.officer, at=now()).visit
    moves = [
        VisitRequest(
            tour_code=each.tour_code,
            starts_at=each.starts_at,
            tour_session_id=each.tour_session_id,
            headcount=first.headcount,
            **TICKED,
        )
        for each in (second, first)
    ]
    return visit, moves


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def main() -> None:
    print(f"{now():%Y-%m-%d %H:%M} UTC, {machine()}")
    for engine in sys.argv[1:] or ENGINES:
        for line in lines_of_letters(engine):
            print(line, flush=True)


if __name__ == "__main__":
    main()
