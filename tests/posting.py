"""Letters in tests: written by the post room itself, and brought into each state by the acts that do so."""

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import select

from scheduler.actions.posting import Done, Patience, note_outcome, take_up
from scheduler.post.delivery import Delivery, Outcome
from scheduler.post_room import in_post_room, write_letters
from scheduler.records.database import db
from scheduler.records.letters import Letter
from tests.cast import AT

WORKER = "tests:1"


def written(app: Flask) -> list[Letter]:
    """What the worker writes of everything that has changed until now; every letter there is, in order."""
    app.config["LETTERS_WAIT_SECONDS"] = 0
    with in_post_room(app):
        write_letters()
    return letters()


def letters() -> list[Letter]:
    """Every letter as the archive has it."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def letter_to(address: str) -> Letter:
    """The one letter to an address, or its newest."""
    return [letter for letter in letters() if letter.address == address][-1]


def tried(outcome: Outcome, said: str, *, of: Sequence[str] = ()) -> None:
    """A worker takes up all that is due; these addresses meet this outcome, the others are taken."""
    for letter in take_up(WORKER, most=100, patience=Patience(), at=AT):
        is_meant = letter.address in of
        delivery = Delivery(outcome, said) if is_meant else Delivery(Outcome.TAKEN, "")
        note_outcome(Done(letter.id, delivery), worker=WORKER, patience=Patience(), at=AT)
