"""Figures: how long a thing takes, how much of it is ours, how many queries it asks."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from sqlalchemy import event

from scheduler.records.database import db


@dataclass(frozen=True)
class Figure:
    """One number of one measurement. `grows` asks the table for the growth between the loads."""

    subject: str
    name: str
    value: float
    digits: int = 2
    grows: bool = False


class Counter:
    """How many statements went to the database."""

    count = 0


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the statements of the block; the beginning of a transaction is none."""
    counter = Counter()

    def count(_connection: object, _cursor: object, statement: str, *_told: object) -> None:
        counter.count += not statement.startswith("BEGIN")

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield counter
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def measure(subject: str, acts: Iterable[Callable[[], object]], warm_up: int = 5) -> list[Figure]:
    """Do each act once, each on a database session of its own as a request has it; the first few unmeasured."""
    acts = list(acts)
    for act in acts[:warm_up]:
        _alone(act)
    walls, cpus = [], []
    for act in acts[warm_up:]:
        wall, cpu = time.perf_counter(), time.process_time()
        _alone(act)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return [*wall_figures(subject, walls), Figure(subject, "CPU, ms", median(cpus) * 1000, grows=True)]


def measure_again(subject: str, act: Callable[[], object], times: int = 60) -> list[Figure]:
    """The same for an act that changes nothing, with the number of its queries."""
    found = measure(subject, [act] * times)
    with counted() as counter:
        _alone(act)
    return [*found, Figure(subject, "queries", counter.count, digits=0)]


def wall_figures(subject: str, seconds: list[float]) -> list[Figure]:
    """Median and 99th percentile of what a clock on the wall saw."""
    in_order = sorted(seconds)
    p99 = in_order[min(len(in_order) - 1, int(len(in_order) * 0.99))]
    return [
        Figure(subject, "median, ms", median(in_order) * 1000, grows=True),
        Figure(subject, "p99, ms", p99 * 1000),
    ]


def _alone(act: Callable[[], object]) -> None:
    act()
    db.session.remove()
