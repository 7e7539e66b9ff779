"""What a repair is asked: a disturbance, the facts around it, and how long the search may take."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.core.disturbances import CityFacts, Disturbance

REPAIR_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RepairAsked:
    """What to mend at an instant `at` (aware). `overrides` are refusal codes that the asker may pass and
    wishes to. `seconds` bounds the search for all delegations together; with the same `seed` the same facts
    give the same plan, unless that time runs out."""

    at: datetime
    disturbance: Disturbance
    facts: CityFacts
    overrides: frozenset[str] = frozenset()
    seconds: float = REPAIR_SECONDS
    seed: int = 1
