"""Letters into the outbox: which change of a visit its guests should hear of."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, exists, insert, select

from scheduler.core.lifecycle import CALLED_OFF, VisitState
from scheduler.records.database import db
from scheduler.records.outbox import Letter, LetterKind
from scheduler.records.visits import Visit

# Nobody reads a letter in the act that writes it, so none is made an object.
_INSERT = insert(cast(Table, Letter.__table__))


def write_letter(visit: Visit, at: datetime) -> None:
    """Put the visit's present revision into the outbox, in the transaction of the change.

    A hold is nobody's business yet. Who was never invited is not told that it is off.
    """
    if visit.state is VisitState.HELD:
        return
    was_invited = db.session.scalar(select(exists().where(Letter.visit_id == visit.id)))
    if visit.state in CALLED_OFF:
        if was_invited:
            _put(visit, LetterKind.CANCELLATION, at)
        return
    _put(visit, LetterKind.CHANGE if was_invited else LetterKind.INVITATION, at)


def write_first_letter(visit: Visit, at: datetime) -> None:
    """The same for a visit just made, which nobody can have heard of."""
    if visit.state is not VisitState.HELD:
        _put(visit, LetterKind.INVITATION, at)


def _put(visit: Visit, kind: LetterKind, at: datetime) -> None:
    told = {
        "visit_id": visit.id,
        "uid": visit.uid,
        "kind": kind,
        "sequence": visit.sequence,
        "stamped_at": visit.stamped_at,
        "written_at": at,
    }
    db.session.execute(_INSERT, told)
