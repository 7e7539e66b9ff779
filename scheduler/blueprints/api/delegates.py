"""The named members of a delegation."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.members import add_delegate, change_member, remove_member
from scheduler.blueprints.api.answering import (
    answered,
    required_version,
    seen_version,
    something_said,
    told,
    writes,
)
from scheduler.blueprints.api.paging import Page, page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.members import DelegateChanges, DelegateIn, DelegateOut, DelegatesOut
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import delegates_of, member_of
from scheduler.records.delegations import Delegate

TELL = DelegateOut()


@bp.post("/delegations/<id:delegation_id>/delegates")
@bp.input(DelegateIn)
@bp.output(DelegateOut, status_code=201)
@allow(Permission.WRITE_DELEGATIONS)
@writes()
def name_delegate(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Name a member."""

    def act() -> Answered:
        made = add_delegate(delegation_id, json_data, by=actor(), at=now())
        return Answered(201, TELL.dump(made))

    return answered(
        act,
        lambda delegate_id: url_for(
            "api.read_delegate", delegation_id=delegation_id, delegate_id=delegate_id
        ),
    )


@bp.get("/delegations/<id:delegation_id>/delegates")
@bp.input(Page, location="query")
@bp.output(DelegatesOut)
@allow(Permission.READ_DELEGATIONS)
def list_delegates(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's members in their order of precedence."""
    delegation_by_id(delegation_id)
    return told(page_of_rows(delegates_of(delegation_id), query_data, TELL.dump))


@bp.get("/delegations/<id:delegation_id>/delegates/<id:delegate_id>")
@bp.output(DelegateOut)
@allow(Permission.READ_DELEGATIONS)
def read_delegate(delegation_id: int, delegate_id: int) -> Response:
    """Read a member."""
    return told(TELL.dump(member_of(Delegate, delegation_id, delegate_id)))


@bp.patch("/delegations/<id:delegation_id>/delegates/<id:delegate_id>")
@bp.input(DelegateChanges)
@bp.output(DelegateOut)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="must")
def change_delegate(delegation_id: int, delegate_id: int, json_data: dict[str, Any]) -> Response:
    """Change a member. What is left out stays as it is."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        member_of(Delegate, delegation_id, delegate_id)
        changed = change_member(Delegate, delegate_id, json_data, seen=seen, by=actor(), at=now())
        return Answered(200, TELL.dump(changed))

    return answered(act)


@bp.delete("/delegations/<id:delegation_id>/delegates/<id:delegate_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="may")
def remove_delegate(delegation_id: int, delegate_id: int) -> Response:
    """Take a member off the list."""

    def act() -> Answered:
        member_of(Delegate, delegation_id, delegate_id)
        remove_member(Delegate, delegate_id, seen=seen_version(), by=actor(), at=now())
        return Answered(204, {})

    return answered(act)
