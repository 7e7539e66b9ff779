"""`python -m benchmarks.own_plans`: how quickly realistic delegations get their proven best days.

Beside it, on a sample, the same questions as one plain CP-SAT model: the engine this one was chosen over,
and an independent check. If both are proven and differ in any figure, the run stops with an error.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, process_time

import ortools

from benchmarks.machine import machine
from benchmarks.own_plans_cases import TAKEN, case
from benchmarks.own_plans_model import PlainModel
from scheduler.clock import now
from scheduler.planner.asked import PlanAsked
from scheduler.planner.choosing import choose, totals
from scheduler.planner.differing import programmes
from scheduler.planner.programme import proposal_of
from scheduler.planner.question import room_of
from scheduler.planner.room import local_days
from scheduler.planner.search import plan

RESULTS = Path(__file__).parent / "results"
FIRST, PROVEN, THREE = 0.3, 1.0, 2.0
# Beside tight places: a quiet season, in which there is far more to choose from.
ROOMY = 0.4
LINE = "{:<46}{:>9}{:>9}{:>9}{:>9}   {}"


@dataclass(frozen=True)
class Planned:
    """What one question took: seconds to each proposal and whether it is proven, and until the last was found
    or it was clear that there are no more. Who goes along and the rules' last word are part of it."""

    seconds: tuple[float, ...]
    proven: tuple[bool, ...]
    last: float
    first_cpu: float
    last_cpu: float

    @property
    def first(self) -> float:
        return self.seconds[0]


class Differ(Exception):
    """Two engines have both proven the best figures of one question, and they are not the same."""


def main() -> None:
    asked = _asked()
    lines = []
    for line in _report(asked.cases, asked.seed, asked.plain):
        print(line, flush=True)
        lines.append(line)
    if asked.save:
        (RESULTS / f"{now().date()}-plans.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(number: int, seed: int, plain: int) -> Iterator[str]:
    yield f"python -m benchmarks.own_plans {' '.join(sys.argv[1:])}".strip()
    yield f"{now():%Y-%m-%d %H:%M} UTC, {machine()}"
    yield f"days enumerated, chosen by CP-SAT (OR-Tools {ortools.__version__}, 1 worker), seed {seed}"
    plan(replace(case(0, seed), seconds=1))
    for taken in (TAKEN, ROOMY):
        yield ""
        yield from _alone([case(n, seed, taken=taken) for n in range(number)], taken)
    yield ""
    yield from _with_reasons([case(n, seed) for n in range(max(1, plain // 2))])
    yield ""
    yield from _beside_plain([case(n, seed) for n in range(plain)])
    yield f"\nAt the end: {machine()}"


def _alone(cases: Sequence[PlanAsked], taken: float) -> Iterator[str]:
    """What the questions take by the engine as it is."""
    number, found = len(cases), [_planned(each) for each in cases]
    days = [len(local_days(each)) for each in cases]
    wishes = [len(each.wishes) for each in cases]
    yield (
        f"{number} delegations, {min(days)} to {max(days)} days, {min(wishes)} to {max(wishes)} wishes, "
        f"about {taken:.0%} of the places taken"
    )
    yield LINE.format("seconds", "median", "p95", "p99", "most", "wanted")
    yield _line("first proposal", [each.first for each in found], f"under {FIRST} s: {_share(found, FIRST)}")
    in_time = sum(each.proven[0] and each.first <= PROVEN for each in found)
    proven = [each.first for each in found if each.proven[0]]
    yield _line("proven best", proven, f"95 % under {PROVEN} s: {in_time / number:.1%}")
    yield _line("  of it this process alone", [each.first_cpu for each in found], "")
    three = sum(each.last <= THREE for each in found)
    yield _line("three alternatives", [each.last for each in found], f"under {THREE} s: {three / number:.1%}")
    yield _line("  of it this process alone", [each.last_cpu for each in found], "")
    sure = sum(all(each.proven) for each in found)
    yield f"all proposals proven: {sure} of {number}; three proposals: {_with_three(found)} of {number}"


def _planned(asked: PlanAsked) -> Planned:
    began, busy, seconds, cpu, proven = (
        monotonic(),
        process_time(),
        list[float](),
        list[float](),
        list[bool](),
    )
    until = began + asked.seconds
    room = room_of(asked, until)
    for standing in programmes(room, asked.alternatives, until):
        proven.append(proposal_of(room, standing).is_proven)
        seconds.append(monotonic() - began)
        cpu.append(process_time() - busy)
    last = monotonic() - began
    return Planned(tuple(seconds), tuple(proven), last, cpu[0], process_time() - busy)


def _with_reasons(cases: Sequence[PlanAsked]) -> Iterator[str]:
    """The whole answer, with why each wish is unmet and what would help, each remedy tried."""
    yield f"{len(cases)} of them with the reasons of what is unmet and the remedies, each tried"
    yield LINE.format("seconds", "median", "p95", "p99", "most", "")
    yield _line("whole answer", [plan(asked).seconds for asked in cases], f"at most {cases[0].seconds:.0f} s")


def _beside_plain(cases: Sequence[PlanAsked]) -> Iterator[str]:
    """The choice of days alone (no people, no alternatives), by both engines."""
    own, plain, unproven = [], [], 0
    for asked in cases:
        asked = replace(asked, seconds=60)
        began = monotonic()
        room = room_of(asked)
        choice = choose(room.columns, room.wishes)
        own.append(monotonic() - began)
        assert choice is not None
        figures, is_proven, _ = PlainModel(asked).solve(60)
        plain.append(monotonic() - began - own[-1])
        unproven += not is_proven
        if is_proven and choice.is_proven and figures != totals(choice.columns)[1:]:
            raise Differ(f"{asked.delegation.id}: {totals(choice.columns)[1:]} and {figures}")
    if cases:
        yield f"{len(cases)} of them by both engines, best days only: the same figures ({unproven} unproven)"
        yield LINE.format("seconds", "median", "p95", "p99", "most", "")
        yield _line("days enumerated, set packing", own, "")
        yield _line("one plain CP-SAT model, goal after goal", plain, "")


def _line(name: str, seconds: Sequence[float], wanted: str) -> str:
    cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [max(seconds)] * 99
    figures = (median(seconds), cuts[94], cuts[98], max(seconds))
    return LINE.format(name, *(f"{each:.3f}" for each in figures), wanted)


def _share(found: Sequence[Planned], most: float) -> str:
    return f"{sum(each.first <= most for each in found) / len(found):.1%}"


def _with_three(found: Sequence[Planned]) -> int:
    return sum(len(each.seconds) == 3 for each in found)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own_plans", description=__doc__)
    parser.add_argument("--cases", type=int, default=200, help="delegations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", type=int, default=60, help="of them, also by one plain CP-SAT model")
    parser.add_argument("--save", action="store_true", help="keep the report in benchmarks/results/")
    return parser.parse_args()


if __name__ == "__main__":
    main()
