"""A draft as the letter that is kept: its words, and its calendar part for exactly this reader."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from scheduler.actions.letter_office import Draft, Office
from scheduler.calendars.cancellation import cancellation, withdrawal
from scheduler.calendars.declined_counter import decline_counter
from scheduler.calendars.entry import Entry, EntryStatus, Person, Role
from scheduler.calendars.invitation import invitation
from scheduler.core.duties import DutyState
from scheduler.core.participation import Participation
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letter_lookup import first_told
from scheduler.records.letters import Letter, LetterKind, LetterState, Side
from scheduler.records.replies import Reply
from scheduler.records.visits import Visit

# Whoever is asked to come is asked for an answer; the site and the office are only told.
ROLES = {
    Side.GUEST: Role.REQUIRED,
    Side.DUTY: Role.REQUIRED,
    Side.SITE: Role.INFORMATION,
    Side.OFFICE: Role.INFORMATION,
}
ANSWERS = {
    DutyState.ASKED: Participation.NEEDS_ACTION,
    DutyState.ACCEPTED: Participation.ACCEPTED,
    DutyState.REFUSED: Participation.DECLINED,
    DutyState.RELEASED: Participation.NEEDS_ACTION,
}
METHODS = {
    LetterKind.INVITATION: "REQUEST",
    LetterKind.CHANGE: "REQUEST",
    LetterKind.AGAIN: "REQUEST",
    LetterKind.CANCELLATION: "CANCEL",
    LetterKind.WITHDRAWAL: "CANCEL",
    LetterKind.DECLINED_COUNTER: "DECLINECOUNTER",
}


def new_token() -> str:
    """The part of a Message-ID before the @, which nobody can guess."""
    return secrets.token_hex(16)


def letter_of(draft: Draft, office: Office, *, at: datetime) -> Letter:
    """The letter, ready to be kept and posted, with all its columns set."""
    words, row, recipient = office.pen.write(draft), draft.row, draft.recipient
    return Letter(
        kind=draft.kind,
        side=recipient.side,
        visit_id=row.id if isinstance(row, Visit) else getattr(row, "visit_id", None),
        engagement_id=row.id if isinstance(row, Engagement) else None,
        assignment_id=row.id if isinstance(row, Assignment) else None,
        delegation_id=row.delegation_id,
        site_id=_site_of(draft),
        delegate_id=recipient.delegate_id,
        address=recipient.address,
        name=recipient.name,
        language=draft.language,
        uid=row.uid,
        method=METHODS[draft.kind],
        sequence=draft.entry.sequence,
        stamped_at=draft.entry.stamped_at,
        starts_at=draft.entry.starts_at,
        ends_at=draft.entry.ends_at,
        seen=draft.seen,
        message_id=f"<{draft.token}@{office.domain}>",
        in_reply_to=first_told(row.uid, recipient.address),
        subject=words.subject,
        text=words.text,
        html=words.html,
        calendar=calendar_part(draft, office),
        state=LetterState.WAITING,
        written_at=at,
        due_at=at,
    )


def _site_of(draft: Draft) -> int | None:
    """The site that a letter is about: of what is taken from somebody, the one they knew of."""
    if draft.kind is LetterKind.WITHDRAWAL and draft.before is not None:
        return draft.before.site_id
    return draft.row.site_id if isinstance(draft.row, Visit) else None


def calendar_part(draft: Draft, office: Office) -> bytes:
    """The message of RFC 5546 inside: it names its reader and nobody else."""
    who = Person(
        email=draft.recipient.address,
        name=draft.recipient.name,
        role=ROLES[draft.recipient.side],
        partstat=participation_of(draft.row, draft.recipient.address),
    )
    if draft.kind is LetterKind.CANCELLATION:
        return cancellation(_off(draft.entry), organizer=office.organizer, attendees=[who])
    if draft.kind is LetterKind.WITHDRAWAL:
        return withdrawal(draft.entry, organizer=office.organizer, attendee=who)
    if draft.kind is LetterKind.DECLINED_COUNTER:
        echoed = draft.echoes or 0
        return decline_counter(draft.entry, organizer=office.organizer, attendee=who, sequence=echoed)
    return invitation(draft.entry, organizer=office.organizer, attendees=[who])


def participation_of(row: LetterEntry, to: str) -> Participation:
    """What somebody has answered to an entry at its present time, by whatever way."""
    if isinstance(row, Assignment):
        return ANSWERS[row.state]
    reply = db.session.scalar(select(Reply).where(Reply.uid == row.uid, Reply.address == to))
    if reply is None:
        return Participation.NEEDS_ACTION
    return reply.at_present(row.starts_at, row.ends_at)


def _off(entry: Entry) -> Entry:
    return replace(entry, status=EntryStatus.CANCELLED)
