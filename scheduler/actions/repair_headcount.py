"""A headcount that shrinks: the delegation is registered with fewer once its visits are for fewer."""

from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import (
    change_delegation,
    delegation_by_id,
    parents_of_change,
    would_fit,
)
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.records.writing import NOBODY, Parents


def parents_of_lowering(told: Disturbance) -> Parents:
    """Whom it touches to lower the headcount that a repair is about; nobody where it is of something else."""
    if told.kind is not DisturbanceKind.HEADCOUNT or told.delegation_id is None:
        return NOBODY
    return parents_of_change(told.delegation_id)


def lower_with_its_visits(told: Disturbance, *, by: Actor, at: datetime) -> bool:
    """Within the act that accepts a repair: register as many as come, if nothing that is planned is for more.
    Whether it was lowered; with some visits still to change it is not, nor by who may not change it."""
    if told.kind is not DisturbanceKind.HEADCOUNT or told.delegation_id is None or told.headcount is None:
        return False
    delegation = delegation_by_id(told.delegation_id)
    is_lower = told.headcount < delegation.headcount
    if not is_lower or not by.may(Permission.WRITE_DELEGATIONS) or not would_fit(delegation, told.headcount):
        return False
    change_delegation(delegation.id, {"headcount": told.headcount}, by=by, at=at)
    return True
