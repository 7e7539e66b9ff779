"""Disturbances and repairs as a job keeps them: plain JSON that gives back the very same."""

from typing import Any

from scheduler.core import disturbances
from scheduler.core.disturbances import Disturbance
from scheduler.planner.kept import as_json, from_json, knows
from scheduler.planner.repairs import answers as repair_answers
from scheduler.planner.repairs.answers import RepairAnswer

knows(disturbances, repair_answers)


def kept(told: Disturbance | RepairAnswer) -> Any:
    """What a job keeps of it."""
    return as_json(told)


def kept_disturbance(told: Any) -> Disturbance:
    """The disturbance that was kept. Raises KeyError, TypeError or ValueError where it cannot be read."""
    found = from_json(told)
    if not isinstance(found, Disturbance):
        raise TypeError("not a disturbance")
    return found


def kept_answer(told: Any) -> RepairAnswer | None:
    """The answer that was kept; None where there is none, or none that can be read any more."""
    try:
        found = from_json(told)
    except (KeyError, TypeError, ValueError):
        return None
    return found if isinstance(found, RepairAnswer) else None
