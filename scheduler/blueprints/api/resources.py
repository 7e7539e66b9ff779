"""Guides, interpreters, vehicles, liaison officers: entered, found, changed, removed; when they are away."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.invalid import Invalid
from scheduler.actions.resources import (
    add_leave,
    add_resource,
    change_resource,
    remove_leave,
    remove_resource,
)
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
from scheduler.blueprints.api.schemas.resources import (
    LeaveIn,
    LeaveMadeOut,
    LeaveOut,
    LeavesOut,
    ResourceChanges,
    ResourceIn,
    ResourceOut,
    ResourceQuery,
    ResourcesOut,
)
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.duties import WorkingHours
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.resource_lookup import (
    ResourceSearch,
    duties_touching,
    leave_of,
    resources_matching,
    whole_resource,
)

EXAMPLE = {
    "kind": "interpreter",
    "name": "Interpreter for Arabic 1",
    "languages": ["ar-ko", "ar-en"],
    "most_a_day": 3,
    "setup_minutes": 15,
    "hours": [{"weekday": day, "starts": "09:00", "ends": "18:00"} for day in range(5)],
}
LEAVE = {
    "starts_at": "2026-12-14T00:00:00+09:00",
    "ends_at": "2026-12-16T00:00:00+09:00",
    "reason": "Annual leave",
}
TELL = ResourceOut()


@bp.post("/resources")
@bp.input(ResourceIn, example=EXAMPLE)
@bp.output(ResourceOut, status_code=201)
@allow(Permission.WRITE_RESOURCES)
@writes()
def enter_resource(json_data: dict[str, Any]) -> Response:
    """Enter a guide, interpreter, vehicle or liaison officer."""

    def act() -> Answered:
        facts = _facts(json_data)
        made = add_resource(facts.pop("kind"), facts, by=actor(), at=now())
        return Answered(201, TELL.dump(whole_resource(made.id)))

    return answered(act, lambda resource_id: url_for("api.read_resource", resource_id=resource_id))


@bp.get("/resources")
@bp.input(ResourceQuery, location="query")
@bp.output(ResourcesOut)
@allow(Permission.READ_DELEGATIONS)
def list_resources(query_data: dict[str, Any]) -> Response:
    """List who and what serves visits, by kind and name.

    A language finds those who speak it and those who interpret from or into it.
    """
    search = ResourceSearch(
        words=query_data.get("q", ""),
        kind=query_data.get("kind"),
        language=query_data.get("language"),
        site=query_data.get("site"),
        on=None if query_data.get("former") == "true" else now().astimezone(city_zone()).date(),
    )
    return told(page_of_rows(resources_matching(search), query_data, TELL.dump))


@bp.get("/resources/<id:resource_id>")
@bp.output(ResourceOut)
@allow(Permission.READ_DELEGATIONS)
def read_resource(resource_id: int) -> Response:
    """Read one."""
    return told(TELL.dump(whole_resource(resource_id)))


@bp.patch("/resources/<id:resource_id>")
@bp.input(ResourceChanges, example={"most_a_day": 2, "active_to": "2027-12-31"})
@bp.output(ResourceOut)
@allow(Permission.WRITE_RESOURCES)
@writes(version="must")
def change_one_resource(resource_id: int, json_data: dict[str, Any]) -> Response:
    """Change one. What is left out stays as it is; duties that are given are not touched."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        change_resource(resource_id, _facts(json_data), seen=seen, by=actor(), at=now())
        return Answered(200, TELL.dump(whole_resource(resource_id)))

    return answered(act)


@bp.delete("/resources/<id:resource_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_RESOURCES)
@writes(version="may")
def take_resource_off(resource_id: int) -> Response:
    """Remove one that never had a duty. Give others an end date (`active_to`): 409."""

    def act() -> Answered:
        remove_resource(resource_id, seen=seen_version(), by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


@bp.post("/resources/<id:resource_id>/leave")
@bp.input(LeaveIn, example=LEAVE)
@bp.output(LeaveMadeOut, status_code=201)
@allow(Permission.WRITE_RESOURCES)
@writes()
def enter_leave(resource_id: int, json_data: dict[str, Any]) -> Response:
    """Note when somebody is away; answers with the duties that lie within."""
    if json_data["ends_at"] <= json_data["starts_at"]:
        raise Invalid("ends_at", "not_after", earliest=json_data["starts_at"])
    span = Span(json_data["starts_at"], json_data["ends_at"])

    def act() -> Answered:
        made = add_leave(resource_id, span, json_data["reason"], by=actor(), at=now())
        duties = [duty.id for duty in duties_touching(resource_id, span)]
        return Answered(201, LeaveMadeOut().dump(LeaveOut().dump(made) | {"duties": duties}))

    return answered(act)


@bp.get("/resources/<id:resource_id>/leave")
@bp.input(Page, location="query")
@bp.output(LeavesOut)
@allow(Permission.READ_DELEGATIONS)
def list_leave(resource_id: int, query_data: dict[str, Any]) -> Response:
    """List when somebody is away, the latest first."""
    whole_resource(resource_id)
    return told(page_of_rows(leave_of(resource_id), query_data, LeaveOut().dump))


@bp.delete("/resources/<id:resource_id>/leave/<id:leave_id>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_RESOURCES)
@writes()
def take_leave_back(resource_id: int, leave_id: int) -> Response:
    """Take leave back."""

    def act() -> Answered:
        remove_leave(resource_id, leave_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


def _facts(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as the action wants to hear it."""
    if "hours" not in asked:
        return dict(asked)
    return asked | {"hours": [WorkingHours(**row) for row in asked["hours"]]}
