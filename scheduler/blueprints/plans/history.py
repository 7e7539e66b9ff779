"""The plans of a delegation so far, each one click away."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from scheduler.actions.plans import terms_of
from scheduler.blueprints.typed import city_zone
from scheduler.records.database import db
from scheduler.records.plan_lookup import plans_of
from scheduler.records.plans import PlanJob
from scheduler.words.instants import moment_in_words
from scheduler.words.plan_page_words import minds_in_words

MOST_SHOWN = 12


@dataclass(frozen=True)
class Former:
    """One plan: its number among those of the delegation, when it was asked, what was decided then."""

    number: int
    url: str
    when: str
    minds: str
    is_this: bool
    is_booked: bool


def former_plans(plan: PlanJob) -> Sequence[Former]:
    """The delegation's plans in their order, the latest dozen; nothing where this is the only one."""
    plans = list(db.session.scalars(plans_of(plan.delegation_id or 0)))
    told = [_told(each, len(plans) - index, plan) for index, each in enumerate(plans[:MOST_SHOWN])]
    return list(reversed(told)) if len(plans) > 1 else []


def _told(plan: PlanJob, number: int, here: PlanJob) -> Former:
    terms = terms_of(plan)
    return Former(
        number=number,
        url=url_for("plans.plan", plan_id=plan.id),
        when=moment_in_words(plan.asked_at, city_zone().key),
        minds=minds_in_words(len(terms.pins), len(terms.bans)) if terms.pins or terms.bans else "",
        is_this=plan.id == here.id,
        is_booked=plan.booked is not None,
    )
