"""The rivers people know a city by: one small file a city; a city without one is drawn without."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scheduler.core.travel import Point

CITIES = Path(__file__).parent / "cities"


@dataclass(frozen=True, slots=True)
class River:
    """A river's middle line, its usual width, and what it is called in the reader's language."""

    name: str
    course: tuple[Point, ...]
    width_km: float


@cache
def rivers(language: str) -> tuple[River, ...]:
    """Every river on file, named in a language (English where it has no name there)."""
    return tuple(_river(path, language) for path in sorted(CITIES.glob("*.json")))


def _river(path: Path, language: str) -> River:
    told = json.loads(path.read_text(encoding="utf-8"))
    names = told["names"]
    course = tuple(Point(latitude, longitude) for latitude, longitude in told["course"])
    return River(names.get(language, names["en"]), course, told["width_km"])
