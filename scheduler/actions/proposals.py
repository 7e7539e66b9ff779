"""Another time for a stop, or something in words, as a guest asks for it: kept until an officer decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.actions.invalid import Invalid
from scheduler.actions.replies import LONGEST_ADDRESS, LONGEST_COMMENT, LONGEST_NAME, Answered, time_answered
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.engagement_lookup import delegation_of_engagement
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter, snapshot
from scheduler.records.proposal_lookup import is_overtaken, overtaken_proposals
from scheduler.records.replies import Proposal, ProposalState, ReplyChannel
from scheduler.records.visit_lookup import whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=24)
FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a guest asks for: another time (`span`), or, without one, something in words (`comment`).

    Who asks is told as in `Answered`; `sequence` is the revision they had before them, and `answered` the
    time of it where they told. `mail_id` is the mail that it came with.
    """

    sequence: int
    channel: ReplyChannel
    span: Span | None = None
    comment: str = ""
    address: str = ""
    name: str = ""
    delegate_id: int | None = None
    answered: Span | None = None
    mail_id: int | None = None


def propose(stop: Visit | Engagement, wish: Proposed, *, by: Actor, at: datetime) -> Proposal | None:
    """Keep what a guest asks for until an officer decides; it takes the place of what the same person asked
    for before. Of a stop that was moved or called off since they looked it is kept as overtaken.

    None, and nothing is written, if it answers a revision that was never sent, or a former one whose time
    nobody knows, or if it asks for nothing but what is. Raises Invalid (neither a time nor words; a time
    that is past, years ahead, shorter than a minute or longer than a day), NotFound.
    """
    if wish.span is None and not wish.comment.strip():
        raise Invalid("comment", "reason_needed")
    if wish.span is not None:
        _must_be_sensible(wish.span, at)
    if len(wish.address) > LONGEST_ADDRESS:
        raise Invalid("address", "unknown", value=wish.address[:80])
    return _propose(stop, wish, by=by, at=at)


@writing()
def overtake_proposals(*, at: datetime) -> int:
    """Mark the open proposals whose stop was moved or called off. How many there were."""
    found = overtaken_proposals()
    for proposal in found:
        settle(proposal, ProposalState.OVERTAKEN, at=at)
    return len(found)


def settle(proposal: Proposal, state: ProposalState, *, by: str = "", at: datetime) -> None:
    """Within an act: end a proposal; `by` is empty where nobody decided it."""
    proposal.state, proposal.settled_by, proposal.settled_at = state, by, at


def journalled(proposal: Proposal) -> dict[str, object]:
    """What the journal keeps of a proposal: never who made it by name or address."""
    return {"proposal": proposal.id} | snapshot(proposal, "starts_at", "ends_at", "delegate_id", "state")


def _must_be_sensible(span: Span, at: datetime) -> None:
    if span.starts_at <= at:
        raise Invalid("starts_at", "in_the_past", earliest=at)
    if span.starts_at > at + FURTHEST:
        raise Invalid("starts_at", "too_late", latest=at + FURTHEST)
    if span.ends_at - span.starts_at < SHORTEST:
        raise Invalid("ends_at", "not_after", earliest=span.starts_at)
    if span.ends_at - span.starts_at > LONGEST:
        raise Invalid("ends_at", "longer_than_a_day")


def _parents_of_stop(stop: Visit | Engagement, _wish: Proposed, **_told: object) -> Parents:
    if isinstance(stop, Visit):
        return Parents(delegations=frozenset({whereabouts_of(stop.id).delegation_id}))
    return Parents(delegations=frozenset({delegation_of_engagement(stop.id)}))


@writing(_parents_of_stop)
def _propose(stop: Visit | Engagement, wish: Proposed, *, by: Actor, at: datetime) -> Proposal | None:
    db.session.refresh(stop)
    answered = time_answered(stop, _as_answer(wish))
    if wish.sequence > stop.sequence or answered is None:
        return None
    proposal = _row(stop, wish, answered, at)
    if proposal.starts_at is None and not proposal.comment.strip():
        return None
    before = _open_ones(proposal)
    if is_overtaken(proposal, stop) or any(former.sequence > wish.sequence for former in before):
        settle(proposal, ProposalState.OVERTAKEN, at=at)
    else:
        for former in before:
            settle(former, ProposalState.OVERTAKEN, at=at)
    db.session.add(proposal)
    db.session.flush()
    enter(stop, "propose", by=by, at=at, after=journalled(proposal))
    return proposal


def _as_answer(wish: Proposed) -> Answered:
    return Answered(
        participation=Participation.NEEDS_ACTION,
        sequence=wish.sequence,
        channel=wish.channel,
        span=wish.answered,
    )


def _row(stop: Visit | Engagement, wish: Proposed, answered: Span, at: datetime) -> Proposal:
    is_elsewhen = wish.span is not None and wish.span != Span(stop.starts_at, stop.ends_at)
    return Proposal(
        visit_id=stop.id if isinstance(stop, Visit) else None,
        engagement_id=stop.id if isinstance(stop, Engagement) else None,
        delegation_id=stop.delegation_id,
        delegate_id=wish.delegate_id,
        address=wish.address.strip().lower(),
        name=wish.name[:LONGEST_NAME],
        starts_at=wish.span.starts_at if wish.span is not None and is_elsewhen else None,
        ends_at=wish.span.ends_at if wish.span is not None and is_elsewhen else None,
        comment=wish.comment[:LONGEST_COMMENT],
        sequence=wish.sequence,
        for_starts_at=answered.starts_at,
        channel=wish.channel,
        mail_id=wish.mail_id,
        state=ProposalState.OPEN,
        made_at=at,
    )


def _open_ones(proposal: Proposal) -> list[Proposal]:
    """What the same person asked for before of the same stop, and nobody has decided."""
    rows = select(Proposal).where(Proposal.state == ProposalState.OPEN)
    for column in (Proposal.visit_id, Proposal.engagement_id, Proposal.address):
        rows = rows.where(column.is_not_distinct_from(getattr(proposal, column.key)))
    if not proposal.address:
        rows = rows.where(Proposal.delegate_id.is_not_distinct_from(proposal.delegate_id))
    return list(db.session.scalars(rows))
