"""`python -m benchmarks`: seeds a city of each size on each engine, measures it, prints the tables."""

import argparse
import sys
from collections.abc import Iterator

from benchmarks.engines import ENGINES, engine_version, fresh_database, opened
from benchmarks.figures import Figure
from benchmarks.in_process import figures_in_process
from benchmarks.machine import machine
from benchmarks.seeded import seeded_city
from benchmarks.tables import table

LOADS = (1_000, 10_000, 100_000)


def main() -> None:
    asked = _asked()
    print(machine(), flush=True)
    for engine in asked.engines:
        print("\n" + "\n".join(_measured(engine, asked.loads)), flush=True)


def _measured(engine: str, loads: list[int]) -> Iterator[str]:
    by_load: dict[int, list[Figure]] = {}
    for load in loads:
        with fresh_database(engine) as url, opened(url):
            version = engine_version()
            print(f"{version}: {load:,} visits …", file=sys.stderr, flush=True)
            by_load[load] = figures_in_process(seeded_city(load))
    return table(version, by_load)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--loads", type=int, nargs="+", default=LOADS, help="existing visits")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
