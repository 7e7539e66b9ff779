"""Several stops as one act, put into words and values: what stands against which of them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import ngettext

from scheduler.actions.batches import BatchRefused
from scheduler.actions.shifts import ShiftRefused
from scheduler.core.verdicts import Verdict
from scheduler.words.wording import verdict_values


def batch_in_one(refused: BatchRefused) -> str:
    """How many of them stand in the way, and that nothing was booked."""
    return ngettext(
        "Nothing was booked: %(num)s of the stops stands in the way.",
        "Nothing was booked: %(num)s of the stops stand in the way.",
        refused.standing.count(False),
    )


def shift_in_one(refused: ShiftRefused) -> str:
    """How many stops stand in the way, and that nothing was moved."""
    return ngettext(
        "Nothing was moved: %(num)s stop stands in the way.",
        "Nothing was moved: %(num)s stops stand in the way.",
        len(refused.visits) + len(refused.engagements),
    )


def batch_values(refused: BatchRefused) -> list[dict[str, Any]]:
    """The verdict of each request by its index; `accepted` says whether it alone would have been booked."""
    told = zip(refused.verdicts, refused.standing, strict=True)
    return [
        {"index": index, "accepted": stands, **verdict_values(verdict)}
        for index, (verdict, stands) in enumerate(told)
    ]


def shift_values(refused: ShiftRefused) -> dict[str, list[dict[str, Any]]]:
    """The verdicts that stand against a shift, by stop."""
    return {
        "visits": _by_stop("visit_id", refused.visits),
        "engagements": _by_stop("engagement_id", refused.engagements),
    }


def _by_stop(name: str, verdicts: Mapping[int, Verdict]) -> list[dict[str, Any]]:
    return [{name: number, **verdict_values(verdict)} for number, verdict in verdicts.items()]
