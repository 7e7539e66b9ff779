"""Why a visit clashes, in words: from the reasons kept with it as plain values."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.words.verdict_words import refusal_in_words
from scheduler.words.wording import reason_values

DAYS = frozenset({"on", "active_from", "active_to", "moved_from"})


def clash_in_words(kept: Iterable[Mapping[str, Any]] | None) -> list[str]:
    """The reasons of `visit.clash` as a person reads them."""
    return [refusal_in_words(_refusal(reason)) for reason in kept or ()]


def clash_values(kept: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same as JSON values: codes, facts and words."""
    refusals = [_refusal(reason) for reason in kept]
    return [reason_values(refusal, refusal_in_words(refusal)) for refusal in refusals]


def _refusal(reason: Mapping[str, Any]) -> Refusal:
    facts = {name: _revived(name, value) for name, value in reason["facts"].items()}
    return Refusal(RefusalCode(reason["code"]), facts)


def _revived(name: str, value: Any) -> Any:
    """What was an instant or a day before it was kept as text."""
    if value is None:
        return None
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "hours":
        return [(datetime.fromisoformat(opens), datetime.fromisoformat(closes)) for opens, closes in value]
    return value
