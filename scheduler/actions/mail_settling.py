"""What an officer does with a mail that waits: counts it, names a new guest, or lays it aside."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.incoming import parents_of_entry
from scheduler.actions.incoming_answers import ASKED, apply
from scheduler.actions.invalid import Invalid
from scheduler.actions.mail_doubts import Waits
from scheduler.actions.mail_judgement import Judged
from scheduler.actions.mail_reading import understand
from scheduler.actions.members import add_delegate
from scheduler.actions.replies import Answered, time_answered
from scheduler.calendars.answer import Answer, AnswerMethod
from scheduler.calendars.wording import NotAnAddress, address
from scheduler.core.participation import Participation
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.mail_lookup import entry_of_mail, mail_numbered
from scheduler.records.mails import AddressAlias, Mail, MailState
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.records.replies import ReplyChannel
from scheduler.records.writing import Parents, writing


class MailSettled(Exception):
    """The mail waits no longer: somebody else has seen to it."""


class NotCounted(Exception):
    """What the mail says cannot be counted even now; `doubt` is the code of why. Nothing was written."""

    def __init__(self, doubt: str) -> None:
        super().__init__(doubt)
        self.doubt = doubt


def lay_aside(mail_id: int, *, by: Actor, at: datetime) -> Mail:
    """Nothing has to be done, or it was done elsewhere. Doing so twice is harmless. Raises NotFound,
    NotPermitted."""
    by.must(Permission.SETTLE_MAIL)
    return _lay_aside(mail_id, by=by, at=at)


def count_mail(mail_id: int, as_address: str, *, remember: bool = False, by: Actor, at: datetime) -> Mail:
    """It is them: do what the mail says as the word of the guest, or of the person on duty, who was invited
    by `as_address`. With `remember` the addresses it came from are believed as theirs from now on.

    An answer to a version that nobody knows counts for the present time: the officer has said so. Raises
    Invalid (nobody was invited by that address), NotCounted, MailSettled, NotFound, NotPermitted.
    """
    by.must(Permission.SETTLE_MAIL)
    return _count(mail_id, as_address.strip().lower(), remember=remember, by=by, at=at)


def name_from_mail(mail_id: int, told_address: str, name: str, *, by: Actor, at: datetime) -> Mail:
    """Name somebody who is in a mail as a delegate, and count the answer as theirs if it is. Raises Invalid,
    MailSettled, NotFound, NotPermitted (delegates are the officers')."""
    by.must(Permission.SETTLE_MAIL)
    by.must(Permission.WRITE_DELEGATIONS)
    try:
        wanted = address(told_address.strip().lower())
    except NotAnAddress:
        raise Invalid("address", "not_an_address", value=told_address.strip()) from None
    if not name.strip():
        raise Invalid("name", "too_short", least=1)
    return _name(mail_id, wanted, name.strip(), by=by, at=at)


def mail_to_settle(mail_id: int) -> Mail:
    """Within an act: a mail that waits, with its bytes. Raises NotFound, MailSettled."""
    mail = mail_numbered(mail_id, with_raw=True)
    if mail.state is not MailState.WAITING:
        raise MailSettled
    return mail


def settle(mail: Mail, how: str, *, by: Actor, at: datetime) -> Mail:
    """Within an act: the mail waits no longer; `how` is a code of what was done."""
    mail.state, mail.settled_by, mail.settled_at = MailState.SETTLED, by.name or by.email, at
    mail.told = mail.told | {"settled_as": how}
    enter(mail, "settle_mail", by=by, at=at, before={"doubt": mail.doubt}, after={"settled_as": how})
    return mail


def parents_of_mail(mail_id: int, *_told: object, **_also: object) -> Parents:
    """What settling a mail may touch."""
    return parents_of_entry(entry_of_mail(mail_numbered(mail_id)))


@writing()
def _lay_aside(mail_id: int, *, by: Actor, at: datetime) -> Mail:
    mail = mail_numbered(mail_id)
    return settle(mail, "laid_aside", by=by, at=at) if mail.state is MailState.WAITING else mail


@writing(parents_of_mail)
def _count(mail_id: int, as_address: str, *, remember: bool, by: Actor, at: datetime) -> Mail:
    mail = mail_to_settle(mail_id)
    entry, answer = _answer_in(mail)
    who = recipients_of(entry).get(as_address)
    if who is None or who.side not in ASKED:
        raise Invalid("as_address", "unknown", value=as_address)
    if remember:
        _remember(who, {mail.attendee, mail.sender} - {who.address, ""}, by=by, at=at)
    return _apply(mail, answer, entry, who, by=by, at=at)


@writing(parents_of_mail)
def _name(mail_id: int, wanted: str, name: str, *, by: Actor, at: datetime) -> Mail:
    mail = mail_to_settle(mail_id)
    entry = entry_of_mail(mail)
    delegation_id = entry.delegation_id if entry is not None else mail.delegation_id
    if delegation_id is None or isinstance(entry, Assignment):
        raise NotCounted(Waits.UNKNOWN_ENTRY)
    there = recipients_of(entry) if entry is not None else {}
    if wanted in there:
        raise Invalid("address", "invited_already", value=wanted)
    add_delegate(delegation_id, {"print_as": name, "email": wanted}, by=by, at=at)
    answer = understand(mail.raw).answer
    who = recipients_of(entry).get(wanted) if entry is not None else None
    if answer is None or entry is None or who is None or answer.attendee != wanted:
        return settle(mail, "named", by=by, at=at)
    return _apply(mail, answer, entry, who, by=by, at=at)


def _answer_in(mail: Mail) -> tuple[LetterEntry, Answer]:
    entry, answer = entry_of_mail(mail), understand(mail.raw).answer
    if entry is None or answer is None:
        raise NotCounted(mail.doubt)
    return entry, answer


def _apply(
    mail: Mail, answer: Answer, entry: LetterEntry, who: Recipient, *, by: Actor, at: datetime
) -> Mail:
    judged = apply(mail, _for_now(answer, entry), entry, who, at=at)
    if judged.state is not MailState.APPLIED and not _was_recorded(answer, judged):
        raise NotCounted(judged.doubt)
    settle(mail, "counted", by=by, at=at)
    if answer.method is AnswerMethod.REFRESH:
        mail.state = MailState.APPLIED  # What it asks for is written by the worker, who looks for these.
    return mail


def _for_now(answer: Answer, entry: LetterEntry) -> Answer:
    """The answer as one to the present revision, where the one it answers is unknown."""
    said = Answered(
        participation=Participation.NEEDS_ACTION, sequence=answer.sequence or 0, channel=ReplyChannel.MAIL
    )
    is_known = said.sequence <= entry.sequence and time_answered(entry, said) is not None
    return answer if is_known else replace(answer, sequence=entry.sequence, recurrence_at=None)


def _was_recorded(answer: Answer, judged: Judged) -> bool:
    """That somebody else is to come is on record; whom to name is the officer's to decide."""
    return answer.partstat is Participation.DELEGATED and judged.doubt == Waits.DELEGATED


def _remember(who: Recipient, aliases: set[str], *, by: Actor, at: datetime) -> None:
    known = set(db.session.scalars(select(AddressAlias.alias).where(AddressAlias.address == who.address)))
    for alias in sorted(aliases - known):
        row = AddressAlias(address=who.address, alias=alias, made_by_id=by.account_id, made_at=at)
        db.session.add(row)
        db.session.flush()
        enter(row, "remember_address", by=by, at=at, after={"delegate_id": who.delegate_id})
