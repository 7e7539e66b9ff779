"""Keeping the paper that a request came with."""

from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.documents import Document
from scheduler.records.journal import enter
from scheduler.records.writing import Parents, writing


def keep_letter(
    delegation_id: int, name: str, *, media_type: str, content: bytes, by: Actor, at: datetime
) -> Delegation:
    """Keep a delegation's request letter; the one before makes room. Raises NotFound, NotPermitted."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _keep(delegation_id, name, media_type=media_type, content=content, by=by, at=at)


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _keep(
    delegation_id: int, name: str, *, media_type: str, content: bytes, by: Actor, at: datetime
) -> Delegation:
    delegation = delegation_by_id(delegation_id)
    before = (
        db.session.get(Document, delegation.letter_document_id) if delegation.letter_document_id else None
    )
    kept = Document(name=name, media_type=media_type, content=content, kept_by_id=by.account_id, kept_at=at)
    db.session.add(kept)
    db.session.flush()
    delegation.letter_document_id = kept.id
    db.session.flush()
    if before is not None:
        db.session.delete(before)
    told = {"name": name, "media_type": media_type, "bytes": len(content)}
    enter(delegation, "attach_letter", by=by, at=at, after=told)
    return delegation
