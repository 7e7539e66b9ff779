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
from time import monotonic

import ortools

from benchmarks.machine import machine
from benchmarks.own_plans_cases import case
from benchmarks.own_plans_model import PlainModel
from scheduler.clock import now
from scheduler.planner.asked import PlanAsked
from scheduler.planner.choosing import choose, totals
from scheduler.planner.question import room_of
from scheduler.planner.search import Progress, plan

RESULTS = Path(__file__).parent / "results"
FIRST, PROVEN, THREE = 0.3, 1.0, 2.0
# From this share of the work on, only reasons are sought.
SEARCHED = 0.8
LINE = "{:<46}{:>9}{:>9}{:>9}{:>9}   {}"


@dataclass(frozen=True)
class Planned:
    """What one question took: seconds to each proposal, how many of them are proven; until the last proposal
    was found, or it was clear that there are no more; and in all, the reasons of what is unmet included."""

    seconds: tuple[float, ...]
    proven: tuple[bool, ...]
    last: float
    all_seconds: float

    @property
    def first(self) -> float:
        return self.seconds[0] if self.seconds else self.all_seconds

    @property
    def is_proven(self) -> bool:
        return bool(self.proven) and self.proven[0]


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
    yield ""
    plan(case(0, seed))
    cases = [case(n, seed) for n in range(number)]
    found = [_planned(each) for each in cases]
    days = [(each.delegation.stay.ends_at - each.delegation.stay.starts_at).days + 1 for each in cases]
    wishes = [len(each.wishes) for each in cases]
    yield f"{number} delegations: {min(days)} to {max(days)} days, {min(wishes)} to {max(wishes)} wishes"
    yield LINE.format("seconds", "median", "p95", "p99", "most", "wanted")
    yield _line("first proposal", [each.first for each in found], f"under {FIRST} s: {_share(found, FIRST)}")
    in_time = sum(each.is_proven and each.first <= PROVEN for each in found)
    proven = [each.first for each in found if each.is_proven]
    yield _line("proven best", proven, f"95 % under {PROVEN} s: {in_time / number:.1%}")
    three = sum(each.last <= THREE for each in found)
    yield _line("three alternatives", [each.last for each in found], f"under {THREE} s: {three / number:.1%}")
    yield _line("with the reasons of what is unmet", [each.all_seconds for each in found], "")
    sure = sum(all(each.proven) for each in found)
    yield f"all proposals proven: {sure} of {number}; three proposals: {_with_three(found)} of {number}"
    yield ""
    yield from _beside_plain(cases[:plain])
    yield f"\nAt the end: {machine()}"


def _planned(asked: PlanAsked) -> Planned:
    began, seconds, searched = monotonic(), list[float](), list[float]()

    def told(progress: Progress) -> None:
        while len(seconds) < len(progress.proposals):
            seconds.append(monotonic() - began)
        if progress.share >= SEARCHED:
            searched.append(monotonic() - began)

    answer = plan(asked, told=told)
    proven = tuple(proposal.is_proven for proposal in answer.proposals)
    return Planned(tuple(seconds), proven, searched[0], monotonic() - began)


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
