"""What was booked of a plan, and how it stands by now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from scheduler.actions.plan_refusals import PlanStands, is_gone
from scheduler.core.lifecycle import VisitState
from scheduler.records.plans import PlanJob
from scheduler.records.visit_lookup import visits_numbered
from scheduler.words.plan_change_words import stands_in_words


@dataclass(frozen=True)
class Booked:
    """Which proposal was accepted, in words what stands of it, and whether any of it was called off since."""

    proposal: int
    text: str
    is_called_off: bool


def own_visits(plan: PlanJob) -> Collection[int]:
    """The visits that a plan became."""
    return {visit_id for ids in (plan.booked or {"stops": {}})["stops"].values() for visit_id in ids}


def booked_of(plan: PlanJob, at: datetime) -> Booked | None:
    """What was booked of a plan; None where nothing was."""
    if plan.booked is None:
        return None
    number, visits = plan.booked["proposal"], visits_numbered(own_visits(plan))
    if gone := [visit for visit in visits if is_gone(visit, at)]:
        return Booked(number, stands_in_words(PlanStands("called_off", gone)), True)
    if any(visit.state is VisitState.HELD for visit in visits):
        return Booked(number, _("The places of programme %(number)s are held.", number=number + 1), False)
    return Booked(number, _("Programme %(number)s of this plan is booked.", number=number + 1), False)
