"""What an act left behind: lines of the journal, notes in the outbox, tables unchanged."""

from typing import Any

import pytest
from sqlalchemy import func, select

from scheduler.access import Actor
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.outbox import OutboxNote
from scheduler.records.visits import Visit
from tests.cast import AT, OFFICER

AGREED = OwnerAgreement(by="Head of the control room", on=AT, channel="telephone")


def journal(act: str | None = None) -> list[Journal]:
    """The lines of the journal, of one kind of act if named, in order."""
    lines = select(Journal).order_by(Journal.id)
    return list(db.session.scalars(lines.where(Journal.act == act) if act else lines))


def news(visit: Visit) -> tuple[bool, int]:
    """Whether the outbox has a note about a visit, and the sequence that its calendar entry has come to."""
    noted = db.session.scalar(select(func.count()).where(OutboxNote.visit_id == visit.id))
    return bool(noted), visit.sequence


def state_of(visit: Visit) -> VisitState:
    """The state as the database has it."""
    return db.session.scalars(select(Visit.state).where(Visit.id == visit.id)).one()


def everything() -> dict[str, Any]:
    """Every row of every table, for comparing before and after."""
    db.session.rollback()
    return {
        table.name: sorted(map(str, db.session.execute(select(table)).all()))
        for table in db.metadata.sorted_tables
    }


def how_many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def confirm(visit: Visit, *, by: Actor = OFFICER) -> Visit:
    """Its owner's agreement, recorded by the officer."""
    return act_upon(visit.id, Act.CONFIRM, Told(agreement=AGREED), by=by, at=AT)


def fault_of(act: Any) -> tuple[str, str]:
    """Which field an act finds at fault, and why; nothing is written."""
    before = everything()
    with pytest.raises(Invalid) as caught:
        act()
    assert everything() == before
    return caught.value.field, caught.value.code


def refused(act: Any) -> set[str]:
    """The codes of the refusals that an act meets; the caller says what to do with none."""
    with pytest.raises(VisitRefused) as caught:
        act()
    return {refusal.code.value for refusal in caught.value.verdict.refusals}
