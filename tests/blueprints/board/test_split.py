"""A wish too large for one session: the refusal leads to the room of splits, and from there back."""

import pytest

from tests import make
from tests.blueprints.board.dropping import dropping, visits
from tests.cast import seoul


@pytest.fixture
def bangkok(app):
    return make.delegation("Bangkok", headcount=47)


@pytest.fixture
def sessions(round_tour):
    return [make.tour_session(round_tour, seoul(14, hour)) for hour in (10, 12, 14)]


@pytest.fixture
def href(board, bangkok, sessions, round_tour, wish_for):
    """Where the refusal of the drop leads."""
    wish = wish_for(bangkok, round_tour)
    refused = board.post("drop", dropping(f"wish:{wish.id}", sessions[0]), status=409)
    assert refused["may_split"] is True
    return refused["split_href"]


def test_the_refusal_leads_to_a_proposal_and_from_there_back_to_the_board(as_officer, href, sessions):
    page = as_officer.get(href)
    names = [f"pieces-{number}-headcount" for number in (0, 1)]
    values = page.values_of(href.partition("?")[0])
    assert [values[name] for name in names] == ["24", "23"]
    as_officer.submit(href.partition("?")[0])
    assert as_officer.answer.headers["Location"] == "/board?on=2026-12-14"
    assert "2 visits are booked." in as_officer.follow()
    first, second = sessions[0].id, sessions[1].id
    assert [(v.headcount, v.tour_session_id) for v in visits()] == [(24, first), (23, second)]


def test_nobody_is_led_elsewhere_after_a_split(as_officer, href, bangkok):
    as_officer.get(href)
    as_officer.submit(href.partition("?")[0], {"next": "//elsewhere.example"})
    assert as_officer.answer.headers["Location"] == f"/delegations/{bangkok.id}"


def test_a_visit_is_moved_whole(board, bangkok, sessions, round_tour):
    other = make.tour(make.site("DMC"), largest_group=60, places=60)
    visit = make.visit(bangkok, make.tour_session(other, seoul(15, 10)), 47)
    told = board.post("drop", dropping(f"visit:{visit.id}", sessions[0]), status=409)
    assert (told["may_split"], told["split_href"]) == (True, None)
