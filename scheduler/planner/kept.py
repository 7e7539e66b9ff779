"""Questions and answers of the planner as JSON that gives back the very same: each value says what it is."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from types import ModuleType
from typing import Any

from scheduler.core import slack, spans, verdicts, wishes
from scheduler.planner import answers, asked

# What is no plain JSON stands as {"$": what it is, …}.
MARK = "$"
KNOWN: dict[str, type[Any]] = {}


def knows(*modules: ModuleType) -> None:
    """Teach the codec every dataclass and enum that a module defines. Their names must differ."""
    for module in modules:
        for name, found in vars(module).items():
            is_ours = isinstance(found, type) and found.__module__ == module.__name__
            is_kept = is_ours and (is_dataclass(found) or issubclass(found, Enum))
            if is_kept and KNOWN.setdefault(name, found) is not found:
                raise ValueError(f"two things are called {name}")


knows(answers, asked, slack, spans, verdicts, wishes)


def as_json(told: Any) -> Any:
    """A value of dataclasses, enums, instants, days, tuples, sets and plain values as plain JSON values."""
    if is_dataclass(told) and not isinstance(told, type):
        return _marked(told, {field.name: as_json(getattr(told, field.name)) for field in fields(told)})
    if isinstance(told, Enum):
        return _marked(told, {"of": as_json(told.value)})
    if isinstance(told, datetime | date | time):
        return {MARK: type(told).__name__, "of": told.isoformat()}
    if isinstance(told, tuple | set | frozenset):
        in_order = told if isinstance(told, tuple) else sorted(told)
        return {MARK: type(told).__name__, "of": [as_json(each) for each in in_order]}
    if isinstance(told, Mapping):
        return {MARK: "dict", "of": [[as_json(key), as_json(value)] for key, value in told.items()]}
    if isinstance(told, list):
        return [as_json(each) for each in told]
    if told is None or isinstance(told, bool | int | float | str):
        return told
    raise TypeError(f"{type(told).__name__} cannot be kept")


def from_json(kept: Any) -> Any:
    """The value that `as_json` made this of. Raises KeyError for what nobody knows any more."""
    if isinstance(kept, list):
        return [from_json(each) for each in kept]
    if not isinstance(kept, dict):
        return kept
    what = kept[MARK]
    if what in PLAIN:
        return PLAIN[what](kept["of"])
    known = KNOWN[what]
    if issubclass(known, Enum):
        return known(from_json(kept["of"]))
    return known(**{name: from_json(value) for name, value in kept.items() if name != MARK})


def _marked(told: Any, more: dict[str, Any]) -> dict[str, Any]:
    name = type(told).__name__
    if KNOWN.get(name) is not type(told):
        raise TypeError(f"{name} cannot be kept: nobody taught it")
    return {MARK: name, **more}


PLAIN: Mapping[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "tuple": lambda of: tuple(map(from_json, of)),
    "set": lambda of: set(map(from_json, of)),
    "frozenset": lambda of: frozenset(map(from_json, of)),
    "dict": lambda of: {from_json(key): from_json(value) for key, value in of},
}
