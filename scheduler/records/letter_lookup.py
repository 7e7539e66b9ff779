"""Questions asked of letters: what somebody was last told of an entry, what still waits, those of a visit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.letters import Letter, LetterState

# What its reader got or may have got.
GONE_OUT = (LetterState.POSTING, LetterState.POSTED)
NOT_ARRIVED = (LetterState.WAITING, LetterState.GIVEN_UP, LetterState.RETURNED)
_LIGHT = (defer(Letter.text), defer(Letter.html), defer(Letter.calendar))


def last_told(uid: str) -> Mapping[str, Letter]:
    """What everybody was last told of an entry, by address. One query."""
    may_have_gone = or_(Letter.state.in_(GONE_OUT), Letter.may_have_gone)
    rows = select(Letter).options(*_LIGHT).where(Letter.uid == uid, Letter.method.in_(("REQUEST", "CANCEL")))
    rows = rows.where(may_have_gone).order_by(Letter.id)
    return {letter.address: letter for letter in db.session.scalars(rows)}


def first_told(uid: str, address: str) -> str:
    """The Message-ID of the first letter somebody got of an entry, to which later ones refer; or nothing."""
    rows = select(Letter.message_id).where(Letter.uid == uid, Letter.address == address)
    rows = rows.where(or_(Letter.state.in_(GONE_OUT), Letter.may_have_gone)).order_by(Letter.id)
    return db.session.scalar(rows.limit(1)) or ""


def not_arrived(uid: str) -> Sequence[Letter]:
    """Letters of an entry that wait, were given up or came back: newer ones may take their place."""
    rows = select(Letter).options(*_LIGHT).where(Letter.uid == uid, Letter.state.in_(NOT_ARRIVED))
    return db.session.scalars(rows.where(Letter.method.in_(("REQUEST", "CANCEL"))).order_by(Letter.id)).all()


def is_overtaken(letter: Letter) -> bool:
    """Whether its reader has been told, or is being told, something newer about the same entry."""
    newer = select(Letter.id).where(Letter.uid == letter.uid, Letter.address == letter.address)
    newer = newer.where(Letter.id > letter.id, Letter.state != LetterState.DROPPED, Letter.method != "")
    return letter.uid is not None and db.session.scalar(newer.limit(1)) is not None


def occasions_met(occasions: Collection[str]) -> set[str]:
    """Which of some occasions have had their letter."""
    if not occasions:
        return set()
    found = db.session.scalars(select(Letter.occasion).where(Letter.occasion.in_(occasions)))
    return {occasion for occasion in found if occasion is not None}


def letter_numbered(letter_id: int) -> Letter:
    """A letter by its id, as the archive has it now. Raises NotFound."""
    rows = select(Letter).where(Letter.id == letter_id).execution_options(populate_existing=True)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("letter", letter_id)
    return found


def letters_of_visit(visit_id: int) -> Sequence[Letter]:
    """All letters about a visit, without their contents, the newest first."""
    rows = select(Letter).options(*_LIGHT).where(Letter.visit_id == visit_id)
    return db.session.scalars(rows.order_by(Letter.id.desc())).all()


def oldest_due(at: datetime) -> datetime | None:
    """Since when the longest waiting letter could have been posted; nothing if none is overdue."""
    rows = select(Letter.due_at).where(Letter.state == LetterState.WAITING, Letter.due_at <= at)
    return db.session.scalar(rows.order_by(Letter.due_at).limit(1))
