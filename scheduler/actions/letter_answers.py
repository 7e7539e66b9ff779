"""Letters that answer guests' own mails: the present invitation again (REFRESH), the no to another time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scheduler.actions.letter_bytes import letter_of, new_token
from scheduler.actions.letter_drafts import entry_for, is_called_off, is_reachable, stamped
from scheduler.actions.letter_links import marks_for
from scheduler.actions.letter_office import Draft, Office
from scheduler.actions.occasions import keep_once
from scheduler.calendars.revision import seen_digest
from scheduler.records.database import db
from scheduler.records.letter_entries import LetterEntry, letter_entry
from scheduler.records.letter_lookup import last_told, not_arrived, occasions_met
from scheduler.records.letters import Letter, LetterKind
from scheduler.records.mails import Mail
from scheduler.records.occasion_lookup import declined_since, refreshes_since
from scheduler.records.outbox_lookup import Subject, notes_about
from scheduler.records.recipients import recipients_of
from scheduler.records.replies import Proposal, ReplyChannel

# What was asked longer ago is not answered any more by a letter of its own.
STILL_AWAITED = timedelta(days=7)


def write_answers(office: Office, *, at: datetime) -> int:
    """Write every answer that is due and was not written yet. How many there were.

    Programs that ask again and again are answered once an hour at most, for each person and entry.
    """
    since = at - STILL_AWAITED
    wanted: dict[str, Mail | Proposal] = {
        **{_occasion_of_refresh(mail): mail for mail in refreshes_since(since)},
        **{f"declined:{proposal.id}": proposal for proposal in declined_since(since)},
    }
    met = occasions_met(wanted)
    letters = list(_letters({key: why for key, why in wanted.items() if key not in met}, office, at))
    db.session.rollback()
    return sum(keep_once(letter, at=at) for letter in letters)


def _letters(wanted: dict[str, Mail | Proposal], office: Office, at: datetime) -> Iterator[Letter]:
    for occasion, why in wanted.items():
        draft = _draft(why, office, at)
        if draft is not None:
            letter = letter_of(draft, office, at=at)
            letter.occasion = occasion
            if isinstance(why, Proposal) and why.channel is ReplyChannel.PAGE:
                # Their calendar has asked nothing, so it is told nothing (RFC 5546 3.2.8).
                letter.calendar, letter.method = None, ""
            yield letter


def _draft(why: Mail | Proposal, office: Office, at: datetime) -> Draft | None:
    """The letter's draft; nothing where other letters say more, or nobody is to be told."""
    subject = _subject(why)
    row = letter_entry(subject) if subject else None
    address = (why.attendee if isinstance(why, Mail) else why.address).lower()
    if row is None or subject is None or row.ends_at <= at or is_called_off(row):
        return None
    recipient = recipients_of(row).get(address)
    if recipient is None or not is_reachable(address, office):
        return None
    if isinstance(why, Mail) and not _is_settled(subject, row, address):
        return None
    before, token = last_told(row.uid).get(address), new_token()
    if isinstance(why, Mail) and before is None:
        return None
    entry = entry_for(row, recipient, office)
    return Draft(
        kind=LetterKind.AGAIN if isinstance(why, Mail) else LetterKind.DECLINED_COUNTER,
        row=row,
        recipient=recipient,
        language=office.pen.language_of(recipient, row),
        entry=stamped(entry, before, sequence=row.sequence, at=at),
        seen=seen_digest(entry, more=recipient.side.value),
        token=token,
        marks=marks_for(recipient, row, token=token, key=office.key, at=at),
        comment="" if isinstance(why, Mail) else why.answer,
        echoes=None if isinstance(why, Mail) else why.sequence,
    )


def _subject(why: Mail | Proposal) -> Subject | None:
    for about in ("visit_id", "engagement_id", "assignment_id"):
        if (number := getattr(why, about, None)) is not None:
            return Subject(about, number)
    return None


def _is_settled(subject: Subject, row: LetterEntry, address: str) -> bool:
    """Whether no news is on its way: else the next letter is the answer."""
    return not notes_about(subject) and all(letter.address != address for letter in not_arrived(row.uid))


def _occasion_of_refresh(mail: Mail) -> str:
    return f"again:{mail.uid[:80]}:{mail.attendee[:80]}:{mail.received_at:%Y%m%d%H}"
