"""Engagements: planned, listed, read, changed, called off; who attends them and visits."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.attendance import attend_engagement, attend_visit
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.engagements import cancel_engagement, change_engagement, plan_engagement
from scheduler.blueprints.api.answering import (
    answered,
    required_version,
    seen_version,
    something_said,
    told,
    writes,
)
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.programmes import (
    AttendanceIn,
    AttendanceOut,
    CancelIn,
    EngagementChanges,
    EngagementIn,
    EngagementOut,
    EngagementQuery,
    EngagementsOut,
)
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.engagements import EngagementRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.attendance_lookup import attending
from scheduler.records.engagement_lookup import engagement_by_id, engagements_matching
from scheduler.records.engagements import Engagement
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit

EXAMPLE = {
    "kind": "meal",
    "title": "Lunch given by the vice mayor",
    "starts_at": "2026-12-14T12:00:00+09:00",
    "ends_at": "2026-12-14T13:00:00+09:00",
    "host": "Vice mayor",
}
TELL = EngagementOut()


@bp.post("/delegations/<id:delegation_id>/engagements")
@bp.input(EngagementIn, example=EXAMPLE)
@bp.output(EngagementOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def plan(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Plan an engagement. The rules say no as they do to visits: elsewhere, too far, outside the stay."""

    def act() -> Answered:
        delegation_by_id(delegation_id)
        made = plan_engagement(_request(delegation_id, json_data), by=actor(), at=now())
        return Answered(201, _told(made.id))

    return answered(act, lambda engagement_id: url_for("api.read_engagement", engagement_id=engagement_id))


@bp.get("/delegations/<id:delegation_id>/engagements")
@bp.input(EngagementQuery, location="query")
@bp.output(EngagementsOut)
@allow(Permission.READ_DELEGATIONS)
def list_engagements(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's engagements by hour, those called off among them."""
    delegation_by_id(delegation_id)
    rows = engagements_matching(delegation_id, query_data.get("state"))
    return told(page_of_rows(rows, query_data, TELL.dump))


@bp.get("/engagements/<id:engagement_id>")
@bp.output(EngagementOut)
@allow(Permission.READ_DELEGATIONS)
def read_engagement(engagement_id: int) -> Response:
    """Read an engagement."""
    return told(_told(engagement_id))


@bp.patch("/engagements/<id:engagement_id>")
@bp.input(EngagementChanges)
@bp.output(EngagementOut)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True, version="must")
def change_planned(engagement_id: int, json_data: dict[str, Any]) -> Response:
    """Change an engagement. What is left out stays as it is; the rules are asked anew where it matters."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        found = engagement_by_id(engagement_id)
        # Another part goes whole, unless somebody says how many of it.
        anew = {"headcount": None} if "part_id" in json_data else {}
        request = _request(found.delegation_id, _as_it_is(found) | anew | json_data)
        change_engagement(engagement_id, request, seen=seen, by=actor(), at=now())
        return Answered(200, _told(engagement_id))

    return answered(act)


@bp.post("/engagements/<id:engagement_id>/cancel")
@bp.input(CancelIn)
@bp.output(EngagementOut)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True, version="may")
def call_off(engagement_id: int, json_data: dict[str, Any]) -> Response:
    """Call an engagement off for good."""

    def act() -> Answered:
        cancel_engagement(engagement_id, json_data["reason"], seen=seen_version(), by=actor(), at=now())
        return Answered(200, _told(engagement_id))

    return answered(act)


@bp.get("/engagements/<id:engagement_id>/attendance")
@bp.output(AttendanceOut)
@allow(Permission.READ_DELEGATIONS)
def read_engagement_attendance(engagement_id: int) -> Response:
    """Who is named for an engagement; nobody means everybody it is for."""
    return told(_attendance(engagement_by_id(engagement_id)))


@bp.put("/engagements/<id:engagement_id>/attendance")
@bp.input(AttendanceIn)
@bp.output(AttendanceOut)
@allow(Permission.BOOK_VISITS)
@writes(version="may")
def name_engagement_attendance(engagement_id: int, json_data: dict[str, Any]) -> Response:
    """Say which delegates attend an engagement."""

    def act() -> Answered:
        ids, seen = json_data["delegate_ids"], seen_version()
        return Answered(
            200, _attendance(attend_engagement(engagement_id, ids, seen=seen, by=actor(), at=now()))
        )

    return answered(act)


@bp.get("/visits/<id:visit_id>/attendance")
@bp.output(AttendanceOut)
@allow(Permission.READ_DELEGATIONS)
def read_visit_attendance(visit_id: int) -> Response:
    """Who is named for a visit; nobody means everybody it is for."""
    return told(_attendance(visit_seen_by(actor(), visit_id)))


@bp.put("/visits/<id:visit_id>/attendance")
@bp.input(AttendanceIn)
@bp.output(AttendanceOut)
@allow(Permission.BOOK_VISITS)
@writes(version="may")
def name_visit_attendance(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Say which delegates attend a visit."""

    def act() -> Answered:
        ids, seen = json_data["delegate_ids"], seen_version()
        return Answered(200, _attendance(attend_visit(visit_id, ids, seen=seen, by=actor(), at=now())))

    return answered(act)


def _told(engagement_id: int) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump(engagement_by_id(engagement_id))
    return values


def _attendance(stop: Visit | Engagement) -> dict[str, Any]:
    return {"delegate_ids": list(attending(stop)), "version": stop.version}


def _as_it_is(found: Engagement) -> dict[str, Any]:
    columns = ("kind", "title", "starts_at", "ends_at", "part_id", "headcount", "host", "note")
    codes = {name: getattr(getattr(found, name), "code", None) for name in ("place", "destination")}
    return {name: getattr(found, name) for name in columns} | codes


def _request(delegation_id: int, asked: dict[str, Any]) -> EngagementRequest:
    return EngagementRequest(
        delegation_id=delegation_id,
        kind=asked["kind"],
        starts_at=asked["starts_at"],
        ends_at=asked["ends_at"],
        part_id=asked.get("part_id"),
        headcount=asked.get("headcount"),
        title=asked.get("title", ""),
        place=asked.get("place"),
        destination=asked.get("destination"),
        host=asked.get("host", ""),
        note=asked.get("note", ""),
        zone=city_zone(),
        acknowledge=tuple(asked.get("acknowledge", ())),
        acknowledge_reason=asked.get("acknowledge_reason", ""),
    )
