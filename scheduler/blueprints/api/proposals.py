"""Other times that guests ask for: listed, weighed by the rules, accepted, declined."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.proposal_answers import (
    Acceptance,
    accept_proposal,
    decline_proposal,
    verdict_on,
)
from scheduler.blueprints.api.answering import answered, naming, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.answers import (
    AcceptProposalIn,
    DeclineProposalIn,
    ProposalOut,
    ProposalQuery,
    ProposalsOut,
    WeighedProposalOut,
)
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.proposal_lookup import (
    proposal_numbered,
    proposals_matching,
    state_now,
    stop_proposed,
)
from scheduler.records.replies import Proposal, ProposalState
from scheduler.words.wording import verdict_values

TELL, TELL_WEIGHED = ProposalOut(), WeighedProposalOut()


@bp.get("/proposals")
@bp.input(ProposalQuery, location="query")
@bp.output(ProposalsOut)
@allow(Permission.SETTLE_MAIL)
def list_proposals(query_data: dict[str, Any]) -> Response:
    """List the other times that guests ask for, the newest first; those in one `state` if named."""
    rows = proposals_matching(query_data.get("state"))
    return told(page_of_rows(rows, query_data, lambda each: TELL.dump(_values(each))))


@bp.get("/proposals/<id:proposal_id>")
@bp.output(WeighedProposalOut)
@allow(Permission.SETTLE_MAIL)
def read_proposal(proposal_id: int) -> Response:
    """Read a proposal with what the rules say to it right now."""
    return told(_weighed(proposal_id))


@bp.post("/proposals/<id:proposal_id>/accept")
@bp.input(AcceptProposalIn)
@bp.output(WeighedProposalOut)
@allow(Permission.SETTLE_MAIL)
@writes(refuses=True)
def accept(proposal_id: int, json_data: dict[str, Any]) -> Response:
    """Move the visit or engagement to the time proposed, by the rules of any move; or to another session.

    Refused, or with cautions that are not ticked, nothing changes and the proposal stays open.
    """

    def act() -> Answered:
        told = Acceptance(**json_data | {"acknowledge": tuple(json_data["acknowledge"])})
        with naming(tour="tour_code", tour_session="tour_session_id"):
            accept_proposal(proposal_id, told, by=actor(), at=now())
        return Answered(200, _weighed(proposal_id))

    return answered(act)


@bp.post("/proposals/<id:proposal_id>/decline")
@bp.input(DeclineProposalIn)
@bp.output(WeighedProposalOut)
@allow(Permission.SETTLE_MAIL)
@writes(refuses=True)
def decline(proposal_id: int, json_data: dict[str, Any]) -> Response:
    """Leave the visit or engagement as it is, and tell the guest so."""

    def act() -> Answered:
        decline_proposal(proposal_id, json_data["reason"], by=actor(), at=now())
        return Answered(200, _weighed(proposal_id))

    return answered(act)


def _weighed(proposal_id: int) -> dict[str, Any]:
    proposal = proposal_numbered(proposal_id)
    stop = stop_proposed(proposal)
    is_open = state_now(proposal, stop) is ProposalState.OPEN
    verdict = verdict_on(proposal, stop, now()) if is_open else None
    values = _values(proposal) | {"verdict": verdict_values(verdict) if verdict is not None else None}
    told: dict[str, Any] = TELL_WEIGHED.dump(values)
    return told


def _values(proposal: Proposal) -> dict[str, Any]:
    values = {name: getattr(proposal, name) for name in TELL.fields}
    return values | {"state": state_now(proposal, stop_proposed(proposal))}
