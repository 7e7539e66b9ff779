"""Delegations: registered, found, read, changed."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import change_delegation, register_delegation
from scheduler.actions.invalid import Invalid
from scheduler.blueprints.api.answering import answered, required_version, something_said, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.delegations import (
    DelegationChanges,
    DelegationIn,
    DelegationOut,
    DelegationQuery,
    DelegationsOut,
)
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import delegations_matching, partners_called, whole_delegation
from scheduler.words.search_words import sought

EXAMPLE = {
    "name": "Hanoi People's Committee",
    "kind": "inspection",
    "purpose": "Traffic signals",
    "headcount": 12,
    "languages": ["vi", "en"],
    "arrives_at": "2026-12-10T08:00:00+09:00",
    "departs_at": "2026-12-20T20:00:00+09:00",
    "contact_email": "contact@hanoi.example",
}

TELL = DelegationOut()


@bp.post("/delegations")
@bp.input(DelegationIn, example=EXAMPLE)
@bp.output(DelegationOut, status_code=201)
@allow(Permission.WRITE_DELEGATIONS)
@writes()
def register(json_data: dict[str, Any]) -> Response:
    """Register a delegation."""

    def act() -> Answered:
        made = register_delegation(_columns(json_data), by=actor(), at=now())
        return Answered(201, tell_delegation(made.id))

    return answered(act, address_of_delegation)


@bp.get("/delegations")
@bp.input(DelegationQuery, location="query")
@bp.output(DelegationsOut)
@allow(Permission.READ_DELEGATIONS)
def list_delegations(query_data: dict[str, Any]) -> Response:
    """List delegations, the latest arrival first; with `q` the best match first."""
    rows = delegations_matching(sought(query_data.get("q", ""), now()), query_data.get("state"))
    return told(page_of_rows(rows, query_data, TELL.dump))


@bp.get("/delegations/<id:delegation_id>")
@bp.output(DelegationOut)
@allow(Permission.READ_DELEGATIONS)
def read_delegation(delegation_id: int) -> Response:
    """Read a delegation."""
    return told(tell_delegation(delegation_id))


@bp.patch("/delegations/<id:delegation_id>")
@bp.input(DelegationChanges)
@bp.output(DelegationOut)
@allow(Permission.WRITE_DELEGATIONS)
@writes(refuses=True, version="must")
def change(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Change a delegation. What is left out stays as it is."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        change_delegation(delegation_id, _columns(json_data), seen=seen, by=actor(), at=now())
        return Answered(200, tell_delegation(delegation_id))

    return answered(act)


def tell_delegation(delegation_id: int) -> dict[str, Any]:
    """A delegation as it is now, as JSON values. Raises NotFound."""
    values: dict[str, Any] = TELL.dump(whole_delegation(delegation_id))
    return values


def address_of_delegation(delegation_id: int) -> str:
    return url_for("api.read_delegation", delegation_id=delegation_id)


def _columns(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as columns: a partner's name becomes its id."""
    columns = dict(asked)
    if "partner" in columns:
        named = columns.pop("partner")
        columns["partner_id"] = _partner(named, columns.get("country")) if isinstance(named, str) else named
    return columns


def _partner(name: str, country: str | None) -> int:
    found = partners_called(name, country)
    if len(found) != 1:
        raise Invalid("partner", "several" if found else "unknown", value=name)
    return found[0]
