"""What somebody answers by mail, applied: a reply, another time, the wish to get the invitation once more.

Who is believed is decided in `core.belief`; what is applied goes through the acts that pages use, too.
"""

from datetime import datetime

from scheduler.actions.assignments import answer_duty
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.mail_doubts import Passes, Waits
from scheduler.actions.mail_judgement import APPLIED, Desk, Judged, noted, waiting
from scheduler.actions.proposals import Proposed, propose
from scheduler.actions.replies import BY_MAIL, Answered, Weighed, keep_reply, record_reply, weighed
from scheduler.calendars.answer import Answer, AnswerMethod
from scheduler.core.belief import Freshness, doubt
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.records.assignments import Assignment
from scheduler.records.engagements import Engagement
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import Side
from scheduler.records.mail_lookup import addresses_behind, aliases_of, letter_did_arrive, said_before
from scheduler.records.mails import Mail
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.records.replies import ReplyChannel
from scheduler.records.visits import Visit

# Whose answers count. The site and the office are told of a stop, and answer elsewhere.
ASKED = frozenset({Side.GUEST, Side.DUTY})


def act_on_answer(
    mail: Mail, answer: Answer, entry: LetterEntry | None, *, desk: Desk, at: datetime
) -> Judged:
    """Within an act that holds the locks of `entry`: apply an answer if it is believed."""
    if entry is None:
        return waiting(Waits.UNKNOWN_ENTRY)
    if answer.recurrence_at is not None:
        return waiting(Waits.ONE_OF_SERIES)
    who = recipient_called(entry, answer.attendee)
    known = {who.address} | aliases_of(who.address) if who is not None else aliases_of(answer.attendee)
    reason = doubt(
        sender=mail.sender,
        attendee=answer.attendee,
        sent_by=answer.sent_by,
        is_invited=who is not None,
        known_aliases=known,
        dmarc=mail.told.get("dmarc", "") if desk.authserv_id else None,
    )
    if reason is not None or who is None:
        return waiting(reason or "not_invited")
    return apply(mail, answer, entry, who, at=at)


def recipient_called(entry: LetterEntry, address: str) -> Recipient | None:
    """Who was invited by this address, or is known to answer from it."""
    people = recipients_of(entry)
    if address in people:
        return people[address]
    behind = sorted(addresses_behind(address) & people.keys())
    return people[behind[0]] if behind else None


def apply(mail: Mail, answer: Answer, entry: LetterEntry, who: Recipient, *, at: datetime) -> Judged:
    """Within an act that holds the locks of `entry`: do what an answer says that is somebody's own."""
    if who.side not in ASKED:
        return waiting(Waits.NOT_A_GUEST)
    letter_did_arrive(entry.uid, who.address)
    if answer.method is not AnswerMethod.REFRESH and said_before(mail):
        return noted(Passes.COPY)
    if answer.method is AnswerMethod.REFRESH:
        mail.attendee = who.address  # Whoever writes the letters finds it by its method and this.
        return APPLIED
    found = weighed(entry, said_in(answer, who), at=at)
    if found.order is Freshness.FROM_THE_FUTURE:
        return waiting(Waits.FROM_THE_FUTURE)
    if found.order is Freshness.STALE:
        return noted(Passes.STALE)
    if found.span is None:
        return waiting(Waits.FORMER_TIME)
    if isinstance(entry, Assignment):
        return _answer_duty(answer, entry, who, found, at)
    if answer.method is AnswerMethod.COUNTER:
        return _counter(mail, answer, entry, found, at)
    return _reply(answer, entry, found, at)


def said_in(answer: Answer, who: Recipient) -> Answered:
    """An answer as it is recorded of the person whom we know. A COUNTER's own times are those it proposes."""
    return Answered(
        participation=answer.partstat,
        sequence=answer.sequence or 0,
        channel=ReplyChannel.MAIL,
        address=who.address,
        name=who.name or answer.attendee_name,
        delegate_id=who.delegate_id,
        comment=answer.comment,
        stamped_at=answer.stamped_at,
    )


def _reply(answer: Answer, stop: Visit | Engagement, found: Weighed, at: datetime) -> Judged:
    if answer.partstat is Participation.NEEDS_ACTION:
        return waiting(Waits.NO_ANSWER)
    record_reply(stop, found.said, by=BY_MAIL, at=at)
    return waiting(Waits.DELEGATED) if answer.partstat is Participation.DELEGATED else APPLIED


def _counter(mail: Mail, answer: Answer, stop: Visit | Engagement, found: Weighed, at: datetime) -> Judged:
    if not found.is_for_now:
        return waiting(Waits.FORMER_TIME)
    if answer.proposed is None:
        return waiting(Waits.COUNTER_UNREADABLE)
    said = found.said
    wish = Proposed(
        sequence=said.sequence,
        channel=said.channel,
        span=Span(*answer.proposed),
        comment=said.comment,
        address=said.address,
        name=said.name,
        delegate_id=said.delegate_id,
        mail_id=mail.id,
    )
    try:
        proposal = propose(stop, wish, by=BY_MAIL, at=at)
    except Invalid:
        return waiting(Waits.NOT_POSSIBLE_NOW)
    if answer.partstat is not Participation.NEEDS_ACTION:
        record_reply(stop, said, by=BY_MAIL, at=at)
    return APPLIED if proposal is not None else waiting(Waits.NO_ANSWER)


def _answer_duty(answer: Answer, duty: Assignment, who: Recipient, found: Weighed, at: datetime) -> Judged:
    """A guide's or a driver's yes or no is what their link would bring; a "perhaps" is neither."""
    if answer.method is AnswerMethod.COUNTER:
        return waiting(Waits.COUNTER_OF_DUTY)
    if not found.is_for_now:
        return waiting(Waits.FORMER_TIME)
    if answer.partstat is Participation.TENTATIVE:
        return noted(Passes.TENTATIVE_DUTY)
    if answer.partstat is Participation.DELEGATED:
        return waiting(Waits.DELEGATED)
    if answer.partstat is Participation.NEEDS_ACTION:
        return waiting(Waits.NO_ANSWER)
    accepts = answer.partstat is Participation.ACCEPTED
    try:
        answer_duty(duty.id, accepts, answered_by=who.name, note=found.said.comment, at=at)
    except VisitRefused:
        return waiting(Waits.NOT_POSSIBLE_NOW)
    keep_reply(duty, found, at)
    return APPLIED
