"""Splitting a party too large for one session: what is proposed, and the act that divides and books."""

import pytest

from scheduler.actions.batches import BatchRefused
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.members import add_delegate
from scheduler.actions.parts import divide
from scheduler.actions.splits import propose_split, split
from scheduler.core.facts import Dating, VisitRequest
from scheduler.records.absence import NotFound
from scheduler.records.part_lookup import parts_of
from scheduler.records.parts import Part
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import everything, fault_of, how_many
from tests.cast import AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def bangkok():
    """The forty-seven of Bangkok."""
    return make.delegation("Bangkok metropolis", headcount=47)


@pytest.fixture
def tour():
    """TOPIS takes thirty."""
    return make.tour(make.site())


@pytest.fixture
def rounds(tour):
    return [make.tour_session(tour, seoul(14, hour)) for hour in (10, 11, 14)]


def wanted(who, where, headcount=47, **more):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **more)


def told(proposal):
    return [(piece.headcount, piece.running and piece.running.starts_at) for piece in proposal.pieces]


def booked(who, pieces, division="TOPIS-T", by=OFFICER):
    asked = [
        (name, wanted(who, where, headcount, acknowledge=("all",), acknowledge_reason="split"))
        for name, headcount, where in pieces
    ]
    return split(division, asked, by=by, at=AT)


def parts(who):
    return [(part.division, part.name, part.headcount) for part in parts_of(who.id)]


def test_forty_seven_for_thirty_are_proposed_as_halves_in_neighbouring_rounds(bangkok, rounds):
    before = everything()
    proposal = propose_split(wanted(bangkok, rounds[0]), AT)
    assert told(proposal) == [(24, seoul(14, 10)), (23, seoul(14, 11))]
    assert (proposal.division, proposal.is_whole) == ("TOPIS-T", True)
    assert everything() == before


def test_more_pieces_are_proposed_if_asked_for(bangkok, rounds):
    proposal = propose_split(wanted(bangkok, rounds[0]), AT, pieces=3)
    assert told(proposal) == [(16, seoul(14, 10)), (16, seoul(14, 11)), (15, seoul(14, 14))]


def test_a_round_without_the_places_is_passed_over(bangkok, rounds):
    make.other_booking(rounds[1], 10)
    assert told(propose_split(wanted(bangkok, rounds[0]), AT)) == [(24, seoul(14, 10)), (23, seoul(14, 14))]


def test_where_no_session_is_left_the_proposal_says_so(bangkok, tour):
    only = make.tour_session(tour, seoul(14, 10))
    proposal = propose_split(wanted(bangkok, only), AT)
    assert (told(proposal), proposal.is_whole) == ([(24, seoul(14, 10)), (23, None)], False)


def test_a_division_that_fits_is_proposed_as_it_is(bangkok, rounds):
    divide(bangkok.id, "Buses", [("Bus 1", 27), ("Bus 2", 20)], by=OFFICER, at=AT)
    proposal = propose_split(wanted(bangkok, rounds[0]), AT)
    assert (proposal.division, [piece.name for piece in proposal.pieces]) == ("Buses", ["Bus 1", "Bus 2"])
    assert all(piece.part_id for piece in proposal.pieces)


def test_windows_are_split_over_hours_too(bangkok):
    tour = make.tour(make.site(people_at_once=30), dating=Dating.WINDOWS)
    request = VisitRequest(
        delegation_id=bangkok.id, tour_code=tour.code, starts_at=seoul(14, 10), headcount=47
    )
    starts = [piece.running.starts_at for piece in propose_split(request, AT).pieces]
    assert starts == [seoul(14, 10), seoul(14, 11)]


def test_groups_too_small_for_the_tour_cannot_be_made(bangkok):
    tour = make.tour(make.site(), smallest_group=25, largest_group=30)
    with pytest.raises(VisitRefused) as caught:
        propose_split(wanted(bangkok, make.tour_session(tour, seoul(14, 10))), AT)
    assert [refusal.code for refusal in caught.value.verdict.refusals] == ["group_too_small"]


@pytest.mark.parametrize("pieces", [-1, 0, 1, 21])
def test_less_than_two_pieces_are_at_fault(bangkok, rounds, pieces):
    asked = wanted(bangkok, rounds[0])
    assert fault_of(lambda: propose_split(asked, AT, pieces=pieces)) == ("pieces", "out_of_range")


