"""Two delegations that should not meet: marked as a pair, told as a caution, never a refusal."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.kept_apart import MOST_PAIRS, keep_apart, let_meet
from scheduler.core.booking import decide
from scheduler.core.facts import VisitRequest
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.kept_apart_lookup import in_town_with, kept_apart_from
from scheduler.records.waiting import KeptApart
from tests import make
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def two(app):
    return make.delegation("Hanoi"), make.delegation("Jakarta")


def pairs_of(delegation):
    return [(pair.other.name, pair.reason) for pair in kept_apart_from(delegation.id)]


def test_a_pair_is_kept_apart_from_either_side_and_let_meet_again(two):
    hanoi, jakarta = two
    keep_apart(jakarta.id, hanoi.id, "Rival bids", by=OFFICER, at=AT)
    assert (pairs_of(hanoi), pairs_of(jakarta)) == ([("Jakarta", "Rival bids")], [("Hanoi", "Rival bids")])
    let_meet(jakarta.id, hanoi.id, by=OFFICER, at=AT)
    assert how_many(KeptApart) == 0


def test_asked_again_it_stays_one_pair_and_the_new_reason_stands(two):
    hanoi, jakarta = two
    keep_apart(hanoi.id, jakarta.id, "Rival bids", by=OFFICER, at=AT)
    keep_apart(jakarta.id, hanoi.id, "Rival bids", by=OFFICER, at=AT)
    assert len(journal("keep_apart")) == 2
    keep_apart(jakarta.id, hanoi.id, "", by=OFFICER, at=AT)
    assert pairs_of(hanoi) == [("Jakarta", "")]


def test_both_delegations_have_it_in_their_journal(two):
    hanoi, jakarta = two
    keep_apart(hanoi.id, jakarta.id, "Rival bids", by=OFFICER, at=AT)
    let_meet(hanoi.id, jakarta.id, by=OFFICER, at=AT)
    told = [(line.act, line.subject, line.subject_id, line.before, line.after) for line in journal()]
    of_jakarta = {"kept_apart_from": "Jakarta", "why_apart": "Rival bids"}
    of_hanoi = {"kept_apart_from": "Hanoi", "why_apart": "Rival bids"}
    nobody = {"kept_apart_from": None, "why_apart": None}
    assert told == [
        ("keep_apart", "delegation", hanoi.id, nobody, of_jakarta),
        ("keep_apart", "delegation", jakarta.id, nobody, of_hanoi),
        ("let_meet", "delegation", hanoi.id, of_jakarta, nobody),
        ("let_meet", "delegation", jakarta.id, of_hanoi, nobody),
    ]


@pytest.mark.parametrize(("hour", "told"), [(10, [("should_not_meet", "Hanoi")]), (11, [])])
def test_the_same_site_at_the_same_hour_asks_and_refuses_nothing(two, hour, told):
    hanoi, jakarta = two
    tour = make.tour(make.site("TOPIS"))
    one, other = make.tour_session(tour, seoul(14, 10)), make.tour_session(tour, seoul(14, hour, 30))
    make.visit(hanoi, one)
    keep_apart(hanoi.id, jakarta.id, by=OFFICER, at=AT)
    asked = VisitRequest(delegation_id=jakarta.id, tour_session_id=other.id, headcount=5)
    verdict = decide(asked, diary_for(asked, AT), AT)
    assert verdict.refusals == ()
    assert [(caution.code, caution.facts["delegation"]) for caution in verdict.cautions] == told


def test_a_delegation_cannot_be_kept_from_itself_nor_from_nobody(two):
    hanoi, _jakarta = two
    itself = fault_of(lambda: keep_apart(hanoi.id, hanoi.id, by=OFFICER, at=AT))
    assert itself == ("other_id", "same_delegation")
    for act in (keep_apart, let_meet):
        with pytest.raises(NotFound):
            act(hanoi.id, 999, by=OFFICER, at=AT)


def test_a_delegation_is_kept_from_so_many_others_at_most(two):
    hanoi, jakarta = two
    others = [make.delegation(f"Other {n}") for n in range(MOST_PAIRS)]
    db.session.add_all(KeptApart(delegation_id=hanoi.id, other_id=other.id) for other in others)
    db.session.commit()
    fault = fault_of(lambda: keep_apart(jakarta.id, hanoi.id, by=OFFICER, at=AT))
    assert fault == ("other_id", "too_many")


def test_who_is_in_town_with_them_is_whose_stay_overlaps(two):
    hanoi, _jakarta = two
    make.delegation("Before", arrives_at=seoul(5), departs_at=hanoi.arrives_at)
    make.delegation("After", arrives_at=hanoi.departs_at, departs_at=seoul(25))
    make.delegation("Cancelled", state="cancelled")
    assert [other.name for other in in_town_with(hanoi)] == ["Jakarta"]


@pytest.mark.parametrize("by", [HEAD, ADMINISTRATOR])
def test_only_officers_keep_delegations_apart(two, by):
    for act in (keep_apart, let_meet):
        with pytest.raises(NotPermitted):
            act(two[0].id, two[1].id, by=by, at=AT)
