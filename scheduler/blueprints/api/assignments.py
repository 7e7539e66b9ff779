"""Assignments: suggested, made, read, released."""

from datetime import datetime
from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.assignments import assign, assign_day, release
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.blueprints.api.answering import answered, naming, seen_version, told, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.assignments import (
    AssignDayIn,
    AssignIn,
    AssignmentOut,
    AssignmentsOut,
    SuggestionQuery,
    SuggestionsOut,
)
from scheduler.blueprints.api.schemas.visits import NothingIn
from scheduler.clock import now
from scheduler.core.spans import Span
from scheduler.core.staffing import Suggestion
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.duty_lookup import (
    assignment_numbered,
    assignments_of_delegation,
    assignments_of_visit,
    suggested_for,
)
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.verdict_words import refusal_in_words
from scheduler.words.wording import reason_values

TELL = AssignmentOut()
DAY = {
    "resource_id": 1,
    "starts_at": "2026-12-14T08:30:00+09:00",
    "ends_at": "2026-12-14T18:30:00+09:00",
    "headcount": 45,
}


@bp.get("/visits/<id:visit_id>/suggestions")
@bp.input(SuggestionQuery, location="query")
@bp.output(SuggestionsOut)
@allow(Permission.BOOK_VISITS)
def suggest_for_visit(visit_id: int, query_data: dict[str, Any]) -> Response:
    """Suggest who could come to a visit.

    Everybody of the kind, the best first: free before not free, then the least work that day, then the
    nearest. Who cannot come is told with every reason.
    """
    found = suggested_for(visit_seen_by(actor(), visit_id), query_data["kind"], now())
    return told({"items": [_suggestion(each) for each in found]})


@bp.get("/visits/<id:visit_id>/assignments")
@bp.output(AssignmentsOut)
@allow(Permission.READ_VISITS)
def list_assignments_of_visit(visit_id: int) -> Response:
    """List who was asked to come to a visit."""
    visit = visit_seen_by(actor(), visit_id)
    return told({"items": [TELL.dump(each) for each in assignments_of_visit(visit.id)]})


@bp.post("/visits/<id:visit_id>/assignments")
@bp.input(AssignIn, example={"resource_id": 1})
@bp.output(AssignmentOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def assign_to_visit(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Ask somebody to come to a visit, or a vehicle for it."""
    own_times = _own_times(json_data["starts_at"], json_data["ends_at"])

    def act() -> Answered:
        with naming(resource="resource_id"):
            duty = assign(
                visit_id,
                json_data["resource_id"],
                headcount=json_data["headcount"],
                own_times=own_times,
                by=actor(),
                at=now(),
            )
        return Answered(201, _told(duty.id))

    return answered(act, _address)


@bp.get("/delegations/<id:delegation_id>/assignments")
@bp.output(AssignmentsOut)
@allow(Permission.READ_DELEGATIONS)
def list_assignments_of_delegation(delegation_id: int) -> Response:
    """List who is with a delegation for stretches of its days."""
    delegation = delegation_by_id(delegation_id)
    return told({"items": [TELL.dump(each) for each in assignments_of_delegation(delegation.id)]})


@bp.post("/delegations/<id:delegation_id>/assignments")
@bp.input(AssignDayIn, example=DAY)
@bp.output(AssignmentOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def assign_to_delegation(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Put a vehicle or a liaison officer with a delegation over a stretch of a day."""
    span = _own_times(json_data["starts_at"], json_data["ends_at"])
    assert span is not None

    def act() -> Answered:
        with naming(resource="resource_id", part="part_id"):
            duty = assign_day(
                delegation_id,
                json_data["resource_id"],
                span,
                part_id=json_data["part_id"],
                headcount=json_data["headcount"],
                by=actor(),
                at=now(),
            )
        return Answered(201, _told(duty.id))

    return answered(act, _address)


@bp.get("/assignments/<id:assignment_id>")
@bp.output(AssignmentOut)
@allow(Permission.READ_DELEGATIONS)
def read_assignment(assignment_id: int) -> Response:
    """Read an assignment."""
    return told(_told(assignment_id))


@bp.post("/assignments/<id:assignment_id>/release")
@bp.input(NothingIn)
@bp.output(AssignmentOut)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True, version="may")
def release_assignment(assignment_id: int, json_data: dict[str, Any]) -> Response:
    """Let somebody go who was asked or had accepted."""

    def act() -> Answered:
        release(assignment_id, seen=seen_version(), by=actor(), at=now())
        return Answered(200, _told(assignment_id))

    return answered(act)


def _own_times(starts_at: datetime | None, ends_at: datetime | None) -> Span | None:
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        raise Invalid("ends_at", "not_after", earliest=starts_at)
    return Span(starts_at, ends_at)


def _told(assignment_id: int) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump(assignment_numbered(assignment_id))
    return values


def _address(assignment_id: int) -> str:
    return url_for("api.read_assignment", assignment_id=assignment_id)


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "resource_id": suggestion.resource.id,
        "name": suggestion.resource.name,
        "is_free": suggestion.is_free,
        "duties_that_day": suggestion.duties_that_day,
        "minutes_away": suggestion.minutes_away,
        "refusals": [reason_values(r, refusal_in_words(r)) for r in suggestion.refusals],
    }
