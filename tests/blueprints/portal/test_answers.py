"""Guests say whether they come, change their minds, and ask for something else."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.proposal_answers import Acceptance, accept_proposal, decline_proposal
from scheduler.actions.replies import Answered, record_reply
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.participation import Participation
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.replies import Proposal, ProposalState, Reply, ReplyChannel
from tests import make
from tests.actions.seen import how_many
from tests.blueprints.portal.conftest import page_of
from tests.cast import AT, OFFICER, seoul

HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE reply; --",
    "=cmd|' /C calc'!A0",
    "\u202eevil\u2066",
    "😀" * 200,
    "محمد علي",
]


def answer_of(page, stop):
    return f"{page}/stops/{type(stop).__name__.lower()}-{stop.id}"


def sent(answer="ACCEPTED", **more):
    return {"answer": answer, "version": 0} | more


def move(visit):
    """To the next afternoon at two."""
    there = make.tour_session(visit.tour_session.tour, seoul(15, 14))
    request = VisitRequest(
        visit_id=visit.id,
        delegation_id=visit.delegation_id,
        tour_session_id=there.id,
        headcount=visit.headcount,
    )
    move_visit(visit.id, request, by=OFFICER, at=AT)


def replies():
    return [
        (r.address, r.participation.name, r.comment, r.delegate_id)
        for r in db.session.query(Reply).order_by(Reply.id)
    ]


def test_the_contact_says_yes_for_all_with_one_click(as_stranger, visit, page_of_all):
    page = as_stranger.get(page_of_all)
    at = f"{answer_of(page_of_all, visit)}/answer"
    as_stranger.post(at, page.values_of(at) | {"answer": "ACCEPTED"})
    assert as_stranger.answer.headers["Location"] == f"{page_of_all}#visit-{visit.id}"
    assert replies() == [("contact@guests.example", "ACCEPTED", "", None)]
    assert db.session.query(Reply).one().channel is ReplyChannel.PAGE
    page = as_stranger.get(page_of_all)
    assert "You said: yes" in page
    assert "We will be there" not in page


def test_a_delegate_answers_for_themselves_and_changes_their_mind(as_stranger, visit, an, binh, page_of_all):
    mine = page_of(an)
    as_stranger.get(f"{answer_of(mine, visit)}")
    as_stranger.submit(
        f"{answer_of(mine, visit)}/answer", {"answer": "DECLINED", "comment": "I land at noon"}
    )
    as_stranger.submit(
        f"{answer_of(mine, visit)}/answer", {"answer": "ACCEPTED", "comment": "Earlier flight"}
    )
    as_stranger.submit(f"{answer_of(mine, visit)}/answer", {"answer": "DECLINED", "comment": "Late again"})
    assert replies() == [("an@hanoi.example", "DECLINED", "Late again", an.id)]
    assert "Late again" in as_stranger.get(mine)
    for others in (page_of(binh), page_of_all):
        page = as_stranger.get(others)
        assert "You said" not in page
        assert "Late again" not in page


def test_who_has_no_address_answers_too(as_stranger, hanoi, visit, binh):
    as_stranger.post(f"{answer_of(page_of(binh), visit)}/answer", sent())
    assert replies() == [(f"delegate {binh.id}", "ACCEPTED", "", binh.id)]
    assert "You said: yes" in as_stranger.get(page_of(binh))


def test_the_journal_never_names_a_guest(as_stranger, visit, an):
    as_stranger.post(f"{answer_of(page_of(an), visit)}/answer", sent(comment="secret words"))
    lines = db.session.query(Journal).filter(Journal.act == "reply").all()
    assert len(lines) == 1
    told = f"{lines[0].actor} {lines[0].before} {lines[0].after}"
    assert "hanoi.example" not in told
    assert "Nguyen" not in told
    assert "secret" not in told
    assert lines[0].actor.startswith("guests' page ")


def test_an_answer_to_what_has_moved_is_told_and_the_new_time_shown(as_stranger, visit, page_of_all):
    page = as_stranger.get(page_of_all)
    at = f"{answer_of(page_of_all, visit)}/answer"
    held = page.values_of(at)
    move(visit)
    page = as_stranger.post(at, held | {"answer": "ACCEPTED", "comment": "see you"}, status=409)
    assert "This changed while you were reading." in page
    assert "14:00–15:00" in page
    assert how_many(Reply) == 0
    as_stranger.submit(at)
    assert replies() == [("contact@guests.example", "ACCEPTED", "see you", None)]


def test_an_answer_given_before_a_move_counts_no_more(as_stranger, visit, page_of_all):
    as_stranger.post(f"{answer_of(page_of_all, visit)}/answer", sent())
    move(visit)
    page = as_stranger.get(page_of_all)
    assert "You said" not in page
    assert "You answered before it was moved. Please answer again." in page


def test_a_stop_that_was_called_off_or_has_begun_takes_no_answer(
    as_stranger, visit, meal, page_of_all, stands_at
):
    act_upon(visit.id, Act.CANCEL, Told(reason="closed"), by=OFFICER, at=AT)
    as_stranger.post(f"{answer_of(page_of_all, visit)}/answer", sent(), status=409)
    stands_at(meal.starts_at)
    as_stranger.post(f"{answer_of(page_of_all, meal)}/answer", sent(), status=409)
    as_stranger.post(f"{answer_of(page_of_all, meal)}/wish", {"version": 0, "comment": "x"}, status=409)
    assert "This can no longer be answered here." in as_stranger.get(answer_of(page_of_all, meal))
    assert (how_many(Reply), how_many(Proposal)) == (0, 0)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"answer": "", "version": 0},
        {"answer": "DELEGATED", "version": 0},
        {"answer": "ACCEPTED"},
        {"answer": "ACCEPTED", "version": "x"},
        {"answer": "ACCEPTED", "version": "9" * 30},
        {"answer": "ACCEPTED", "version": 0, "comment": "\x00\x08"},
        {"answer": "ACCEPTED", "version": 0, "comment": "x" * 501},
    ],
)
def test_odd_answers_are_refused_in_words(as_stranger, visit, page_of_all, told):
    as_stranger.post(f"{answer_of(page_of_all, visit)}/answer", told, status=422)
    assert how_many(Reply) == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_and_shown_as_words(as_stranger, visit, page_of_all, words):
    as_stranger.post(f"{answer_of(page_of_all, visit)}/answer", sent(comment=words))
    as_stranger.post(f"{answer_of(page_of_all, visit)}/wish", {"version": 0, "comment": words})
    assert db.session.query(Reply).one().comment == words
    assert "<script>alert" not in as_stranger.get(page_of_all).html


def test_another_time_goes_to_the_officer_as_a_counter_would(as_stranger, visit, an):
    mine = page_of(an)
    as_stranger.get(answer_of(mine, visit))
    as_stranger.submit(
        f"{answer_of(mine, visit)}/wish", {"starts_at": "2026-12-14T15:00", "comment": "We land at noon"}
    )
    wish = db.session.query(Proposal).one()
    assert (wish.starts_at, wish.ends_at) == (seoul(14, 15), seoul(14, 16))
    assert (wish.address, wish.delegate_id, wish.state) == ("an@hanoi.example", an.id, ProposalState.OPEN)
    page = as_stranger.get(mine)
    for words in ("Mon 14 Dec 2026 15:00–16:00", "We land at noon", "The office has not decided yet."):
        assert words in page
    decline_proposal(wish.id, by=OFFICER, at=AT)
    assert "The office could not do it." in as_stranger.get(mine)


def test_a_wish_that_was_granted_says_so(as_stranger, visit, meal, page_of_all):
    told = {"version": meal.sequence, "starts_at": "2026-12-14T12:30"}
    as_stranger.post(f"{answer_of(page_of_all, meal)}/wish", told)
    told = Acceptance(acknowledge=("all",), acknowledge_reason="known")
    accept_proposal(db.session.query(Proposal).one().id, told, by=OFFICER, at=AT)
    page = as_stranger.get(page_of_all)
    assert "The office agreed." in page
    assert "12:30–14:10" in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Give another time, or say in a few words what you would like."),
        ({"starts_at": "2026-11-01T10:00"}, "past"),
        ({"starts_at": "2031-11-01T10:00"}, "Too late"),
        ({"starts_at": "yesterday"}, "Give a date and a time"),
        ({"starts_at": "2026-12-14T10:00"}, "That is when it is now."),
        ({"comment": "x" * 1001}, "Too long"),
        ({"comment": "\x1b[31m"}, "Leave out control characters."),
    ],
)
def test_odd_wishes_are_refused_in_words_and_keep_what_was_typed(
    as_stranger, visit, page_of_all, told, words
):
    as_stranger.get(answer_of(page_of_all, visit))
    page = as_stranger.submit(f"{answer_of(page_of_all, visit)}/wish", told, status=422)
    assert words in page
    assert how_many(Proposal) == 0
    if "starts_at" in told and told["starts_at"] != "yesterday":
        assert page.values_of(f"{answer_of(page_of_all, visit)}/wish")["starts_at"] == told["starts_at"]


def test_a_wish_about_what_has_moved_is_told(as_stranger, visit, page_of_all):
    as_stranger.get(answer_of(page_of_all, visit))
    move(visit)
    told = {"starts_at": "2026-12-14T15:00"}
    page = as_stranger.submit(f"{answer_of(page_of_all, visit)}/wish", told, status=409)
    assert "This changed while you were reading." in page
    assert how_many(Proposal) == 0


def test_a_reply_by_mail_is_seen_on_the_page(as_stranger, visit, an, link):
    said = Answered(
        participation=Participation.TENTATIVE,
        sequence=0,
        channel=ReplyChannel.MAIL,
        address="AN@hanoi.example",
        delegate_id=an.id,
        stamped_at=AT - timedelta(hours=1),
    )
    record_reply(visit, said, by=OFFICER, at=AT)
    assert "You said: perhaps" in as_stranger.get(page_of(an))
