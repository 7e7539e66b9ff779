"""Visits: booked, listed, read, moved."""

from dataclasses import replace
from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.visits import move_visit, request_visit
from scheduler.blueprints.api.answering import answered, naming, seen_version, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.visits import MoveIn, VisitIn, VisitOut, VisitQuery, VisitsOut
from scheduler.clock import now
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.part_lookup import parts_of
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visit_search import visits_matching
from scheduler.records.visits import Visit

EXAMPLE = {
    "delegation_id": 1,
    "tour_code": "TOPIS-CONTROL",
    "starts_at": "2026-12-14T10:00:00+09:00",
    "headcount": 12,
}

TELL = VisitOut()
NAMED = {
    "delegation": "delegation_id",
    "tour": "tour_code",
    "tour_session": "tour_session_id",
    "part": "part_id",
    "resource": "assign",
}


@bp.post("/visits")
@bp.input(VisitIn, example=EXAMPLE)
@bp.output(VisitOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def book_visit(json_data: dict[str, Any]) -> Response:
    """Book a visit.

    It starts as requested, as held when `hold_until` is given, or as confirmed where the tour needs no
    agreement. An identical awaited visit (delegation, session, headcount) is answered with 200 as it is.
    """

    def act() -> Answered:
        with naming(**NAMED):
            booked = request_visit(new_request(json_data), by=actor(), at=now())
        return Answered(201 if booked.is_new else 200, tell_visit(booked.visit.id))

    return answered(act, address_of_visit)


@bp.get("/visits")
@bp.input(VisitQuery, location="query")
@bp.output(VisitsOut)
@allow(Permission.READ_VISITS)
def list_visits(query_data: dict[str, Any]) -> Response:
    """List visits by hour. Site managers see those of their own sites."""
    code, first, last = query_data.get("site"), query_data.get("from_"), query_data.get("to")
    if first and last and last <= first:
        raise Invalid("to", "not_after", earliest=first)
    rows = visits_matching(
        actor(),
        site_id=site_seen_by(actor(), code).id if code else None,
        delegation_id=query_data.get("delegation"),
        first=first,
        last=last,
        state=query_data.get("state"),
    )
    return told(page_of_rows(rows, query_data, TELL.dump))


@bp.get("/visits/<id:visit_id>")
@bp.output(VisitOut)
@allow(Permission.READ_VISITS)
def read_visit(visit_id: int) -> Response:
    """Read a visit."""
    return told(tell_visit(visit_id))


@bp.post("/visits/<id:visit_id>/move")
@bp.input(MoveIn)
@bp.output(VisitOut)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True, version="may")
def move(visit_id: int, json_data: dict[str, Any]) -> Response:
    """Give a visit another session, headcount or part, and name who comes along besides.

    The same rules as for a booking are asked, and the owner is asked again: a confirmed visit becomes
    requested, unless its tour needs no agreement.
    """

    def act() -> Answered:
        visit = visit_seen_by(actor(), visit_id)
        request = moving_request(json_data, visit)
        with naming(**NAMED):
            move_visit(visit_id, request, seen=seen_version(), by=actor(), at=now())
        return Answered(200, tell_visit(visit_id))

    return answered(act)


def tell_visit(visit_id: int) -> dict[str, Any]:
    """A visit as it is now, as JSON values. Raises NotFound."""
    values: dict[str, Any] = TELL.dump(visit_seen_by(actor(), visit_id))
    return values


def address_of_visit(visit_id: int) -> str:
    return url_for("api.read_visit", visit_id=visit_id)


def agreement_in(told_agreement: dict[str, Any] | None) -> OwnerAgreement | None:
    """The owner's word as it was heard."""
    if told_agreement is None:
        return None
    return OwnerAgreement(by=told_agreement["by"], on=told_agreement["at"], channel=told_agreement["channel"])


def new_request(asked: dict[str, Any]) -> VisitRequest:
    """The asking for a new visit."""
    return replace(_request(asked), headcount=headcount_of(asked))


def headcount_of(asked: dict[str, Any]) -> int:
    """How many come: all of the part, or of the delegation, unless it was said. Raises NotFound."""
    if asked["headcount"] is not None:
        return int(asked["headcount"])
    part_id = asked.get("part_id")
    if part_id is None:
        return delegation_by_id(asked["delegation_id"]).headcount
    counts = {part.id: part.headcount for part in parts_of(asked["delegation_id"])}
    if part_id not in counts:
        raise NotFound("part", part_id)
    return counts[part_id]


def moving_request(asked: dict[str, Any], visit: Visit) -> VisitRequest:
    """The asking for a move: what is left out stays as it is."""
    request = replace(
        _request(asked),
        headcount=asked["headcount"] or visit.headcount,
        language=asked["language"] or visit.language,
        part_id=asked.get("part_id", visit.part_id),
        delegation_id=visit.delegation_id,
        visit_id=visit.id,
    )
    if request.tour_session_id is None and request.tour_code is None:
        return replace(request, tour_session_id=visit.tour_session_id)
    return request


def _request(asked: dict[str, Any]) -> VisitRequest:
    return VisitRequest(
        headcount=asked["headcount"] or 0,
        delegation_id=asked.get("delegation_id"),
        tour_session_id=asked["tour_session_id"],
        tour_code=asked["tour_code"],
        starts_at=asked["starts_at"],
        language=asked["language"],
        hold_until=asked["hold_until"],
        part_id=asked.get("part_id"),
        assign=tuple(dict.fromkeys(asked["assign"])),
        acknowledge=tuple(asked["acknowledge"]),
        acknowledge_reason=asked["acknowledge_reason"],
        overrides=frozenset(code.value for code in asked["override"]),
        override_reason=asked["override_reason"],
        owner_agreement=agreement_in(asked["owner_agreement"]),
    )
