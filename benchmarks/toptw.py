"""`python -m benchmarks.toptw DIR`: the engine for wide windows beside the best scores known elsewhere."""

import argparse
import importlib.metadata
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from statistics import fmean

from benchmarks.machine import machine
from benchmarks.toptw_check import check_tours
from benchmarks.toptw_files import FileUnusable, Instance, best_known_in, instances_in, problem_of
from scheduler.clock import now
from scheduler.planner.orienteering.problem import ProblemUnusable
from scheduler.planner.orienteering.tours import Crew, crew_of

LIBRARIES = ("ortools", "numpy")
LINE = "{:<16} {:>4} {:>8} {:>10} {:>7} {:>8}"


@dataclass(frozen=True)
class Line:
    """One instance for so many days: what was found, by the file's vertex numbers, and in what time."""

    instance: str
    days: int
    score: int
    tours: list[list[int]]
    best_known: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """How much of the best known score is missing, in per cent."""
        return 100 * (self.best_known - self.score) / self.best_known if self.best_known else None


def main(words: list[str]) -> None:
    """The words after the program's name; ends with code 2 and a sentence where they cannot be followed."""
    asked = _asked(words)
    try:
        instances, others = instances_in(asked.folder, decimals=asked.decimals)
        best_known = best_known_in(asked.folder)
        _write(asked.out, [])
        for name in others:
            print(f"left out, no TOPTW file: {name}", file=sys.stderr)
        for line in _heading(asked, words):
            print(line, flush=True)
        for line in _averages(list(_measured_one_by_one(asked, instances, best_known))):
            print(line)
    except (FileUnusable, ProblemUnusable) as fault:
        sys.exit(_told(str(fault)))
    except OSError as error:
        sys.exit(_told(f"{error.filename} cannot be read or written: {error.strerror}."))
    print(f"At the end: {machine()}")


def _measured_one_by_one(
    asked: argparse.Namespace, instances: list[Instance], best_known: dict[tuple[str, int], int]
) -> Iterator[Line]:
    """Every line, told and written as soon as it is there, so that what an end too soon leaves is of use."""
    lines: list[Line] = []
    with crew_of(asked.processes) as crew:
        for days in asked.days:
            for instance in instances:
                known = best_known.get((instance.name, days))
                line = measured(crew, instance, days, known, seconds=asked.seconds, seed=asked.seed)
                lines.append(line)
                print(_row(line), flush=True)
                _write(asked.out, lines)
                yield line


def measured(
    crew: Crew, instance: Instance, days: int, known: int | None, *, seconds: float, seed: int
) -> Line:
    """One line of the table; everything since the file was read counts, and no tour leaves here unchecked."""
    begun = time.monotonic()
    problem = problem_of(instance)
    left = max(seconds - (time.monotonic() - begun), seconds / 10)
    found = crew.best_tours(problem, days=days, seconds=left, seed=seed)
    tours = [[instance.vertices[place].number for place in tour] for tour in found.tours]
    check_tours(instance, days=days, score=found.score, tours=tours)
    return Line(instance.name, days, found.score, tours, known, time.monotonic() - begun)


def _heading(asked: argparse.Namespace, words: list[str]) -> Iterator[str]:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    yield f"python -m benchmarks.toptw {' '.join(words)}"
    yield f"{now():%Y-%m-%d %H:%M} UTC, {machine()}"
    yield (
        f"scheduler.planner.orienteering with {versions}; seed {asked.seed}, {asked.processes} processes, "
        f"{asked.seconds:g} s for each line"
    )
    yield ""
    yield LINE.format("instance", "days", "score", "best known", "gap, %", "seconds")


def _row(line: Line) -> str:
    gap = "" if line.gap is None else f"{line.gap:.2f}"
    known = "" if line.best_known is None else line.best_known
    return LINE.format(line.instance, line.days, line.score, known, gap, f"{line.seconds:.2f}")


def _averages(lines: list[Line]) -> Iterator[str]:
    yield ""
    for days in sorted({line.days for line in lines}):
        gaps = [line.gap for line in lines if line.days == days and line.gap is not None]
        if gaps:
            yield f"average gap, {days} days: {fmean(gaps):.3f} % of {len(gaps)}, at most {max(gaps):.2f} %"
    gaps = [line.gap for line in lines if line.gap is not None]
    if gaps:
        yield f"average gap: {fmean(gaps):.3f} % of {len(gaps)}, at most {max(gaps):.2f} %"
    else:
        yield "no best scores are known, so there is no gap to tell"
    yield f"longest line: {max(line.seconds for line in lines):.2f} s"


def _write(out: Path | None, lines: list[Line]) -> None:
    answers = [
        {"instance": line.instance, "days": line.days, "score": line.score, "tours": line.tours}
        for line in lines
    ]
    if out:
        out.write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")


def _told(sentence: str) -> int:
    print(f"python -m benchmarks.toptw: {sentence}", file=sys.stderr)
    return 2


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.toptw", description=__doc__)
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="the files, and best_known.csv if there is one"
    )
    parser.add_argument("--days", type=_days, default=[1, 2, 3], help="numbers of days, such as 1,2,3")
    parser.add_argument("--seconds", type=_seconds, default=5.0, help="for each instance and number of days")
    parser.add_argument("--out", type=Path, help="where the tours are written, as JSON")
    parser.add_argument("--seed", type=_seed, default=1)
    parser.add_argument("--processes", type=_count, default=2, help="how many search side by side")
    parser.add_argument(
        "--decimals",
        type=int,
        choices=range(4),
        help="distances are rounded down to so many; 2 for names that begin with pr and a digit, else 1",
    )
    return parser.parse_args(words)


def _days(text: str) -> list[int]:
    return list(dict.fromkeys(_count(word) for word in text.split(",")))


def _count(text: str) -> int:
    return _whole(text, least=1, most=100)


def _seed(text: str) -> int:
    return _whole(text, least=0, most=2**31)


def _whole(text: str, *, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
    return number


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and 0 < number <= 86_400):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0, at most a day")
    return number


if __name__ == "__main__":
    main(sys.argv[1:])
