"""What the races came to, in figures: a table for the terminal and for tests/artefacts/race.txt."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.races.runners import Raced

ARTEFACT = Path(__file__).parent.parent / "artefacts" / "race.txt"
HEADS = ("race", "engine", "rounds", "attempts", "accepted", "refused", "faults", "seconds")


@dataclass
class Figures:
    """One line a race; outcomes that are neither yes nor a reasoned no are faults."""

    engine: str
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, name: str, raced: Raced) -> None:
        outcomes = [outcome for of_round in raced.rounds for outcome in of_round]
        accepted = sum(outcome.startswith("accepted") for outcome in outcomes)
        faults = sum(outcome.startswith("fault") for outcome in outcomes)
        told = (len(raced.rounds), len(outcomes), accepted, len(outcomes) - accepted - faults, faults)
        self.rows.append((name, self.engine, *map(str, told), f"{raced.seconds:.1f}"))


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, words to the left and numbers to the right."""
    lines = [HEADS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def machine() -> str:
    """Where the figures were taken."""
    return (
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
