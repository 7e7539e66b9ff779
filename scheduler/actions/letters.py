"""Letters written: what is compared with what each was told, and only what differs becomes a letter.

The outbox's notes say where to look. What waits and is overtaken is dropped; whoever never heard of a stop is
not told that it is off (calendars/correspondence.py). All is read and worded first, without a lock; then it
is written under the locks, unless something changed meanwhile: then the notes wait for the next round.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.dml import Delete, Update

from scheduler.actions.derived_links import end_feeds_told_to
from scheduler.actions.letter_drafts import Drafts, drafts_of
from scheduler.actions.letter_office import Office
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.letter_entries import LetterEntry, letter_entry
from scheduler.records.letter_lookup import NOT_ARRIVED
from scheduler.records.letters import Letter, LetterKind, LetterState, Side
from scheduler.records.outbox import OutboxNote
from scheduler.records.outbox_lookup import (
    Subject,
    concerned_by,
    duties_hanging_on,
    notes_about,
    notes_due,
    subject_of,
)
from scheduler.records.recipients import guests_of
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

NOTES_A_ROUND = 500


class Overtaken(Exception):
    """What was read for some letters is not so any more; nothing was written."""


def write_due_letters(office: Office, *, at: datetime) -> int:
    """Write the letters for all notes that are old enough, the oldest first. How many letters there were.

    What cannot be written keeps nobody else's letter back: its notes stay, and all is raised together in
    the end, as an ExceptionGroup.
    """
    written, faults = 0, list[Exception]()
    for subject in _subjects_due(office, at):
        try:
            written += write_letters_about(subject, office, at=at)
        except Overtaken:
            continue  # The notes are still there, or somebody else has written the letters.
        except OperationalError:
            raise
        except Exception as fault:
            db.session.rollback()
            fault.add_note(f"in the letters about {subject.about} {subject.number}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("some letters could not be written", faults)
    return written


def write_letters_about(subject: Subject, office: Office, *, at: datetime) -> int:
    """Write the letters about one visit, engagement or duty, and take its notes out of the outbox; with a
    visit about the duties that hang on it, which the database itself lets go. How many there were. Raises
    Overtaken."""
    notes = notes_about(subject)
    row = letter_entry(subject)
    if row is None or row.ends_at <= at:
        _forget(notes, at=at)
        return 0
    of_duties = sum(write_letters_about(duty, office, at=at) for duty in duties_hanging_on(subject))
    read = row.version, row.sequence
    drafts = drafts_of(row, office, at=at)
    return of_duties + _write(subject, drafts, notes=notes, read=read, at=at)


def _subjects_due(office: Office, at: datetime) -> list[Subject]:
    """The entries that due notes are about; those about something larger are taken apart first."""
    found: dict[Subject, None] = {}
    notes = [(note.id, subject_of(note)) for note in notes_due(at, office.waits, NOTES_A_ROUND)]
    for number, subject in notes:
        for each in [subject] if subject is not None else _take_apart(number, at=at):
            found[each] = None
    return list(found)


@writing()
def _take_apart(note_id: int, *, at: datetime) -> list[Subject]:
    """A note about something larger becomes one about each entry concerned."""
    note = db.session.get(OutboxNote, note_id, populate_existing=True)
    if note is None:
        return []
    subjects = sorted(set(concerned_by(note, at)))
    for subject in subjects:
        db.session.execute(
            insert(OutboxNote).values({subject.about: subject.number, "written_at": note.written_at})
        )
    db.session.delete(note)
    return subjects


@writing()
def _forget(notes: list[int], *, at: datetime) -> None:
    db.session.execute(delete(OutboxNote).where(OutboxNote.id.in_(notes)))


def _parents(subject: Subject, drafts: Drafts, *, read: tuple[int, int], **_told: object) -> Parents:
    """An entry whose sequence is raised is locked like any entry that is changed."""
    row = letter_entry(subject) if drafts.sequence > read[1] else None
    if row is None:
        return NOBODY
    return Parents(
        frozenset({row.site_id}) if isinstance(row, Visit) else frozenset(),
        frozenset({row.delegation_id}),
        frozenset({row.resource_id}) if isinstance(row, Assignment) else frozenset(),
    )


@writing(_parents)
def _write(subject: Subject, drafts: Drafts, *, notes: list[int], read: tuple[int, int], at: datetime) -> int:
    _must_hit(delete(OutboxNote).where(OutboxNote.id.in_(notes)), len(notes))
    row = letter_entry(subject)
    if row is None or (row.version, row.sequence) != read:
        raise Overtaken
    if drafts.overtaken:
        dropped = update(Letter).where(Letter.id.in_(drafts.overtaken), Letter.state.in_(NOT_ARRIVED))
        _must_hit(dropped.values(state=LetterState.DROPPED), len(drafts.overtaken))
    if drafts.sequence > row.sequence:
        _raise_sequence(subject, row, drafts.sequence, at)
    db.session.add_all(drafts.letters)
    _end_links_of_who_is_gone(row, drafts, at)
    return len(drafts.letters)


def _end_links_of_who_is_gone(row: LetterEntry, drafts: Drafts, at: datetime) -> None:
    """Who is no guest of the delegation any more opens its pages no more."""
    withdrawn = {
        letter.address
        for letter in drafts.letters
        if letter.kind is LetterKind.WITHDRAWAL and letter.side is Side.GUEST
    }
    if withdrawn:
        for address in withdrawn - guests_of(row.delegation).keys():
            end_feeds_told_to(row.delegation_id, address, at=at)


def _raise_sequence(subject: Subject, row: LetterEntry, sequence: int, at: datetime) -> None:
    """The feeds and files of the entry carry the sequence of its letters. That is no news of its own."""
    db.session().info["noted"].add((subject.about, subject.number))
    row.sequence = sequence
    row.stamped_at = max(at, row.stamped_at + timedelta(seconds=1))


def _must_hit(statement: Delete | Update, number: int) -> None:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    if done.rowcount != number:
        raise Overtaken
