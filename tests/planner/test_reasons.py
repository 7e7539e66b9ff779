"""What a proposal leaves out: why, day by day, and what would let it in."""

from dataclasses import replace
from datetime import date, time

from scheduler.core.facts import Dating
from scheduler.core.stops import EngagementKind
from scheduler.core.verdicts import RefusalCode
from scheduler.core.wishes import StayFrame
from scheduler.planner.answers import ReasonCode, RemedyCode
from scheduler.planner.asked import Ban, Pin
from scheduler.planner.search import plan
from tests.cast import seoul
from tests.planner.stays import asked, engagement, option, wish

MONDAY, TUESDAY, WEDNESDAY = date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 16)


def unmet_of(question):
    """What the best proposal leaves out, by wish."""
    best = plan(question).proposals[0]
    return {unmet.wish_id: unmet for unmet in best.unmet}


def remedies_by_code(unmet):
    return {remedy.code: remedy for remedy in unmet.remedies}


def test_each_day_has_its_own_reason():
    museum = option("MUSEUM", {seoul(15, 10): 6, seoul(15, 14): 2, seoul(16, 10): 30}, closed_on=[0])
    call = engagement(7, seoul(16, 9, 45))
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [museum], stops=[call]))[1]
    closed, full, clash = unmet.reasons
    assert (closed.on, closed.code) == (MONDAY, ReasonCode.REFUSED)
    assert [refusal.code for refusal in closed.refusals] == [RefusalCode.CLOSED]
    assert (full.on, full.starts) == (TUESDAY, (seoul(15, 10), seoul(15, 14)))
    assert full.refusals[0].code is RefusalCode.NO_PLACES_LEFT
    assert (full.refusals[0].facts["places_left"], full.refusals[0].facts["places"]) == (6, 30)
    assert (clash.on, clash.code) == (WEDNESDAY, ReasonCode.CLASHES)
    assert clash.refusals[0].facts["engagement_id"] == 7


def test_an_engagement_that_could_move_is_named_with_its_new_hour():
    call = engagement(7, seoul(16, 9, 45))
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [option("MUSEUM", [seoul(16, 10)])], stops=[call]))[1]
    remedy = remedies_by_code(unmet)[RemedyCode.MOVE_ENGAGEMENT]
    assert remedy.starts_at == seoul(16, 10)
    assert remedy.facts["kind"] == EngagementKind.COURTESY_CALL
    # The nearest quarter of an hour that leaves half an hour for the way: eleven and a half.
    assert remedy.facts["moved_to"] == seoul(16, 11, 30)


def test_a_party_that_could_be_split_is_told_so():
    rounds = {seoul(15, 10): 6, seoul(15, 12): 6, seoul(16, 10): 30}
    call = engagement(7, seoul(16, 9, 45), kind="transfer")
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [option("MUSEUM", rounds)], stops=[call]))[1]
    remedy = remedies_by_code(unmet)[RemedyCode.SPLIT_PARTY]
    assert (remedy.starts_at, remedy.facts["shares"]) == (seoul(15, 10), [6, 6])


def test_a_party_too_large_for_what_is_left_hears_how_many_could_go():
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [option("MUSEUM", {seoul(15, 10): 5})]))[1]
    assert remedies_by_code(unmet)[RemedyCode.SMALLER_PARTY].facts["headcount"] == 5


def test_a_full_day_could_take_one_more_or_another_instead():
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(14, 14)])]
    wishes = [wish(1, "MUSEUM", priority=5), wish(2, "TOPIS", priority=2)]
    unmet = unmet_of(asked(wishes, tours, frame=StayFrame(most_a_day=1)))[2]
    assert [(r.on, r.code) for r in unmet.reasons if r.code is ReasonCode.DAY_FULL] == [
        (MONDAY, ReasonCode.DAY_FULL)
    ]
    helps = remedies_by_code(unmet)
    assert helps[RemedyCode.MORE_A_DAY].facts == {"most": 2}
    assert helps[RemedyCode.LEAVE_OUT].facts == {"wish_id": 1}


