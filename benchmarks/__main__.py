"""`python -m benchmarks`: seeds a city of each size on each engine, measures it, prints the tables."""

import argparse
import sys
from collections.abc import Iterator

from flask import Flask

from benchmarks.engines import ENGINES, engine_version, fresh_database, opened
from benchmarks.figures import Figure
from benchmarks.in_process import figures_in_process
from benchmarks.machine import machine
from benchmarks.over_http import figures_over_http
from benchmarks.pages import figures_of_pages
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
        with fresh_database(engine) as url, opened(url) as app:
            version = engine_version()
            print(f"{version}: {load:,} visits …", file=sys.stderr, flush=True)
            by_load[load] = _figures(app, url, load)
    return table(version, by_load)


def _figures(app: Flask, url: str, load: int) -> list[Figure]:
    city = seeded_city(load)
    return [*figures_in_process(city), *figures_over_http(app, url, city), *figures_of_pages(app, city)]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--loads", type=int, nargs="+", default=LOADS, help="existing visits")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
