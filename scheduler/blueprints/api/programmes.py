"""Parts of a delegation, the internal approvals behind its programme, and the versions published."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.parts import PartAsked, divide
from scheduler.actions.programmes import change_approval, enter_approval, publish
from scheduler.blueprints.api.answering import (
    answered,
    required_version,
    seen_version,
    something_said,
    told,
    writes,
)
from scheduler.blueprints.api.paging import Page, page_of_rows, page_of_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.programmes import (
    ApprovalChanges,
    ApprovalIn,
    ApprovalOut,
    ApprovalsOut,
    DivisionIn,
    DivisionOut,
    PartOut,
    PartsOut,
    ProgrammeVersionOut,
    ProgrammeVersionsOut,
    PublishIn,
)
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.part_lookup import parts_of
from scheduler.records.programme_versions import (
    approval_by_id,
    approvals_matching,
    newest_version,
    number_of_version,
    version_numbered,
    versions_matching,
)
from scheduler.records.programmes import Approval

DIVISION = {
    "division": "Museum or plant",
    "parts": [{"name": "Museum", "headcount": 7}, {"name": "Plant", "headcount": 5}],
}
PAPER = {
    "document_number": "국제교류과-2188",
    "approved_by": "Head of division",
    "approved_on": "2026-11-20",
    "disclosure": "partial",
    "co_signed": ["Budget team"],
}
TELL_PART, TELL_APPROVAL, TELL_VERSION = PartOut(), ApprovalOut(), ProgrammeVersionOut()


@bp.get("/delegations/<id:delegation_id>/parts")
@bp.input(Page, location="query")
@bp.output(PartsOut)
@allow(Permission.READ_DELEGATIONS)
def list_parts(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's parts, division by division."""
    delegation_by_id(delegation_id)
    return told(page_of_values(parts_of(delegation_id), query_data, TELL_PART.dump))


@bp.put("/delegations/<id:delegation_id>/parts")
@bp.input(DivisionIn, example=DIVISION)
@bp.output(DivisionOut)
@allow(Permission.WRITE_DELEGATIONS)
@writes(version="may")
def divide_delegation(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Make the parts of one division exactly these. If-Match names the delegation's version."""
    division = json_data["division"]
    parts = [
        PartAsked(each["name"], each["headcount"], each["delegate_ids"], each["id"])
        for each in json_data["parts"]
    ]

    def act() -> Answered:
        made = divide(delegation_id, division, parts, seen=seen_version(), by=actor(), at=now())
        version = delegation_by_id(delegation_id).version
        rows = [TELL_PART.dump(part) for part in made]
        return Answered(200, {"division": division, "parts": rows, "version": version})

    return answered(act)


@bp.post("/delegations/<id:delegation_id>/approvals")
@bp.input(ApprovalIn, example=PAPER)
@bp.output(ApprovalOut, status_code=201)
@allow(Permission.PUBLISH_PROGRAMMES)
@writes()
def enter_paper(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Enter an internal approval."""

    def act() -> Answered:
        return Answered(
            201, TELL_APPROVAL.dump(enter_approval(delegation_id, json_data, by=actor(), at=now()))
        )

    return answered(
        act,
        lambda made_id: url_for("api.read_approval", delegation_id=delegation_id, approval_id=made_id),
    )


@bp.get("/delegations/<id:delegation_id>/approvals")
@bp.input(Page, location="query")
@bp.output(ApprovalsOut)
@allow(Permission.READ_DELEGATIONS)
def list_approvals(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List a delegation's internal approvals, the newest first."""
    delegation_by_id(delegation_id)
    return told(page_of_rows(approvals_matching(delegation_id), query_data, TELL_APPROVAL.dump))


@bp.get("/delegations/<id:delegation_id>/approvals/<id:approval_id>")
@bp.output(ApprovalOut)
@allow(Permission.READ_DELEGATIONS)
def read_approval(delegation_id: int, approval_id: int) -> Response:
    """Read an internal approval."""
    return told(TELL_APPROVAL.dump(_paper(delegation_id, approval_id)))


@bp.patch("/delegations/<id:delegation_id>/approvals/<id:approval_id>")
@bp.input(ApprovalChanges)
@bp.output(ApprovalOut)
@allow(Permission.PUBLISH_PROGRAMMES)
@writes(version="must")
def correct_approval(delegation_id: int, approval_id: int, json_data: dict[str, Any]) -> Response:
    """Correct an internal approval. Versions already published keep what they were published with."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        _paper(delegation_id, approval_id)
        changed = change_approval(approval_id, json_data, seen=seen, by=actor(), at=now())
        return Answered(200, TELL_APPROVAL.dump(changed))

    return answered(act)


@bp.get("/delegations/<id:delegation_id>/programme")
@bp.output(ProgrammeVersionOut)
@allow(Permission.READ_DELEGATIONS)
def read_programme(delegation_id: int) -> Response:
    """What guests hold now: the newest published version, whole."""
    newest = newest_version(delegation_by_id(delegation_id).id)
    if newest is None:
        raise NotFound("programme version", 1)
    return told(TELL_VERSION.dump(newest))


@bp.post("/delegations/<id:delegation_id>/programme")
@bp.input(PublishIn)
@bp.output(ProgrammeVersionOut, status_code=201)
@allow(Permission.PUBLISH_PROGRAMMES)
@writes()
def publish_version(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Publish the stay as it stands as the next version.

    Answers 409 `nothing_to_publish` where nothing is planned, or nothing differs from the version before.
    """

    def act() -> Answered:
        delegation_by_id(delegation_id)
        asked = json_data["approval_id"], json_data["reason"]
        made = publish(delegation_id, *asked, zone=city_zone(), by=actor(), at=now())
        return Answered(201, TELL_VERSION.dump(made))

    return answered(
        act,
        lambda made_id: url_for(
            "api.read_version", delegation_id=delegation_id, number=number_of_version(made_id)
        ),
    )


@bp.get("/delegations/<id:delegation_id>/programme/versions")
@bp.input(Page, location="query")
@bp.output(ProgrammeVersionsOut)
@allow(Permission.READ_DELEGATIONS)
def list_versions(delegation_id: int, query_data: dict[str, Any]) -> Response:
    """List the published versions, the newest first."""
    delegation_by_id(delegation_id)
    return told(page_of_rows(versions_matching(delegation_id), query_data, TELL_VERSION.dump))


@bp.get("/delegations/<id:delegation_id>/programme/versions/<id:number>")
@bp.output(ProgrammeVersionOut)
@allow(Permission.READ_DELEGATIONS)
def read_version(delegation_id: int, number: int) -> Response:
    """Read one published version, whole."""
    return told(TELL_VERSION.dump(version_numbered(delegation_id, number)))


def _paper(delegation_id: int, approval_id: int) -> Approval:
    found = approval_by_id(approval_id)
    if found.delegation_id != delegation_id:
        raise NotFound("approval", approval_id)
    return found
