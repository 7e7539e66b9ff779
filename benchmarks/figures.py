"""Figures: how long a thing takes, how much of it is ours, how many queries it asks, at each load."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from flask import Flask
from sqlalchemy import event

from scheduler.records.database import db

Act = Callable[[], object]
# So many acts at one load, then as many at the next: a machine that grows busy is busy for all of them.
IN_A_ROW, WARM_UP = 5, 20


@dataclass(frozen=True)
class Figure:
    """One number of one measurement at each load. `grows` asks the table for the growth between them."""

    subject: str
    name: str
    values: Sequence[float]
    digits: int = 2
    grows: bool = False


@dataclass
class Taken:
    """The seconds that each act of one load took: on the wall, and of this process."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


class Counter:
    """How many statements went to the database."""

    count = 0


@contextmanager
def counted(app: Flask) -> Iterator[Counter]:
    """Count the statements of the block; the beginning of a transaction is none."""
    counter = Counter()

    def count(_connection: object, _cursor: object, statement: str, *_told: object) -> None:
        counter.count += not statement.startswith("BEGIN")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counter
    finally:
        event.remove(engine, "before_cursor_execute", count)


def measure(subject: str, apps: Sequence[Flask], acts: Sequence[Sequence[Act]]) -> list[Figure]:
    """Do the acts of each load, each in an app context of its own as a request has it. The first ones are not
    measured; of the last one the queries are counted."""
    taken = [Taken() for _ in apps]
    for first in range(0, len(acts[0]) - 1, IN_A_ROW):
        for app, all_acts, so_far in zip(apps, acts, taken, strict=True):
            found = [_timed(app, act) for act in all_acts[:-1][first : first + IN_A_ROW]]
            if first >= WARM_UP:
                so_far.wall += [wall for wall, _cpu in found]
                so_far.cpu += [cpu for _wall, cpu in found]
    return [
        *wall_figures(subject, [each.wall for each in taken]),
        Figure(subject, "CPU, ms", [median(each.cpu) * 1000 for each in taken], grows=True),
        Figure(
            subject, "queries", [_queries(a, all_acts[-1]) for a, all_acts in zip(apps, acts, strict=True)], 0
        ),
    ]


def wall_figures(subject: str, seconds: Sequence[list[float]]) -> list[Figure]:
    """Median and 99th percentile of what a clock on the wall saw at each load."""
    return [
        Figure(subject, "median, ms", [median(each) * 1000 for each in seconds], grows=True),
        Figure(subject, "p99, ms", [sorted(each)[int(len(each) * 0.99)] * 1000 for each in seconds]),
    ]


def _timed(app: Flask, act: Act) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    with app.app_context():
        act()
    return time.perf_counter() - wall, time.process_time() - cpu


def _queries(app: Flask, act: Act) -> int:
    with counted(app) as counter, app.app_context():
        act()
    return counter.count
