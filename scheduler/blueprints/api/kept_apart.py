"""Whom a delegation should not meet: being at one site at one hour is then a caution."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.kept_apart import keep_apart, let_meet
from scheduler.blueprints.api.answering import answered, naming, told, writes
from scheduler.blueprints.api.paging import Page, page_of_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.places import KeptApartIn, KeptApartOut, KeptApartsOut
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.kept_apart_lookup import kept_apart_from

TELL = KeptApartOut()


@bp.post("/delegations/<id:delegation_id>/kept-apart")
@bp.input(KeptApartIn)
@bp.output(KeptApartOut, status_code=201)
@allow(Permission.WRITE_DELEGATIONS)
@writes()
def keep_delegations_apart(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Mark two delegations as a pair that should not meet; asked again, the new reason stands."""
    other_id = json_data["other_id"]

    def act() -> Answered:
        delegation_by_id(delegation_id)
        with naming(delegation="other_id"):
            keep_apart(delegation_id, other_id, json_data["reason"], by=actor(), at=now())
        pair = next(pair for pair in kept_apart_from(delegation_id) if pair.other.id == other_id)
        return Answered(201, TELL.dump(pair))

    return answered(act)


@bp.get("/delegations/<id:delegation_id>/kept-apart")
@bp.input(Page, location="query")
@bp.output(KeptApartsOut)
@allow(Permission.READ_DELEGATIONS)
def list_kept_apart(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List whom a delegation should not meet, by name."""
    delegation_by_id(delegation_id)
    return told(page_of_values(kept_apart_from(delegation_id), query_data, TELL.dump))


@bp.delete("/delegations/<id:delegation_id>/kept-apart/<id:other_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_DELEGATIONS)
@writes()
def let_delegations_meet(delegation_id: int, other_id: int) -> Response:
    """Take the mark back."""

    def act() -> Answered:
        let_meet(delegation_id, other_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)
