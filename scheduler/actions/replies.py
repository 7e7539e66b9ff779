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
from scheduler.records.replies import Reply, ReplyChannel
from scheduler.records.reply_lookup import participation_now, reply_kept, time_told
from scheduler.records.visit_lookup import whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

__all__ = ["Answered", "participation_now", "record_reply"]

LONGEST_ADDRESS, LONGEST_NAME, LONGEST_COMMENT = 254, 200, 4_000


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


def time_answered(stop: Visit | Engagement, said: Answered) -> Span | None:
    """For which time an answer was given: the present one for the present revision, else what a letter told
    with that revision, else what the answer itself says."""
    if said.sequence >= stop.sequence:
        return Span(stop.starts_at, stop.ends_at)
    return time_told(stop.uid, said.sequence) or said.span


def stamp_of(reply: Reply | None) -> Stamp | None:
    """The place in order of the answer that is kept."""
    return None if reply is None else Stamp(sequence=reply.sequence, stamped_at=reply.stamped_at)


def _parents(stop: Visit | Engagement, _said: Answered, **_told: object) -> Parents:
    if isinstance(stop, Visit):
        return Parents(delegations=frozenset({whereabouts_of(stop.id).delegation_id}))
    return Parents(delegations=frozenset({delegation_of_engagement(stop.id)}))


@writing(_parents)
def _record(stop: Visit | Engagement, said: Answered, *, by: Actor, at: datetime) -> Reply | None:
    db.session.refresh(stop)
    key = key_of(said)
    last = reply_kept(stop.uid, key)
    said = _stamped(said, last, at)
    answered = time_answered(stop, said)
    new = Stamp(sequence=said.sequence, stamped_at=said.stamped_at)
    order = freshness(stamp_of(last), new, current_sequence=stop.sequence, rescheduled_at_sequence=0)
    if order is not Freshness.FRESH or answered is None:
        return None
    before = None if last is None else {"participation": last.participation.value}
    reply = last or _first(stop, key)
    _fill(reply, said, answered, at)
    db.session.add(reply)
    db.session.flush()
    after = {"participation": reply.participation.value, "delegate_id": reply.delegate_id}
    enter(stop, "reply", by=by, at=at, before=before, after=after)
    return reply


def _stamped(said: Answered, last: Reply | None, at: datetime) -> Answered:
    """The answer with its place in order. A clock that runs ahead must not silence all later answers; on our
    own page we know which click came last, whatever was kept before."""
    stamped_at = min(said.stamped_at or at, at)
    if said.channel is ReplyChannel.PAGE and last is not None:
        stamped_at = max(at, last.stamped_at + timedelta(seconds=1))
    return replace(said, stamped_at=stamped_at)


def _first(stop: Visit | Engagement, key: str) -> Reply:
    of_stop = {"visit_id": stop.id} if isinstance(stop, Visit) else {"engagement_id": stop.id}
    return Reply(uid=stop.uid, address=key, delegation_id=stop.delegation_id, **of_stop)


def _fill(reply: Reply, said: Answered, answered: Span, at: datetime) -> None:
    assert said.stamped_at is not None
    reply.name = (said.name or reply.name or _contact_name(reply))[:LONGEST_NAME]
    reply.delegate_id = said.delegate_id or reply.delegate_id
    reply.participation = said.participation
    reply.comment = said.comment[:LONGEST_COMMENT]
    reply.sequence, reply.stamped_at = said.sequence, said.stamped_at
    reply.for_starts_at, reply.for_ends_at = answered.starts_at, answered.ends_at
    reply.answered_at, reply.channel = at, said.channel


def _contact_name(reply: Reply) -> str:
    """Who answered without a name: the delegation's contact, who holds its page."""
    if reply.delegate_id is not None:
        return ""
    delegation = db.session.get_one(Delegation, reply.delegation_id)
    return delegation.contact_name if reply.address in ("delegation", delegation.contact_email) else ""
