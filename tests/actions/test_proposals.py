"""Other times that guests ask for: kept, weighed, accepted by the rules of any move, declined, overtaken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.access import SYSTEM, NotPermitted
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.engagements import cancel_engagement, plan_engagement
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.proposal_answers import (
    Acceptance,
    ProposalSettled,
    accept_proposal,
    decline_proposal,
    verdict_on,
)
from scheduler.actions.proposals import Proposed, overtake_proposals, propose
from scheduler.actions.visits import move_visit
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.proposal_lookup import (
    how_many_wait,
    proposals_about,
    state_now,
    stops_of,
    waiting_proposals,
)
from scheduler.records.replies import Proposal, ProposalState, ReplyChannel
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")
SECOND = timedelta(seconds=1)
OPEN, ACCEPTED, DECLINED, OVERTAKEN = (
    ProposalState.OPEN,
    ProposalState.ACCEPTED,
    ProposalState.DECLINED,
    ProposalState.OVERTAKEN,
)


@pytest.fixture
def tour():
    return make.tour(make.site())


@pytest.fixture
def visit(tour):
    make.tour_session(tour, seoul(15, 14))
    return make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))


@pytest.fixture
def lunch():
    request = EngagementRequest(
        delegation_id=make.delegation().id,
        kind=EngagementKind.MEAL,
        starts_at=seoul(14, 12),
        ends_at=seoul(14, 13),
        title="Lunch",
        note="Ask for the quiet room",
    )
    return plan_engagement(request, by=OFFICER, at=AT)


def at_hour(day, hour, minutes=60):
    return Span(seoul(day, hour), seoul(day, hour) + timedelta(minutes=minutes))


def wish(span=None, **told):
    given = {"sequence": 0, "channel": ReplyChannel.MAIL, "address": "Linh@guests.example", "name": "Linh"}
    return Proposed(span=span, **(given | told))


def proposed(stop, span=None, *, at=AT, **told):
    return propose(stop, wish(span, **told), by=SYSTEM, at=at)


def kept(proposal):
    return db.session.get_one(Proposal, proposal.id, populate_existing=True)


def moved(visit, where):
    asked = VisitRequest(tour_session_id=where.id, headcount=10, acknowledge=("all",))
    return move_visit(visit.id, asked, by=OFFICER, at=AT)


def test_another_time_waits_for_an_officer(visit):
    proposal = proposed(visit, at_hour(15, 14), comment="Our flight is late")
    assert (proposal.state, proposal.address, proposal.for_starts_at) == (
        OPEN,
        "linh@guests.example",
        seoul(14, 10),
    )
    assert (waiting_proposals(), how_many_wait(), proposals_about(visit)) == ([proposal], 1, [proposal])
    assert stops_of([proposal]) == {proposal.id: visit}


def test_a_newer_proposal_of_the_same_person_takes_the_place_of_the_open_one(visit):
    first, other = (
        proposed(visit, at_hour(15, 14)),
        proposed(visit, at_hour(16, 14), address="lan@guests.example"),
    )
    second = proposed(visit, comment="After lunch, please", at=AT + SECOND)
    assert (kept(first).state, waiting_proposals()) == (OVERTAKEN, [other, second])


def test_people_without_an_address_do_not_take_each_others_place(visit):
    proposed(visit, comment="Later", address="")
    proposed(visit, comment="Earlier", address="")
    assert [each.comment for each in waiting_proposals()] == ["Earlier"]


@pytest.mark.parametrize(
    "told",
    [
        wish(),
        wish(comment="  "),
        wish(Span(AT - SECOND, AT + SECOND)),
        wish(at_hour(15, 14, minutes=0.5)),
        wish(at_hour(15, 14, minutes=24 * 60 + 1)),
        wish(Span(seoul(1, year=2032), seoul(1, 1, year=2032))),
        wish(at_hour(15, 14), address="a" * 255),
    ],
)
def test_what_cannot_be_meant_is_told_so(visit, told):
    with pytest.raises(Invalid):
        propose(visit, told, by=SYSTEM, at=AT)
    assert proposals_about(visit) == []


def test_what_answers_no_revision_of_ours_or_asks_for_what_is_counts_not(visit):
    assert proposed(visit, at_hour(15, 14), sequence=1) is None
    assert proposed(visit, at_hour(14, 10)) is None
    assert proposals_about(visit) == []


def test_a_proposal_is_overtaken_once_its_visit_moved(visit, tour):
    proposal = proposed(visit, at_hour(15, 14))
    now = moved(visit, make.tour_session(tour, seoul(16, 10)))
    assert (how_many_wait(), state_now(proposal, now)) == (0, OVERTAKEN)
    assert (kept(proposal).state, overtake_proposals(at=AT), kept(proposal).state) == (OPEN, 1, OVERTAKEN)
    late = proposed(now, at_hour(15, 14), answered=at_hour(14, 10))
    assert late.state is OVERTAKEN


def test_accepting_moves_the_visit_by_the_rules_and_settles_the_proposal(visit):
    proposal = proposed(visit, at_hour(15, 14))
    verdict = verdict_on(proposal, visit, AT)
    assert (verdict.refusals, verdict.cautions) == ((), ())
    told = Acceptance(answer="See you then")
    done = accept_proposal(proposal.id, told, by=OFFICER, at=AT)
    now = db.session.get_one(Visit, visit.id, populate_existing=True)
    assert (now.starts_at, now.sequence, now.headcount) == (seoul(15, 14), 1, 10)
    assert (done.state, done.answer, done.settled_by, done.settled_at) == (
        ACCEPTED,
        "See you then",
        "Officer",
        AT,
    )
    assert accept_proposal(proposal.id, by=OFFICER, at=AT).state is ACCEPTED
    assert now.sequence == 1


def test_where_the_rules_refuse_nothing_is_moved_and_nothing_settled(visit, tour):
    make.other_booking(make.tour_session(tour, seoul(16, 10)), 25)
    proposal = proposed(visit, at_hour(16, 10))
    verdict = verdict_on(proposal, visit, AT)
    assert [each.code for each in verdict.refusals] == ["no_places_left"]
    assert [each.starts_at for each in verdict.alternatives] == [seoul(15, 14)]
    with pytest.raises(VisitRefused) as caught:
        accept_proposal(proposal.id, by=OFFICER, at=AT)
    assert [each.starts_at for each in caught.value.verdict.alternatives] == [seoul(15, 14), seoul(14, 10)]
    now = db.session.get_one(Visit, visit.id, populate_existing=True)
    assert (now.starts_at, kept(proposal).state, kept(proposal).settled_at) == (seoul(14, 10), OPEN, None)


def test_where_no_session_begins_then_the_nearest_is_offered_and_can_be_taken(visit):
    proposal = proposed(visit, at_hour(15, 13))
    verdict = verdict_on(proposal, visit, AT)
    assert [each.code for each in verdict.refusals] == ["no_session_then"]
    nearest = verdict.alternatives[0]
    assert nearest.starts_at == seoul(15, 14)
    told = Acceptance(tour_session_id=nearest.tour_session_id)
    assert accept_proposal(proposal.id, told, by=OFFICER, at=AT).state is ACCEPTED
    assert db.session.get_one(TourSession, nearest.tour_session_id, populate_existing=True).places_taken == 10


def test_cautions_are_shown_until_they_are_ticked(visit, tour):
    for hour in (10, 12, 16):
        make.visit(visit.delegation, make.tour_session(tour, seoul(15, hour)))
    proposal = proposed(visit, at_hour(15, 14))
    codes = [each.code for each in verdict_on(proposal, visit, AT).cautions]
    assert "fourth_stop_that_day" in codes
    with pytest.raises(VisitRefused):
        accept_proposal(proposal.id, by=OFFICER, at=AT)
    told = Acceptance(acknowledge=tuple(codes), acknowledge_reason="They asked for it")
    assert accept_proposal(proposal.id, told, by=OFFICER, at=AT).state is ACCEPTED


def test_declining_leaves_the_visit_and_keeps_the_words(visit):
    proposal = proposed(visit, at_hour(15, 14))
    done = decline_proposal(proposal.id, " The hall is taken. ", by=HEAD, at=AT)
    assert (done.state, done.answer, done.settled_by) == (DECLINED, "The hall is taken.", "Head")
    assert db.session.get_one(Visit, visit.id, populate_existing=True).sequence == 0
    with pytest.raises(ProposalSettled) as caught:
        accept_proposal(proposal.id, by=OFFICER, at=AT)
    assert caught.value.state is DECLINED


@pytest.mark.parametrize("act", [accept_proposal, decline_proposal])
def test_what_was_overtaken_is_marked_so_by_whoever_acts_upon_it(visit, act):
    proposal = proposed(visit, at_hour(15, 14))
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    with pytest.raises(ProposalSettled) as caught:
        act(proposal.id, by=OFFICER, at=AT)
    assert (caught.value.state, kept(proposal).state) == (OVERTAKEN, OVERTAKEN)


def test_a_wish_in_words_is_settled_without_a_move(visit):
    proposal = proposed(visit, comment="Could we see the control room too?")
    assert verdict_on(proposal, visit, AT) is None
    assert accept_proposal(proposal.id, Acceptance(answer="Yes"), by=OFFICER, at=AT).state is ACCEPTED
    assert db.session.get_one(Visit, visit.id, populate_existing=True).sequence == 0


def test_an_engagement_is_moved_as_it_is_to_the_time_proposed(lunch):
    proposal = proposed(lunch, at_hour(14, 13, minutes=90))
    assert verdict_on(proposal, lunch, AT).refusals == ()
    accept_proposal(proposal.id, by=OFFICER, at=AT)
    db.session.refresh(lunch)
    assert (lunch.starts_at, lunch.ends_at, lunch.title, lunch.note) == (
        seoul(14, 13),
        seoul(14, 14, 30),
        "Lunch",
        "Ask for the quiet room",
    )


def test_an_engagement_called_off_overtakes_what_was_asked_of_it(lunch):
    proposal = proposed(lunch, at_hour(14, 13))
    cancel_engagement(lunch.id, by=OFFICER, at=AT)
    assert (how_many_wait(), state_now(proposal, lunch)) == (0, OVERTAKEN)


def test_only_the_office_decides(visit):
    proposal = proposed(visit, at_hour(15, 14))
    for act in (accept_proposal, decline_proposal):
        with pytest.raises(NotPermitted):
            act(proposal.id, by=manager_of(visit.site_id), at=AT)
        with pytest.raises(NotFound):
            act(proposal.id + 1, by=OFFICER, at=AT)
    assert kept(proposal).state is OPEN


def test_what_the_rules_say_of_a_visit_that_is_over_is_its_state(visit):
    proposal = proposed(visit, at_hour(15, 14))
    act_upon(visit.id, Act.ARRIVE, by=manager_of(visit.site_id), at=seoul(14, 10))
    assert [each.code for each in verdict_on(proposal, visit, AT).refusals] == ["state_forbids"]


def test_an_older_answer_does_not_take_the_place_of_a_newer_one(visit):
    visit.sequence = 2
    db.session.commit()
    newer = proposed(visit, at_hour(15, 14), sequence=2)
    older = propose(
        visit, replace(wish(at_hour(16, 14), sequence=1), answered=at_hour(14, 10)), by=SYSTEM, at=AT
    )
    assert (older.state, waiting_proposals()) == (OVERTAKEN, [newer])
