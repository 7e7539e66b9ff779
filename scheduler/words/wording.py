"""Codes and facts put into words: refusals, cautions, alternatives, wrong fields."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from scheduler.actions.clashes import plain
from scheduler.actions.invalid import Invalid
from scheduler.core.verdicts import Alternative, Caution, Refusal, Verdict
from scheduler.words.invalid_words import INVALID
from scheduler.words.verdict_words import caution_in_words, fill, local, refusal_in_words


def invalid_in_words(error: Invalid) -> str:
    """What is wrong with one field, and what would be right."""
    return fill(INVALID[error.code], dict(error.facts))


def verdict_in_one(verdict: Verdict) -> str:
    """All reasons in one line, for a place that has only one."""
    if verdict.refusals:
        return " ".join(refusal_in_words(refusal) for refusal in verdict.refusals)
    return " ".join(caution_in_words(caution) for caution in verdict.cautions)


def verdict_values(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON values: codes, facts and words."""
    return {
        "refusals": [reason_values(r, refusal_in_words(r)) for r in verdict.refusals],
        "cautions": [reason_values(c, caution_in_words(c)) for c in verdict.cautions],
        "alternatives": [alternative_values(a) for a in verdict.alternatives],
    }


def reason_values(reason: Refusal | Caution, text: str) -> dict[str, Any]:
    return {"code": reason.code.value, "text": text, "facts": fact_values(reason.facts)}


def fact_values(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a reason as JSON values, instants on the city's clock."""
    return plain({name: _local(told) for name, told in facts.items()})


def alternative_values(alternative: Alternative) -> dict[str, Any]:
    """A session that would be accepted, as JSON values."""
    return {
        "site": alternative.site_code,
        "tour_code": alternative.tour_code,
        "tour_session_id": alternative.tour_session_id,
        "starts_at": local(alternative.starts_at).isoformat(),
        "ends_at": local(alternative.ends_at).isoformat(),
        "places_left": alternative.places_left,
        "cautions": [reason_values(c, caution_in_words(c)) for c in alternative.cautions],
    }


def shape_errors(detail: Any) -> list[dict[str, str]]:
    """APIFlask's nested errors as a flat list: every field at fault, each with what is wrong."""
    return [{"field": field, "message": message} for field, message in _flat(detail)]


def _local(told: Any) -> Any:
    if isinstance(told, list | tuple):
        return [_local(item) for item in told]
    return local(told) if isinstance(told, datetime) else told


def _flat(detail: Any, path: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            is_place = not path and key in ("json", "query", "headers", "path", "form", "files")
            name = "" if is_place or key == "_schema" else str(key)
            yield from _flat(value, ".".join(part for part in (path, name) if part))
    elif isinstance(detail, list | tuple):
        for value in detail:
            yield from _flat(value, path)
    elif detail:
        yield path, str(detail)
