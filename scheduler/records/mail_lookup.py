"""Questions asked of mails that came in: known already, about what, from whom, which wait for somebody."""

from collections.abc import Sequence
from zlib import crc32

from sqlalchemy import Select, func, or_, select, text, update
from sqlalchemy.orm import defer, undefer

from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation, DelegationState
from scheduler.records.duty_lookup import assignment_numbered
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import Letter, LetterState
from scheduler.records.mails import AddressAlias, Mail, MailState
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit

MOST_SHOWN = 20
# Locks of PostgreSQL that belong to Message-IDs; the second number is made of the id.
MESSAGE_LOCKS = 20_261_122
_HALF = 2**31


def alone_with_message(message_id: str) -> None:
    """Within an act: have everybody else who takes in a mail of this Message-ID wait until the act is over.
    On SQLite a writer is alone anyway."""
    if db.session().get_bind().dialect.name == "sqlite":
        return
    key = crc32(message_id.encode()) - _HALF
    db.session.execute(text("SELECT pg_advisory_xact_lock(:of, :key)"), {"of": MESSAGE_LOCKS, "key": key})


def mails_called(message_id: str) -> Sequence[Mail]:
    """Every mail of one Message-ID, the first one first."""
    return db.session.scalars(select(Mail).where(Mail.message_id == message_id).order_by(Mail.id)).all()


def mail_numbered(mail_id: int, *, with_raw: bool = False) -> Mail:
    """A mail as the archive has it now. Raises NotFound."""
    rows = select(Mail).where(Mail.id == mail_id).execution_options(populate_existing=True)
    found = db.session.scalar(rows.options(undefer(Mail.raw) if with_raw else defer(Mail.raw)))
    if found is None:
        raise NotFound("mail", mail_id)
    return found


def mails_matching(state: MailState | None = None) -> Select[Mail]:
    """Every mail, the newest first; those in one state if named."""
    rows = select(Mail).order_by(Mail.received_at.desc(), Mail.id.desc())
    return rows if state is None else rows.where(Mail.state == state)


def waiting_mails(most: int = MOST_SHOWN) -> Sequence[Mail]:
    """What somebody still has to look at, the longest waiting first."""
    rows = select(Mail).where(Mail.state == MailState.WAITING).order_by(Mail.received_at, Mail.id)
    return db.session.scalars(rows.limit(most)).all()


def how_many_mails_wait() -> int:
    """How many mails somebody still has to look at."""
    rows = select(func.count()).select_from(Mail).where(Mail.state == MailState.WAITING)
    return db.session.scalar(rows) or 0


def entry_with_uid(uid: str) -> LetterEntry | None:
    """The visit, engagement or duty of this UID, as the archive has it now."""
    if not uid:
        return None
    if visit_id := db.session.scalar(select(Visit.id).where(Visit.uid == uid)):
        return visits_numbered([visit_id])[0]
    if engagement_id := db.session.scalar(select(Engagement.id).where(Engagement.uid == uid)):
        return engagement_by_id(engagement_id)
    if assignment_id := db.session.scalar(select(Assignment.id).where(Assignment.uid == uid)):
        return assignment_numbered(assignment_id)
    return None


def entry_of_mail(mail: Mail) -> LetterEntry | None:
    """The stop or duty that a mail is about, as the archive has it now."""
    if mail.assignment_id is not None:
        return assignment_numbered(mail.assignment_id)
    if mail.engagement_id is not None:
        return engagement_by_id(mail.engagement_id)
    return visits_numbered([mail.visit_id])[0] if mail.visit_id is not None else None


def said_before(mail: Mail) -> bool:
    """Whether a mail that was applied said the very same, stamp included: a message is counted once, under
    whatever Message-ID it comes again (RFC 5546 2.1.5)."""
    if "stamped_at" not in mail.told:
        return False
    rows = select(Mail).where(Mail.uid == mail.uid, Mail.attendee == mail.attendee, Mail.id != mail.id)
    rows = rows.where(Mail.method == mail.method, Mail.state == MailState.APPLIED)
    same = ("stamped_at", "sequence", "partstat", "proposed")
    return any(
        all(other.told.get(name) == mail.told.get(name) for name in same)
        for other in db.session.scalars(rows)
    )


def letter_did_arrive(uid: str, address: str) -> None:
    """Within an act: whoever answers a letter has it, whatever a report said of it."""
    returned = update(Letter).where(Letter.uid == uid, Letter.address == address)
    returned = returned.where(Letter.state == LetterState.RETURNED).values(state=LetterState.POSTED)
    db.session.execute(returned.execution_options(synchronize_session=False))


def letter_called(*message_ids: str) -> Letter | None:
    """The newest letter of ours that bears one of these Message-IDs."""
    if not message_ids:
        return None
    rows = select(Letter).where(Letter.message_id.in_(message_ids)).order_by(Letter.id.desc()).limit(1)
    return db.session.scalar(rows.execution_options(populate_existing=True))


def delegation_writing_from(address: str) -> int | None:
    """Whose contact or delegate writes from an address: the newest delegation that is not over."""
    if not address:
        return None
    is_delegate = (
        select(Delegate.id)
        .where(Delegate.delegation_id == Delegation.id, func.lower(Delegate.email) == address)
        .exists()
    )
    rows = select(Delegation.id).where(
        Delegation.state == DelegationState.REGISTERED,
        or_(func.lower(Delegation.contact_email) == address, is_delegate),
    )
    return db.session.scalar(rows.order_by(Delegation.id.desc()).limit(1))


def aliases_of(address: str) -> set[str]:
    """From which other addresses somebody answers, as officers have said."""
    return set(db.session.scalars(select(AddressAlias.alias).where(AddressAlias.address == address)))


def addresses_behind(alias: str) -> set[str]:
    """Whose other address this is, as officers have said."""
    return set(db.session.scalars(select(AddressAlias.address).where(AddressAlias.alias == alias)))
