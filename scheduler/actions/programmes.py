"""The internal approval behind a programme, and publishing it in versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.amendments import amendments
from scheduler.core.engagements import HOME_ZONE
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.programme_content import content_of
from scheduler.records.programme_lookup import itinerary
from scheduler.records.programme_versions import approval_by_id, newest_version
from scheduler.records.programmes import Approval, ProgrammeVersion
from scheduler.records.writing import Parents, writing

MOST_CO_SIGNED = 20
JOURNALLED = ("document_number", "approved_by", "approved_on", "disclosure", "co_signed", "note")


class NothingToPublish(Exception):
    """There is no stop to publish (`number` None), or none that differs from the version of that number."""

    def __init__(self, number: int | None) -> None:
        super().__init__("nothing planned" if number is None else f"nothing differs from version {number}")
        self.number = number


def enter_approval(delegation_id: int, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Approval:
    """Keep an internal paper: number, who approved, when, disclosure class, divisions that co-signed.

    Raises Invalid (approved in the future, too many divisions), NotFound."""
    by.must(Permission.PUBLISH_PROGRAMMES)
    return _enter_approval(delegation_id, told, by=by, at=at)


def change_approval(
    approval_id: int, changes: Mapping[str, Any], *, seen: int | None = None, by: Actor, at: datetime
) -> Approval:
    """Correct a paper; `seen` is the version the asker read. Versions already published keep what they were
    published with. Raises Invalid, NotFound, StaleVersion."""
    by.must(Permission.PUBLISH_PROGRAMMES)
    return _change_approval(approval_id, changes, seen=seen, by=by, at=at)


def publish(
    delegation_id: int,
    approval_id: int | None = None,
    reason: str = "",
    *,
    zone: ZoneInfo = HOME_ZONE,
    by: Actor,
    at: datetime,
) -> ProgrammeVersion:
    """Publish the stay as it stands as the next version: number 1, or an amended one that keeps its
    differences from the one before. `zone` is whose days and hours count for the ways between stops.

    Raises NothingToPublish, Invalid (an approval of another delegation), NotFound."""
    by.must(Permission.PUBLISH_PROGRAMMES)
    return _publish(delegation_id, approval_id, reason.strip(), zone=zone, by=by, at=at)


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


def _parents_of_approval(approval_id: int, *_told: object, **_also: object) -> Parents:
    of = db.session.scalar(select(Approval.delegation_id).where(Approval.id == approval_id))
    if of is None:
        raise NotFound("approval", approval_id)
    return Parents(delegations=frozenset({of}))


@writing(_parents)
def _enter_approval(delegation_id: int, told: Mapping[str, Any], *, by: Actor, at: datetime) -> Approval:
    delegation = delegation_by_id(delegation_id)
    _must_make_sense(told, at)
    approval = Approval(delegation_id=delegation.id, entered_by_id=by.account_id, entered_at=at, **told)
    db.session.add(approval)
    db.session.flush()
    enter(approval, "enter_approval", by=by, at=at, after=_after(approval))
    return approval


@writing(_parents_of_approval)
def _change_approval(
    approval_id: int, changes: Mapping[str, Any], *, seen: int | None, by: Actor, at: datetime
) -> Approval:
    approval = approval_by_id(approval_id)
    must_be_current(approval.version, seen)
    _must_make_sense(changes, at)
    before = _after(approval)
    for name, value in changes.items():
        setattr(approval, name, value)
    db.session.flush()
    if _after(approval) != before:
        enter(approval, "change", by=by, at=at, before=before, after=_after(approval))
    return approval


@writing(_parents)
def _publish(
    delegation_id: int, approval_id: int | None, reason: str, *, zone: ZoneInfo, by: Actor, at: datetime
) -> ProgrammeVersion:
    approval = _approval_of(delegation_id, approval_id)
    last = newest_version(delegation_id)
    content = content_of(itinerary(delegation_id, zone), approval)
    if last is None and not content["stops"]:
        raise NothingToPublish(None)
    differences = amendments(last.content, content) if last is not None else []
    is_same_paper = last is not None and approval_id in (None, last.approval_id)
    if last is not None and not differences and is_same_paper:
        raise NothingToPublish(last.number)
    version = ProgrammeVersion(
        delegation_id=delegation_id,
        number=1 if last is None else last.number + 1,
        content=content,
        differences=differences,
        approval_id=approval_id,
        reason=reason,
        published_by_id=by.account_id,
        published_at=at,
    )
    db.session.add(version)
    db.session.flush()
    after = {"delegation_id": delegation_id, "number": version.number, "differences": len(differences)}
    enter(version, "publish", by=by, at=at, after=after, reason=reason)
    return version


def _approval_of(delegation_id: int, approval_id: int | None) -> Approval | None:
    if approval_id is None:
        return None
    found = db.session.get(Approval, approval_id, populate_existing=True)
    if found is None or found.delegation_id != delegation_id:
        raise Invalid("approval_id", "unknown", value=approval_id)
    return found


def _must_make_sense(told: Mapping[str, Any], at: datetime) -> None:
    if "approved_on" in told and told["approved_on"] > at.astimezone(HOME_ZONE).date():
        raise Invalid("approved_on", "approval_in_future")
    if len(told.get("co_signed", ())) > MOST_CO_SIGNED:
        raise Invalid("co_signed", "too_many", most=MOST_CO_SIGNED)


def _after(approval: Approval) -> dict[str, Any]:
    return {"delegation_id": approval.delegation_id} | snapshot(approval, *JOURNALLED)