def test_a_longer_day_is_offered_where_a_session_lies_beyond_it():
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [option("MUSEUM", [seoul(14, 18)])]))[1]
    assert (MONDAY, ReasonCode.OUTSIDE_DAY) in [(r.on, r.code) for r in unmet.reasons]
    assert remedies_by_code(unmet)[RemedyCode.LONGER_DAY].facts == {"day_ends": time(19)}


def test_bans_and_pins_are_named_where_lifting_them_helps():
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(14, 10), seoul(15, 10)])]
    question = asked(
        [wish(1, "MUSEUM"), wish(2, "TOPIS")],
        tours,
        pins=[Pin(wish_id=2, tour_code="TOPIS-T", starts_at=seoul(14, 10))],
    )
    assert remedies_by_code(unmet_of(question)[1])[RemedyCode.UNPIN].facts == {"wish_id": 2}
    banned = asked([wish(1, "MUSEUM")], tours, bans=[Ban(tour_code="MUSEUM-T")])
    unmet = unmet_of(banned)[1]
    assert [r.code for r in unmet.reasons if r.on == MONDAY] == [ReasonCode.BANNED]
    assert RemedyCode.LIFT_BAN in remedies_by_code(unmet)


def test_every_remedy_works_when_the_question_is_asked_again_with_it():
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(14, 14)])]
    wishes = [wish(1, "MUSEUM", priority=5), wish(2, "TOPIS", priority=2)]
    again = plan(asked(wishes, tours, frame=StayFrame(most_a_day=2))).proposals[0]
    assert {stop.wish_id for stop in again.stops} == {1, 2}


def test_how_many_could_go_counts_shares_too():
    rounds = {seoul(15, 10): 10, seoul(15, 14): 10}
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [option("MUSEUM", rounds)], headcount=25))[1]
    assert remedies_by_code(unmet)[RemedyCode.SMALLER_PARTY].facts["headcount"] == 20


def test_a_wish_that_waits_for_one_without_a_place_has_no_remedy_of_its_own():
    tours = [option("MUSEUM", []), option("TOPIS", [seoul(15, 10)])]
    unmet = unmet_of(asked([wish(1, "MUSEUM"), wish(2, "TOPIS", after=1)], tours))[2]
    assert ReasonCode.OUT_OF_ORDER in {reason.code for reason in unmet.reasons}
    assert unmet.remedies == ()


def test_a_tour_that_another_wish_brought_is_seen_already():
    topis = option("TOPIS", [seoul(14, 10), seoul(15, 10)])
    (unmet,) = unmet_of(asked([wish(1, "TOPIS"), wish(2, "TOPIS")], [topis])).values()
    assert ReasonCode.SEEN_ALREADY in {reason.code for reason in unmet.reasons}
    assert unmet.remedies == ()


def test_a_site_open_only_before_they_come_is_said_to_be_outside_their_stay():
    museum = option("MUSEUM", [])
    early = tuple(replace(each, opens=time(6), closes=time(8)) for each in museum.site.hours)
    site, tour = replace(museum.site, hours=early), replace(museum.tour, dating=Dating.WINDOWS)
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [replace(museum, site=site, tour=tour)]))[1]
    monday = unmet.reasons[0]
    assert (monday.on, monday.code) == (MONDAY, ReasonCode.REFUSED)
    assert [refusal.code for refusal in monday.refusals] == [RefusalCode.OUTSIDE_STAY]


def test_a_wish_pinned_to_a_full_session_could_be_unpinned():
    museum = option("MUSEUM", {seoul(14, 10): 2, seoul(15, 10): 30})
    pin = Pin(wish_id=1, tour_code="MUSEUM-T", starts_at=seoul(14, 10))
    unmet = unmet_of(asked([wish(1, "MUSEUM")], [museum], pins=[pin]))[1]
    remedy = remedies_by_code(unmet)[RemedyCode.UNPIN]
    assert (remedy.starts_at, remedy.facts) == (seoul(15, 10), {"wish_id": 1})
