"""Real processes that start at one signal, each with its own connections to one database."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# Python is started once and our modules are read once; each runner is then a quick copy of that process.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.races.runs"])
PATIENCE_SECONDS = 60

Run = Callable[[str, Sequence[Any], Any, Callable[[str], None]], None]


@dataclass(frozen=True)
class Raced:
    """What came of a race: the outcomes of each round, and how long it all took."""

    rounds: list[list[str]]
    seconds: float


def race(run: Run, url: str, rounds: Sequence[Sequence[Any]]) -> Raced:
    """Let as many processes as a round has tasks do them together, round after round.

    `run(url, own_tasks, barrier, tell)` does one task of each round, and tells one outcome for each.
    """
    runners = len(rounds[0])
    barrier, told = CONTEXT.Barrier(runners, timeout=PATIENCE_SECONDS), CONTEXT.Queue()
    processes = [
        CONTEXT.Process(target=_run, args=(run, url, [tasks[number] for tasks in rounds], barrier, told))
        for number in range(runners)
    ]
    for process in processes:
        process.start()
    runs = [told.get(timeout=PATIENCE_SECONDS + len(rounds)) for _ in processes]
    for process in processes:
        process.join(PATIENCE_SECONDS)
    first, last = min(started for started, _, _ in runs), max(ended for _, ended, _ in runs)
    return Raced([list(of_round) for of_round in zip(*(o for _, _, o in runs), strict=True)], last - first)


def _run(run: Run, url: str, tasks: Sequence[Any], barrier: Any, told: Any) -> None:
    """One runner. The clock that is read here is the same for all processes of a machine."""
    outcomes: list[str] = []
    started: list[float] = []

    class Start:
        """The barrier, which also notes when this runner first passed it."""

        def wait(self) -> None:
            barrier.wait()
            started.append(time.monotonic())

    run(url, tasks, Start(), outcomes.append)
    told.put((started[0], time.monotonic(), outcomes))
