"""What a delegation wishes to see."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.members import add_wish, change_member, remove_member
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
from scheduler.blueprints.api.schemas.members import WishChanges, WishesOut, WishIn, WishOut
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.delegation_search import member_of, wishes_of
from scheduler.records.delegations import Wish
from scheduler.records.tour_lookup import tour_seen_by

TELL = WishOut()


@bp.post("/delegations/<id:delegation_id>/wishes")
@bp.input(WishIn)
@bp.output(WishOut, status_code=201)
@allow(Permission.WRITE_DELEGATIONS)
@writes()
def make_wish(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Note a wish for a tour or a topic."""

    def act() -> Answered:
        made = add_wish(delegation_id, _columns(json_data), by=actor(), at=now())
        return Answered(201, TELL.dump(made))

    return answered(
        act, lambda wish_id: url_for("api.read_wish", delegation_id=delegation_id, wish_id=wish_id)
    )


@bp.get("/delegations/<id:delegation_id>/wishes")
@bp.input(Page, location="query")
@bp.output(WishesOut)
@allow(Permission.READ_DELEGATIONS)
def list_wishes(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's wishes, the most urgent first."""
    delegation_by_id(delegation_id)
    return told(page_of_rows(wishes_of(delegation_id), query_data, TELL.dump))


@bp.get("/delegations/<id:delegation_id>/wishes/<id:wish_id>")
@bp.output(WishOut)
@allow(Permission.READ_DELEGATIONS)
def read_wish(delegation_id: int, wish_id: int) -> Response:
    """Read a wish."""
    return told(TELL.dump(member_of(Wish, delegation_id, wish_id)))


@bp.patch("/delegations/<id:delegation_id>/wishes/<id:wish_id>")
@bp.input(WishChanges)
@bp.output(WishOut)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="must")
def change_wish(delegation_id: int, wish_id: int, json_data: dict[str, Any]) -> Response:
    """Change a wish. What is left out stays as it is."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        member_of(Wish, delegation_id, wish_id)
        changed = change_member(Wish, wish_id, _columns(json_data), seen=seen, by=actor(), at=now())
        return Answered(200, TELL.dump(changed))

    return answered(act)


@bp.delete("/delegations/<id:delegation_id>/wishes/<id:wish_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="may")
def remove_wish(delegation_id: int, wish_id: int) -> Response:
    """Take a wish off the list."""

    def act() -> Answered:
        member_of(Wish, delegation_id, wish_id)
        remove_member(Wish, wish_id, seen=seen_version(), by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


def _columns(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as columns: the tour by its id, times as RFC 3339 texts."""
    columns = dict(asked)
    for field in ("tour_code", "fallback_tour_code"):
        if field in columns:
            columns[field.replace("_code", "_id")] = _tour_id(field, columns.pop(field))
    if "preferred_times" in columns:
        columns["preferred_times"] = [time.isoformat() for time in columns["preferred_times"]]
    return columns


def _tour_id(field: str, code: str | None) -> int | None:
    try:
        return tour_seen_by(actor(), code).id if code else None
    except NotFound:
        raise Invalid(field, "unknown", value=code) from None
