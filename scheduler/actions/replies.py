"""What a guest answers to one stop, by mail or on the guests' page: the last word of each person is kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.access import Actor
from scheduler.actions.invalid import Invalid
from scheduler.core.belief import Freshness, Stamp, freshness
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.engagement_lookup import delegation_of_engagement
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.replies import Reply, ReplyChannel
from scheduler.records.reply_lookup import participation_now, reply_kept, time_told
from scheduler.records.visit_lookup import whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

__all__ = ["BY_MAIL", "BY_PAGE", "Answered", "participation_now", "record_reply"]

LONGEST_ADDRESS, LONGEST_NAME, LONGEST_COMMENT = 254, 200, 4_000
# How the journal calls those who answer: never by name or address.
BY_MAIL = Actor(account_id=None, email="guest by mail")
BY_PAGE = Actor(account_id=None, email="guests' page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One person's word on one stop, all text free of control characters.

    `address` is who answers; who has none is known by `delegate_id`, and who has neither answers for the
    delegation as a whole. `sequence` is the revision they had before them. `stamped_at` is the DTSTAMP of a
    mail (aware), None where there is none. `span` is the time that they had before them, where they told:
    it is asked only for a revision that no letter told of.
    """

    participation: Participation
    sequence: int
    channel: ReplyChannel
    address: str = ""
    name: str = ""
    delegate_id: int | None = None
    comment: str = ""
    stamped_at: datetime | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An answer with its place in order: `last` is the answer of that person before, `order` says whether the
    new one is the later (a former time is told by `span`, the time that it was given for, None where nobody
    knows it)."""

    said: Answered
    last: Reply | None
    order: Freshness
    span: Span | None
    is_for_now: bool


def record_reply(stop: Visit | Engagement, said: Answered, *, by: Actor, at: datetime) -> Reply | None:
    """Keep what somebody answers to a stop in place of their answer before.

    None, and nothing is written, if it counts not: it is no newer than what is known of that person (RFC
    5546 2.1.5), it answers a revision that was never sent, or a former one whose time nobody knows. On the
    guests' page the last click is the last word, whatever a mail's clock said. `by` is how the journal
    calls the asker: never by a guest's name or address. Raises Invalid (an address that is none of ours),
    NotFound.
    """
    return _record(stop, said, by=by, at=at)


def key_of(said: Answered) -> str:
    """By what an answer's giver is known again: their address in lower case, or whose page it was."""
    address = said.address.strip().lower()
    if len(address) > LONGEST_ADDRESS:
        raise Invalid("address", "unknown", value=address[:80])
    if address:
        return address
    return "delegation" if said.delegate_id is None else f"delegate {said.delegate_id}"


def time_answered(entry: LetterEntry, said: Answered) -> Span | None:
    """For which time an answer was given: the present one for the present revision, else what a letter told
    with that revision, else what the answer itself says."""
    if said.sequence >= entry.sequence:
        return Span(entry.starts_at, entry.ends_at)
    return time_told(entry.uid, said.sequence) or said.span


def weighed(entry: LetterEntry, said: Answered, *, at: datetime) -> Weighed:
    """How an answer stands to the last one of that person and to our own revisions. Raises Invalid."""
    last = reply_kept(entry.uid, key_of(said))
    said = _stamped(said, last, at)
    former = None if last is None else Stamp(sequence=last.sequence, stamped_at=last.stamped_at)
    new = Stamp(sequence=said.sequence, stamped_at=said.stamped_at)
    order = freshness(former, new, current_sequence=entry.sequence, rescheduled_at_sequence=0)
    span = time_answered(entry, said)
    is_for_now = span == Span(entry.starts_at, entry.ends_at)
    return Weighed(said=said, last=last, order=order, span=span, is_for_now=is_for_now)


def _parents(stop: Visit | Engagement, _said: Answered, **_told: object) -> Parents:
    if isinstance(stop, Visit):
        return Parents(delegations=frozenset({whereabouts_of(stop.id).delegation_id}))
    return Parents(delegations=frozenset({delegation_of_engagement(stop.id)}))


@writing(_parents)
def _record(stop: Visit | Engagement, said: Answered, *, by: Actor, at: datetime) -> Reply | None:
    db.session.refresh(stop)
    found = weighed(stop, said, at=at)
    if found.order is not Freshness.FRESH or found.span is None:
        return None
    before = None if found.last is None else {"participation": found.last.participation.value}
    reply = keep_reply(stop, found, at)
    after = {"participation": reply.participation.value, "delegate_id": reply.delegate_id}
    enter(stop, "reply", by=by, at=at, before=before, after=after)
    return reply


def keep_reply(entry: LetterEntry, found: Weighed, at: datetime) -> Reply:
    """Within an act: keep an answer that counts. That to a duty is kept for its place in order alone."""
    reply = found.last or _first(entry, key_of(found.said))
    assert found.span is not None
    _fill(reply, found.said, found.span, at)
    db.session.add(reply)
    db.session.flush()
    return reply


def _stamped(said: Answered, last: Reply | None, at: datetime) -> Answered:
    """The answer with its place in order. A clock that runs ahead must not silence all later answers; on our
    own page we know which click came last, whatever was kept before."""
    stamped_at = min(said.stamped_at or at, at)
    if said.channel is ReplyChannel.PAGE and last is not None:
        stamped_at = max(at, last.stamped_at + timedelta(seconds=1))
    return replace(said, stamped_at=stamped_at)


def _first(entry: LetterEntry, key: str) -> Reply:
    return Reply(
        uid=entry.uid,
        address=key,
        delegation_id=entry.delegation_id,
        visit_id=entry.id if isinstance(entry, Visit) else None,
        engagement_id=entry.id if isinstance(entry, Engagement) else None,
    )


def _fill(reply: Reply, said: Answered, answered: Span, at: datetime) -> None:
    assert said.stamped_at is not None
    reply.name = (said.name or reply.name or _contact_name(reply))[:LONGEST_NAME]
    reply.delegate_id = said.delegate_id or reply.delegate_id
    reply.participation = said.participation
    reply.comment = said.comment[:LONGEST_COMMENT]
    reply.sequence, reply.stamped_at = said.sequence, said.stamped_at
    reply.for_starts_at, reply.for_ends_at = answered.starts_at, answered.ends_at
    reply.answered_at, reply.channel, reply.is_former = at, said.channel, False


def _contact_name(reply: Reply) -> str:
    """Who answered without a name: the delegation's contact, who holds its page."""
    if reply.delegate_id is not None:
        return ""
    delegation = db.session.get_one(Delegation, reply.delegation_id)
    return delegation.contact_name if reply.address in ("delegation", delegation.contact_email) else ""
