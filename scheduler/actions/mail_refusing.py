"""Refusing somebody politely who was not invited and answers all the same: their calendar is told so."""

from dataclasses import replace
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.letter_bytes import letter_of, new_token
from scheduler.actions.letter_drafts import entry_for, is_reachable, stamped
from scheduler.actions.letter_office import Draft, Office
from scheduler.actions.mail_doubts import Waits
from scheduler.actions.mail_settling import NotCounted, mail_to_settle, parents_of_mail, settle
from scheduler.core.belief import Doubt
from scheduler.records.database import db
from scheduler.records.letter_lookup import last_told
from scheduler.records.letters import LetterKind, Side
from scheduler.records.mail_lookup import entry_of_mail
from scheduler.records.mails import Mail
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.records.writing import writing


def refuse_mail(mail_id: int, office: Office, *, by: Actor, at: datetime) -> Mail:
    """Write to whoever answers and was not invited that they are not expected: a CANCEL to them alone, which
    takes the appointment out of their calendar (RFC 5546 3.2.2.2, 3.2.5).

    Only where they answer for themselves: nobody is written to because somebody else used their address.
    Raises NotCounted (they were invited, somebody else wrote, or no mail reaches them), MailSettled,
    NotFound, NotPermitted.
    """
    by.must(Permission.SETTLE_MAIL)
    return _refuse(mail_id, office, by=by, at=at)


def can_be_refused(mail: Mail) -> bool:
    """Whether this is somebody who answers for themselves and was not invited."""
    is_theirs = mail.attendee != "" and mail.sender == mail.attendee
    return mail.doubt == Doubt.NOT_INVITED and is_theirs and not mail.told.get("is_automatic")


@writing(parents_of_mail)
def _refuse(mail_id: int, office: Office, *, by: Actor, at: datetime) -> Mail:
    mail = mail_to_settle(mail_id)
    row = entry_of_mail(mail)
    if row is None or not can_be_refused(mail) or not is_reachable(mail.attendee, office):
        raise NotCounted(mail.doubt)
    if mail.attendee in recipients_of(row):
        raise NotCounted(Waits.NOT_POSSIBLE_NOW)
    name = str(mail.told.get("attendee_name") or mail.told.get("sender_name") or mail.attendee)
    recipient = Recipient(address=mail.attendee, name=name[:200], side=Side.GUEST)
    before = last_told(row.uid).get(mail.attendee)
    entry = stamped(entry_for(row, recipient, office), before, sequence=row.sequence + 1, at=at)
    draft = Draft(
        kind=LetterKind.WITHDRAWAL,
        row=row,
        recipient=recipient,
        language=office.pen.language_of(recipient, row),
        entry=replace(entry, description="", location=""),
        seen="",
        token=new_token(),
        before=before,
    )
    db.session.add(letter_of(draft, office, at=at))
    return settle(mail, "refused", by=by, at=at)
