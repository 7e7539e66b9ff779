"""`python -m benchmarks`: seeds a city of each size on each engine, measures it, prints the tables."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from benchmarks.calendar_files import feed_lines
from benchmarks.engines import ENGINES, engine_version
from benchmarks.feeds import lines_of_feeds
from benchmarks.in_process import figures_in_process
from benchmarks.machine import machine
from benchmarks.over_http import figures_over_http
from benchmarks.pages import figures_of_pages
from benchmarks.seeded import seeded_city
from benchmarks.tables import table
from benchmarks.whole_visits import figures_of_whole_visits
from scheduler.clock import now

LOADS = (1_000, 10_000, 100_000)
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    asked = _asked()
    lines = []
    for line in _report(asked.engines, asked.loads):
        print(line, flush=True)
        lines.append(line)
    if asked.save:
        (RESULTS / f"{now().date()}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(engines: list[str], loads: list[int]) -> Iterator[str]:
    yield f"python -m benchmarks {' '.join(sys.argv[1:])}".strip()
    yield f"{now():%Y-%m-%d %H:%M} UTC, {machine()}"
    yield ""
    yield from feed_lines()
    for engine in engines:
        yield ""
        yield from _measured(engine, loads)
        yield ""
        yield from lines_of_feeds(engine)
    yield f"\nAt the end: {machine()}"


def _measured(engine: str, loads: list[int]) -> Iterator[str]:
    with ExitStack() as cities_open:
        cities = []
        for load in loads:
            print(f"{engine}: {load:,} visits …", file=sys.stderr, flush=True)
            cities.append(cities_open.enter_context(seeded_city(engine, load)))
        with cities[0].app.app_context():
            version = engine_version()
        figures = (figures_in_process, figures_over_http, figures_of_pages, figures_of_whole_visits)
        yield from table(version, loads, chain.from_iterable(of(cities) for of in figures))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--loads", type=int, nargs="+", default=LOADS, help="existing visits")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--save", action="store_true", help="keep the report in benchmarks/results/")
    return parser.parse_args()


if __name__ == "__main__":
    main()