def test_the_split_makes_the_parts_and_books_each(bangkok, rounds):
    visits = booked(bangkok, [("1", 24, rounds[0]), ("2", 23, rounds[1])])
    assert [(v.part.name, v.headcount, v.starts_at) for v in visits] == [
        ("1", 24, seoul(14, 10)),
        ("2", 23, seoul(14, 11)),
    ]
    assert parts(bangkok) == [("TOPIS-T", "1", 24), ("TOPIS-T", "2", 23)]


def test_both_parts_may_go_at_the_same_hour(bangkok, rounds):
    other = make.tour_session(make.tour(make.site("SEONAM")), seoul(14, 10))
    visits = booked(bangkok, [("1", 24, rounds[0]), ("2", 23, other)])
    assert {visit.starts_at for visit in visits} == {seoul(14, 10)}


def test_the_head_of_division_may_split_too(bangkok, rounds):
    assert len(booked(bangkok, [("1", 24, rounds[0]), ("2", 23, rounds[1])], by=HEAD)) == 2


def test_parts_that_are_there_keep_their_people_and_take_the_new_sizes(bangkok, rounds):
    delegate = add_delegate(bangkok.id, {"print_as": "Governor"}, by=OFFICER, at=AT)
    divide(bangkok.id, "Buses", [("Bus 1", 27, (delegate.id,)), ("Bus 2", 20)], by=OFFICER, at=AT)
    booked(bangkok, [("Bus 1", 25, rounds[0]), ("Bus 2", 22, rounds[1])], division="Buses")
    assert parts(bangkok) == [("Buses", "Bus 1", 25), ("Buses", "Bus 2", 22)]
    assert [each.id for each in parts_of(bangkok.id)[0].members] == [delegate.id]


def test_the_rest_of_a_division_stays_as_it_is(bangkok, rounds):
    divide(bangkok.id, "Buses", [("1", 20), ("2", 17), ("3", 10)], by=OFFICER, at=AT)
    booked(bangkok, [("1", 20, rounds[0]), ("2", 15, rounds[1])], division="Buses")
    assert parts(bangkok) == [("Buses", "1", 20), ("Buses", "2", 15), ("Buses", "3", 10)]


def test_refused_the_parts_are_not_made_either(bangkok, rounds):
    make.other_booking(rounds[1], 10)
    before = everything()
    with pytest.raises(BatchRefused) as caught:
        booked(bangkok, [("1", 24, rounds[0]), ("2", 23, rounds[1])])
    assert [[r.code for r in verdict.refusals] for verdict in caught.value.verdicts] == [
        [],
        ["no_places_left"],
    ]
    assert everything() == before
    assert (how_many(Part), how_many(Visit)) == (0, 0)


def test_shares_that_cannot_be_meant_are_at_fault(bangkok, rounds):
    one, two = ("1", 24, rounds[0]), ("2", 23, rounds[1])
    assert fault_of(lambda: booked(bangkok, [one])) == ("pieces", "out_of_range")
    assert fault_of(lambda: booked(bangkok, [one, ("1 ", 23, rounds[1])])) == ("pieces", "share_named_twice")
    assert fault_of(lambda: booked(bangkok, [one, ("2", 30, rounds[1])])) == ("parts", "do_not_add_up")
    assert fault_of(lambda: booked(bangkok, [one, ("", 23, rounds[1])])) == ("parts", "name_needed")
    assert fault_of(lambda: booked(bangkok, [one, two], division=" ")) == ("division", "name_needed")
    other = ("2", wanted(make.delegation(), rounds[1], 10))
    pieces = [("1", wanted(bangkok, rounds[0], 24)), other]
    assert fault_of(lambda: split("TOPIS-T", pieces, by=OFFICER, at=AT)) == ("pieces", "one_delegation")


def test_a_session_that_does_not_exist_is_not_found(bangkok, rounds):
    gone = VisitRequest(delegation_id=bangkok.id, tour_code="NOWHERE", starts_at=seoul(14, 10), headcount=23)
    with pytest.raises(NotFound):
        split("T", [("1", wanted(bangkok, rounds[0], 24)), ("2", gone)], by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        propose_split(gone, AT)
