"""What the tests of letters say: write what is due, post it all, look at what each person holds."""

from datetime import datetime

import icalendar
from sqlalchemy import select

from scheduler.actions.letters import write_due_letters
from scheduler.actions.posting import Done, Patience, note_outcome, take_up
from scheduler.post.delivery import Delivery, Outcome
from scheduler.post_room import office
from scheduler.records.database import db
from scheduler.records.letters import Letter, LetterState
from tests.cast import AT

WORKER = "a test"
PATIENCE = Patience()


def write(at: datetime = AT) -> list[tuple[str, str]]:
    """Write what is due at an instant: kind and address of each letter that came of it."""
    last = db.session.scalar(select(Letter.id).order_by(Letter.id.desc()).limit(1)) or 0
    db.session.rollback()
    write_due_letters(office(), at=at)
    return [(letter.kind.value, letter.address) for letter in letters() if letter.id > last]


def post(at: datetime = AT, outcome: Outcome = Outcome.TAKEN) -> list[str]:
    """Have all that is due end so; the addresses, in order."""
    taken = take_up(WORKER, most=500, patience=PATIENCE, at=at)
    for letter in taken:
        note_outcome(Done(letter.id, Delivery(outcome, "said")), worker=WORKER, patience=PATIENCE, at=at)
    return [letter.address for letter in taken]


def tell(at: datetime = AT) -> list[tuple[str, str]]:
    """Write and post: what everybody was told."""
    told = write(at)
    post(at)
    return told


def letters(state: LetterState | None = None) -> list[Letter]:
    """Every letter, in the order they were written."""
    rows = select(Letter).order_by(Letter.id).execution_options(populate_existing=True)
    return list(db.session.scalars(rows if state is None else rows.where(Letter.state == state)))


def last_to(address: str) -> Letter:
    return next(letter for letter in reversed(letters()) if letter.address == address)


def event_in(letter: Letter) -> icalendar.Event:
    """The one entry in a letter's calendar part, read by the library."""
    assert letter.calendar is not None
    calendar = icalendar.Calendar.from_ical(letter.calendar)
    assert str(calendar["METHOD"]) == letter.method
    (event,) = calendar.events
    return event
