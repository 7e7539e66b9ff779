"""Two officers decide about one proposal at the same instant: one decision stands, and the visit agrees."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.proposal_answers import ProposalSettled, accept_proposal, decline_proposal
from scheduler.actions.proposals import Proposed, propose
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.replies import Proposal, ReplyChannel
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, HEAD, OFFICER, seoul


@pytest.fixture
def proposal(app):
    tour = make.tour(make.site())
    make.tour_session(tour, seoul(15, 14))
    visit = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))
    wish = Proposed(
        sequence=0, channel=ReplyChannel.PAGE, span=Span(seoul(15, 14), seoul(15, 15)), name="Linh"
    )
    return propose(visit, wish, by=SYSTEM, at=AT)


def decided_at_once(app, number, *acts):
    """Each act in a thread of its own, begun at the same instant: the states that were answered."""
    together = Barrier(len(acts))
    db.session.remove()

    def decide(act):
        with app.app_context():
            together.wait()
            try:
                return act(number, by=HEAD if act is decline_proposal else OFFICER, at=AT).state.value
            except ProposalSettled as settled:
                return settled.state.value

    with ThreadPoolExecutor(len(acts)) as hands:
        return list(hands.map(decide, acts))


def test_accepted_by_four_at_once_the_visit_moves_once(app, proposal):
    number, visit_id = proposal.id, proposal.visit_id
    assert decided_at_once(app, number, *[accept_proposal] * 4) == ["accepted"] * 4
    visit = db.session.get_one(Visit, visit_id)
    assert (visit.starts_at, visit.sequence, visit.version) == (seoul(15, 14), 1, 2)


def test_accepted_and_declined_at_once_only_one_of_them_stands(app, proposal):
    number, visit_id = proposal.id, proposal.visit_id
    states = decided_at_once(app, number, accept_proposal, decline_proposal)
    kept = db.session.get_one(Proposal, number).state.value
    assert states == [kept, kept]
    wanted = {"accepted": seoul(15, 14), "declined": seoul(14, 10)}
    assert db.session.get_one(Visit, visit_id).starts_at == wanted[kept]
