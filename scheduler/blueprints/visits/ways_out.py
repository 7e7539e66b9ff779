"""What can be done when a session has no room for all of them: split the party, or wait for places."""

from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from scheduler.actions.waiting import WORTH_WAITING
from scheduler.blueprints.visits.answers import Answer
from scheduler.blueprints.visits.errands import Errand, Which
from scheduler.core.facts import Diary
from scheduler.core.verdicts import RefusalCode

WORTH_SPLITTING = frozenset(
    {RefusalCode.GROUP_TOO_LARGE, RefusalCode.NO_PLACES_LEFT, RefusalCode.TOO_MANY_PEOPLE_AT_ONCE}
)
HOLD_HOURS = 48


@dataclass(frozen=True)
class WaysOut:
    """Where the party is split over sessions, and the form of one button that waits for places."""

    split_url: str | None = None
    wait_action: str | None = None
    wait_hidden: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.split_url or self.wait_action)


def ways_out(errand: Errand, diary: Diary, answer: Answer) -> WaysOut:
    """The ways out of a refusal for want of room; a visit that is to move stays as it is meanwhile."""
    codes = {refusal.code for refusal in answer.refusals}
    running = diary.running
    if running is None or errand.visit is not None or not codes & WORTH_SPLITTING:
        return WaysOut()
    which = Which(tour_session_id=running.id, tour_code=diary.tour.code, starts_at=running.starts_at)
    told: dict[str, Any] = {"headcount": errand.headcount, "language": errand.language or ""}
    split_url = url_for(
        "splits.proposal",
        delegation_id=errand.delegation.id,
        **{name: value for name, value in (told | which.fields()).items() if value},
    )
    if running.id is None or not codes <= WORTH_WAITING or errand.headcount > running.places:
        return WaysOut(split_url if errand.headcount > 1 else None)
    hidden = told | {"delegation_id": errand.delegation.id, "hold_hours": HOLD_HOURS}
    wait_action = url_for("sessions.join", tour_session_id=running.id)
    return WaysOut(split_url if errand.headcount > 1 else None, wait_action, hidden)
