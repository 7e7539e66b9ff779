"""What a calendar link is asked for: its subject, and whether it tells the times alone."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import UnprocessableEntity

from scheduler.records.feeds import FeedKind

MOST = 2**31 - 1


@dataclass(frozen=True)
class AskedFor:
    """The kind of the subject, its number (the division has none), and whether only its busy times."""

    of: FeedKind
    number: int | None
    is_busy: bool


def asked_for() -> AskedFor:
    """What one of our own buttons sent: `of`, `number`, `busy`. Anything else is no form of ours (422)."""
    told = request.form
    kinds = {kind.value for kind in FeedKind} - {FeedKind.BUSY.value}
    if told.get("of") not in kinds:
        raise UnprocessableEntity
    of = FeedKind(told["of"])
    number = told.get("number", type=int)
    if (number is None) is not (of is FeedKind.DIVISION) or not 0 < (number or 1) <= MOST:
        raise UnprocessableEntity
    return AskedFor(of, number, told.get("busy") == "y")
