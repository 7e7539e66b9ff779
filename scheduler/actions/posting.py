"""Letters posted: taken up by one worker at a time, sent, and marked; tried again with growing pauses.

A letter taken up is that worker's until `claimed_until`; a worker that dies leaves it to the next one, who
sends the very same bytes. Nothing else is ever sent twice (docs/decisions/0021-letters-are-differences.md).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.post.delivery import Delivery, Outcome
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.letter_lookup import is_overtaken, letter_numbered
from scheduler.records.letters import Letter, LetterState
from scheduler.records.writing import writing

# The n-th pause is about 2 to the n minutes, at most an hour; each is drawn between half and the whole.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long a letter is tried before it is given up, counted from when it was written; and for how
    long one that was taken up is its worker's alone. All steps of a slow server take less than half of it."""

    gives_up_after: timedelta = timedelta(days=2)
    lease: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Done:
    """One try: which letter, and what is known of it since."""

    letter_id: int
    delivery: Delivery


@writing()
def take_up(worker: str, *, most: int, patience: Patience, at: datetime) -> Sequence[Letter]:
    """Letters that are due, for this worker alone, the oldest first. Several workers never get the same one:
    rows that another is taking up are passed over (SKIP LOCKED; SQLite has one writer at a time)."""
    rows = _due(at, patience.lease).limit(most).with_for_update(skip_locked=True, of=Letter)
    found = db.session.scalars(rows.execution_options(populate_existing=True)).all()
    for letter in found:
        letter.state, letter.tries = LetterState.POSTING, letter.tries + 1
        letter.claimed_by, letter.claimed_until = worker, at + patience.lease
    return found


@writing()
def note_outcome(done: Done, *, worker: str, patience: Patience, at: datetime) -> Letter:
    """Mark what became of a letter that a worker took up. What another worker has taken up since, and what is
    posted already, stays as it is."""
    letter, outcome, said = letter_numbered(done.letter_id), done.delivery.outcome, done.delivery.said
    if letter.state is not LetterState.POSTING or letter.claimed_by != worker:
        return letter
    letter.claimed_until, letter.claimed_by = None, ""
    letter.may_have_gone = letter.may_have_gone or outcome is Outcome.UNSURE
    letter.problem = "" if outcome is Outcome.TAKEN else said
    if outcome is Outcome.TAKEN:
        letter.state, letter.posted_at = LetterState.POSTED, at
    elif outcome is Outcome.REFUSED or at - letter.written_at >= patience.gives_up_after:
        letter.state = LetterState.GIVEN_UP
    else:
        letter.state, letter.due_at = LetterState.WAITING, at + pause_after(letter.tries)
    return letter


@writing()
def next_letter(done: Done | None, *, worker: str, patience: Patience, at: datetime) -> Letter | None:
    """Mark what became of the letter before, if there was one, and take up the next, in one transaction;
    nothing when none is due."""
    if done is not None:
        note_outcome(done, worker=worker, patience=patience, at=at)
    found = take_up(worker, most=1, patience=patience, at=at)
    return found[0] if found else None


def send_again(letter_id: int, *, by: Actor, at: datetime) -> Letter:
    """Try a letter that was given up, or came back, once more. Raises NotFound, Invalid (it needs no help),
    NotPermitted."""
    by.must(Permission.POST_LETTERS)
    return _send_again(letter_id, by=by, at=at)


@writing()
def _send_again(letter_id: int, *, by: Actor, at: datetime) -> Letter:
    letter = letter_in_need(letter_id)
    before = {"state": letter.state.value, "tries": letter.tries}
    letter.state, letter.due_at, letter.tries, letter.written_at = LetterState.WAITING, at, 0, at
    enter(letter, "send_again", by=by, at=at, before=before)
    return letter


def letter_in_need(letter_id: int) -> Letter:
    """A letter that was given up or came back. Raises NotFound, Invalid."""
    letter = letter_numbered(letter_id)
    if letter.state not in (LetterState.GIVEN_UP, LetterState.RETURNED):
        raise Invalid("letter", "needs_no_help", state=letter.state.value)
    if is_overtaken(letter):
        raise Invalid("letter", "letter_overtaken")
    return letter


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries that failed."""
    whole = min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)
    return whole * random.uniform(0.5, 1.0)  # noqa: S311  jitter, no secret


def _due(at: datetime, lease: timedelta) -> Select[Letter]:
    """What is due, or was taken up by a worker that is gone. An instant further ahead than any pause or lease
    was set by a clock that has been moved back since: it counts as come. A letter waits for those before
    it to the same person about the same entry."""
    is_waiting = Letter.state == LetterState.WAITING
    has_come = or_(Letter.due_at <= at, Letter.due_at > at + LONGEST_PAUSE)
    is_left = and_(
        Letter.state == LetterState.POSTING,
        or_(Letter.claimed_until <= at, Letter.claimed_until > at + lease),
    )
    before = aliased(Letter)
    is_ahead = (
        select(before.id)
        .where(before.uid == Letter.uid, before.address == Letter.address, before.id < Letter.id)
        .where(before.state.in_((LetterState.WAITING, LetterState.POSTING)))
        .exists()
    )
    rows = select(Letter).where(or_(and_(is_waiting, has_come), is_left), ~is_ahead)
    return rows.order_by(Letter.due_at, Letter.id)
