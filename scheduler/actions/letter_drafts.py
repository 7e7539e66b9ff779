"""What would be written of one entry now: for each person the message that makes their calendar right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.actions.calendar_files import duty_entry, stop_entry
from scheduler.actions.letter_bytes import letter_of, new_token
from scheduler.actions.letter_links import marks_for
from scheduler.actions.letter_office import Draft, Office
from scheduler.actions.lifecycle import shown_in_calendars
from scheduler.calendars.correspondence import Message, News, Plan, Told, plan
from scheduler.calendars.entry import Entry, EntryStatus
from scheduler.calendars.revision import next_stamp, seen_digest
from scheduler.calendars.wording import NotAnAddress, address
from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.core.lifecycle import VisitState
from scheduler.core.stops import EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letter_lookup import last_told, not_arrived
from scheduler.records.letters import Letter, LetterKind, LetterState
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class Drafts:
    """All that is to be written of an entry, under one sequence, and the letters it takes the place of."""

    sequence: int
    letters: tuple[Letter, ...] = ()
    overtaken: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """An entry with everybody concerned, as it was read."""

    row: LetterEntry
    people: Mapping[str, Recipient]
    entries: Mapping[str, Entry]
    seen: Mapping[str, str]
    told: Mapping[str, Letter]


def drafts_of(row: LetterEntry, office: Office, *, at: datetime) -> Drafts:
    """The letters that would make everybody's calendar right. Changes nothing, but may make links."""
    read = _read(row, office)
    found = _planned(read)
    waiting = list(not_arrived(row.uid))
    letters = []
    for message in found.messages:
        there = [letter for letter in waiting if _says_the_same(letter, message, read, found)]
        if there:
            waiting.remove(there[-1])
            continue
        letters.append(letter_of(_draft(message, read, found, office, at=at), office, at=at))
    overtaken = tuple(letter.id for letter in waiting if _is_overtaken(letter, found))
    return Drafts(sequence=found.sequence, letters=tuple(letters), overtaken=overtaken)


def entry_for(row: LetterEntry, recipient: Recipient, office: Office) -> Entry:
    """An entry as one recipient reads it."""
    return entry_in(office.pen.language_of(recipient, row), row, recipient, office)


def entry_in(language: str, row: LetterEntry, recipient: Recipient, office: Office) -> Entry:
    """The same in a language."""

    def phrase(_row: object) -> object:
        return office.pen.phrase(row, recipient.side, language)

    if isinstance(row, Assignment):
        return duty_entry(row, phrase)  # type: ignore[arg-type]
    return stop_entry(row, phrase, zone=office.zone)  # type: ignore[arg-type]


def _read(row: LetterEntry, office: Office) -> _Reading:
    told = last_told(row.uid)
    is_secret = isinstance(row, Visit) and row.state is VisitState.HELD and not told
    everybody = {} if is_secret else recipients_of(row)
    people = {to: each for to, each in everybody.items() if is_reachable(to, office)}
    entries = {to: entry_for(row, each, office) for to, each in people.items()}
    seen = {to: _seen(row, people[to], entry, told.get(to), office) for to, entry in entries.items()}
    return _Reading(row=row, people=people, entries=entries, seen=seen, told=told)


def _seen(row: LetterEntry, recipient: Recipient, entry: Entry, told: Letter | None, office: Office) -> str:
    """The digest of what somebody would see. The same in another language is no news."""
    language = office.pen.language_of(recipient, row)
    if told is not None and told.language != language:
        as_before = seen_digest(entry_in(told.language, row, recipient, office), more=recipient.side.value)
        if as_before == told.seen:
            return as_before
    return seen_digest(entry, more=recipient.side.value)


def _planned(read: _Reading) -> Plan:
    told = {
        to: Told(letter.method, letter.sequence, letter.stamped_at or letter.written_at, letter.seen)
        for to, letter in read.told.items()
    }
    row = read.row
    return plan(sequence=row.sequence, is_cancelled=is_called_off(row), wanted=read.seen, told=told)


def is_called_off(row: LetterEntry) -> bool:
    """Whether calendars strike the entry out."""
    if isinstance(row, Visit):
        return shown_in_calendars(row) == EntryStatus.CANCELLED.value
    if isinstance(row, Assignment):
        return row.state not in OCCUPYING_DUTIES
    return row.state is EngagementState.CANCELLED


def _draft(message: Message, read: _Reading, found: Plan, office: Office, *, at: datetime) -> Draft:
    to, before = message.address, read.told.get(message.address)
    recipient = read.people[to] if to in read.people else former(read.told[to])
    entry = read.entries.get(to) or entry_for(read.row, recipient, office)
    if message.news is News.WITHDRAWAL and before is not None:
        entry = _as_told(entry, before)
    token = new_token()
    return Draft(
        kind=LetterKind(message.news.value),
        row=read.row,
        recipient=recipient,
        language=office.pen.language_of(recipient, read.row),
        entry=stamped(entry, before, sequence=found.sequence, at=at),
        seen=read.seen.get(to, ""),
        token=token,
        before=before,
        marks=marks_for(recipient, read.row, token=token, key=office.key, at=at) if to in read.people else (),
    )


def _as_told(entry: Entry, before: Letter) -> Entry:
    """What is taken from somebody, at the hour they know; where the others go is not theirs to read."""
    starts_at, ends_at = before.starts_at or entry.starts_at, before.ends_at or entry.ends_at
    return replace(
        entry,
        starts_at=starts_at,
        ends_at=ends_at,
        location="",
        latitude=None,
        longitude=None,
        description="",
        url="",
    )


def former(letter: Letter) -> Recipient:
    """Who was told by a letter, and is no recipient any more."""
    return Recipient(
        address=letter.address,
        name=letter.name,
        side=letter.side,
        delegate_id=letter.delegate_id,
        language=letter.language,
    )


def stamped(entry: Entry, before: Letter | None, *, sequence: int, at: datetime) -> Entry:
    """An entry under the sequence of its letter, stamped after everything its reader was told."""
    last = before.stamped_at if before is not None and before.stamped_at is not None else None
    stamp = next_stamp(last, at=at) if last is not None else at
    return replace(entry, sequence=sequence, stamped_at=stamp)


def _says_the_same(there: Letter, message: Message, read: _Reading, found: Plan) -> bool:
    """Whether a letter that waits already says what is to be said, so that it keeps its place."""
    cancels = message.news in (News.CANCELLATION, News.WITHDRAWAL)
    if there.address != message.address or there.may_have_gone or there.state is LetterState.RETURNED:
        return False
    told = there.kind.value, there.sequence, there.method
    wanted = message.news.value, found.sequence, "CANCEL" if cancels else "REQUEST"
    return told == wanted and (cancels or there.seen == read.seen.get(message.address))


def _is_overtaken(letter: Letter, found: Plan) -> bool:
    """What surely reached nobody and is not wanted any more; the rest only when its reader is told anew."""
    has_surely_not_gone = letter.state is not LetterState.RETURNED and not letter.may_have_gone
    return has_surely_not_gone or letter.address in {message.address for message in found.messages}


def is_reachable(to: str, office: Office) -> bool:
    """The organizer is not asked to come to what it organizes; what is no address reaches nobody."""
    try:
        address(to)
    except NotAnAddress:
        return False
    return to != office.organizer.email.lower()
