"""What the office does with a guest's proposal: weighs it by the rules, moves the stop, or says no."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.access import Actor, Permission
from scheduler.actions.bookings import with_earlier_ticks
from scheduler.actions.engagements import change_engagement
from scheduler.actions.lifecycle import facts_of
from scheduler.actions.proposals import journalled, settle
from scheduler.actions.shifts import request_of
from scheduler.actions.visits import move_visit, parents_of_request
from scheduler.core.engagements import EngagementRequest, decide_engagement
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act, refusals_of
from scheduler.core.verdicts import Verdict
from scheduler.records.availability import answer_to
from scheduler.records.engagement_lookup import engagement_diary, places_called
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter
from scheduler.records.proposal_lookup import is_overtaken, proposal_numbered, stop_proposed
from scheduler.records.replies import Proposal, ProposalState
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

LONGEST_ANSWER = 2_000


class ProposalSettled(Exception):
    """Somebody decided before, or the stop was moved or called off meanwhile; `state` says which."""

    def __init__(self, state: ProposalState) -> None:
        super().__init__(f"it is {state.value} by now")
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """With what a proposal is accepted: the cautions that are ticked and why, some words to the guests, and
    another session than the one proposed, named as in a `VisitRequest`."""

    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""
    answer: str = ""
    tour_session_id: int | None = None
    tour_code: str | None = None
    starts_at: datetime | None = None


AS_PROPOSED = Acceptance()


def accept_proposal(proposal_id: int, told: Acceptance = AS_PROPOSED, *, by: Actor, at: datetime) -> Proposal:
    """Move the stop to the time proposed, through the rules and locks of any move, and settle the proposal
    with it, both or neither. A wish in words alone is settled as met. Accepting twice is harmless.

    Raises VisitRefused (with the nearest alternatives), ProposalSettled, Invalid, NotFound, NotPermitted.
    """
    by.must(Permission.SETTLE_MAIL)
    by.must(Permission.BOOK_VISITS)
    return _settled_as(ProposalState.ACCEPTED, _accept(proposal_id, told, by=by, at=at))


def decline_proposal(proposal_id: int, reason: str = "", *, by: Actor, at: datetime) -> Proposal:
    """Leave the stop as it is and tell the guest so, with the reason if there is one. Declining twice is
    harmless. Raises ProposalSettled, NotFound, NotPermitted."""
    by.must(Permission.SETTLE_MAIL)
    return _settled_as(ProposalState.DECLINED, _decline(proposal_id, reason, by=by, at=at))


def verdict_on(proposal: Proposal, stop: Visit | Engagement, at: datetime) -> Verdict | None:
    """What the rules say to the time proposed, right now: every refusal, the cautions that nobody has ticked
    for this stop before, the nearest alternatives to a no. None for a wish in words. Nothing is written."""
    if proposal.starts_at is None:
        return None
    if isinstance(stop, Engagement):
        verdict, ticked = _verdict_on_engagement(proposal, stop, at)
    else:
        if barred := refusals_of(Act.MOVE, facts_of(stop), at):
            return Verdict(refusals=barred)
        request = visit_request(proposal, stop)
        verdict, ticked = answer_to(request, at)[1], with_earlier_ticks(request, stop).acknowledge
        # Where it is already is no way out.
        elsewhere = [each for each in verdict.alternatives if each.tour_session_id != stop.tour_session_id]
        verdict = verdict.with_alternatives(tuple(elsewhere))
    return replace(verdict, cautions=verdict.unacknowledged(ticked))


def visit_request(proposal: Proposal, visit: Visit, told: Acceptance = AS_PROPOSED) -> VisitRequest:
    """A proposal as the asking for a move: the same tour, people and language at the time proposed, or the
    session that was chosen instead."""
    is_instead = told.tour_session_id is not None or told.starts_at is not None
    return VisitRequest(
        delegation_id=visit.delegation_id,
        visit_id=visit.id,
        part_id=visit.part_id,
        headcount=visit.headcount,
        language=visit.language,
        tour_session_id=told.tour_session_id,
        tour_code=(told.tour_code if is_instead else None) or visit.tour_session.tour.code,
        starts_at=told.starts_at if is_instead else proposal.starts_at,
        acknowledge=told.acknowledge,
        acknowledge_reason=told.acknowledge_reason,
    )


def engagement_request(
    proposal: Proposal, engagement: Engagement, told: Acceptance = AS_PROPOSED
) -> EngagementRequest:
    """A proposal as the asking for another time of an engagement."""
    assert proposal.starts_at is not None
    assert proposal.ends_at is not None
    return replace(
        request_of(engagement, timedelta(0)),
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        acknowledge=told.acknowledge,
        acknowledge_reason=told.acknowledge_reason,
    )


def _verdict_on_engagement(
    proposal: Proposal, engagement: Engagement, at: datetime
) -> tuple[Verdict, tuple[str, ...]]:
    request = engagement_request(proposal, engagement)
    places = places_called({code for code in (request.place, request.destination) if code is not None})
    diary = engagement_diary(request, places.values(), at)
    return decide_engagement(request, diary, at), tuple(engagement.acknowledged.split())


def _parents(proposal_id: int, told: Acceptance | str, **_also: object) -> Parents:
    proposal = proposal_numbered(proposal_id)
    stop = stop_proposed(proposal)
    plain = Parents(delegations=frozenset({stop.delegation_id}))
    if isinstance(stop, Engagement) or not isinstance(told, Acceptance):
        return plain
    request = visit_request(proposal, stop, told)
    is_move = request.starts_at is not None or request.tour_session_id is not None
    return parents_of_request(request) if is_move else plain


@writing(_parents)
def _accept(proposal_id: int, told: Acceptance, *, by: Actor, at: datetime) -> Proposal:
    proposal = proposal_numbered(proposal_id)
    stop = stop_proposed(proposal)
    if not _is_open(proposal, stop, at):
        return proposal
    before = journalled(proposal)
    settle(proposal, ProposalState.ACCEPTED, by=by.name or by.email, at=at)
    proposal.answer = told.answer.strip()[:LONGEST_ANSWER]
    _move(proposal, stop, told, by=by, at=at)
    _journal(proposal, stop, "accept_proposal", before, by=by, at=at)
    return proposal


def _move(proposal: Proposal, stop: Visit | Engagement, told: Acceptance, *, by: Actor, at: datetime) -> None:
    """Move the stop, if the proposal names a time or another was chosen."""
    if isinstance(stop, Engagement):
        if proposal.starts_at is not None:
            change_engagement(stop.id, engagement_request(proposal, stop, told), by=by, at=at)
        return
    request = visit_request(proposal, stop, told)
    if request.starts_at is not None or request.tour_session_id is not None:
        move_visit(stop.id, request, by=by, at=at)


@writing(_parents)
def _decline(proposal_id: int, reason: str, *, by: Actor, at: datetime) -> Proposal:
    proposal = proposal_numbered(proposal_id)
    stop = stop_proposed(proposal)
    if not _is_open(proposal, stop, at):
        return proposal
    before = journalled(proposal)
    settle(proposal, ProposalState.DECLINED, by=by.name or by.email, at=at)
    proposal.answer = reason.strip()[:LONGEST_ANSWER]
    _journal(proposal, stop, "decline_proposal", before, by=by, at=at)
    return proposal


def _journal(
    proposal: Proposal,
    stop: Visit | Engagement,
    act: str,
    before: dict[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    after = journalled(proposal)
    enter(stop, act, by=by, at=at, before=before, after=after, reason=proposal.answer)


def _is_open(proposal: Proposal, stop: Visit | Engagement, at: datetime) -> bool:
    """Whether there is still something to decide; what was overtaken meanwhile is marked so."""
    if proposal.state is ProposalState.OPEN and is_overtaken(proposal, stop):
        settle(proposal, ProposalState.OVERTAKEN, at=at)
    return proposal.state is ProposalState.OPEN


def _settled_as(wanted: ProposalState, proposal: Proposal) -> Proposal:
    if proposal.state is not wanted:
        raise ProposalSettled(proposal.state)
    return proposal
