"""A disturbance is mended for all at once, with the fewest changes that guests can see."""

from dataclasses import replace

from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.duties import ResourceKind
from scheduler.core.spans import Span
from scheduler.planner.answers import ReasonCode, RemedyCode
from scheduler.planner.repairs.answers import Fate
from tests.cast import seoul
from tests.planner.repair_city import SmallCity, away, flood


def rounds(*days, hours=(10, 14)):
    return [seoul(day, hour) for day in days for hour in hours]


def fates(answer):
    return {each.visit_id: each.fate for each in answer.visits}


def new_starts(answer):
    return {each.visit_id: each.after.starts_at for each in answer.visits if each.after is not None}


def counts(answer):
    return answer.touched, answer.kept, answer.moved, answer.bound, answer.is_proven


def test_a_flood_day_moves_everybody_it_touches_and_nobody_else():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15))
    for hour in (10, 10, 14):
        city.visit(city.delegation(), tour, seoul(14, hour))
    untouched = city.visit(city.delegation(), tour, seoul(15, 10))
    answer = city.repaired(flood("TOPIS", 14))
    assert counts(answer) == (3, 3, 3, 3, True)
    assert untouched not in fates(answer)
    assert {start.day for start in new_starts(answer).values()} == {15}
    assert [each.because[0].code for each in answer.visits] == ["closed"] * 3


def test_all_compete_for_the_same_places_and_the_dearer_wish_goes_first():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15, hours=(10,)), places=15)
    city.visit(city.delegation(), tour, seoul(14, 10), priority=2)
    dear = city.visit(city.delegation(), tour, seoul(14, 10), headcount=5, priority=5)
    city.visit(city.delegation(), tour, seoul(15, 10), headcount=6)
    answer = city.repaired(flood("TOPIS", 14))
    assert fates(answer) == {1: Fate.WITHOUT_PLACE, dear: Fate.MOVES}
    lost = answer.visits[0]
    told = {reason.on.day: [refusal.code.value for refusal in reason.refusals] for reason in lost.reasons}
    assert told[14] == ["closed"]
    assert told[15] == ["no_places_left"]
    assert {r.on.day for r in lost.reasons if r.code is ReasonCode.NO_SESSION} == {
        *range(10, 14),
        *range(16, 21),
    }


def test_people_and_groups_at_once_are_kept_by_all_that_move():
    city = SmallCity()
    tour = city.tour("TOPIS", [seoul(14, 10), seoul(15, 10), seoul(15, 10, 30)], places=40, groups=1)
    for _ in range(2):
        city.visit(city.delegation(), tour, seoul(14, 10))
    assert counts(city.repaired(flood("TOPIS", 14)))[:3] == (2, 1, 1)


def test_the_same_day_comes_before_another_and_the_nearest_hour_before_a_later_one():
    city = SmallCity()
    tour = city.tour("TOPIS", [seoul(14, 10), seoul(14, 16), seoul(13, 10), seoul(14, 15)])
    city.visit(city.delegation(), tour, seoul(14, 10))
    morning = replace(flood("TOPIS", 14), span=Span(seoul(14, 9), seoul(14, 12)))
    assert new_starts(city.repaired(morning)) == {1: seoul(14, 15)}


def test_a_visit_whose_guide_is_ill_gets_another_and_stays():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15), needs_guide=True)
    ill, well = city.guide(tour), city.guide(tour)
    visit = city.visit(city.delegation(), tour, seoul(14, 10))
    city.send(ill, visit)
    answer = city.repaired(away(ill, 14))
    assert counts(answer) == (1, 1, 0, 0, True)
    [told] = answer.visits
    assert (told.fate, told.new_escort, told.let_go) == (Fate.STAYS, (well,), (ill,))
    assert [refusal.code for refusal in told.because] == ["assignee_off_duty"]


def test_one_guide_left_for_two_visits_at_once_moves_only_one_of_them():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14), needs_guide=True)
    ill, also_ill, well = (city.guide(tour) for _ in range(3))
    for guide in (ill, ill):
        visit = city.visit(city.delegation(), tour, seoul(14, 10))
        city.send(guide, visit)
    assert also_ill
    city.resources[also_ill] = replace(city.resources[also_ill], leave=(Span(seoul(14), seoul(15)),))
    answer = city.repaired(replace(away(ill, 14), span=Span(seoul(14), seoul(14, 12))))
    assert counts(answer) == (2, 2, 1, 1, True)
    assert sorted(start.hour for start in new_starts(answer).values()) == [10, 14]
    assert well in answer.visits[0].after.going + answer.visits[1].after.going


def test_a_visit_without_anybody_needed_stays_when_its_guide_is_ill_and_none_is_left():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14))
    ill = city.guide(tour)
    city.send(ill, city.visit(city.delegation(), tour, seoul(14, 10)))
    [told] = city.repaired(away(ill, 14)).visits
    assert (told.fate, told.let_go, told.after.going) == (Fate.STAYS, (ill,), ())


def test_a_flight_four_hours_late_moves_what_the_stay_no_longer_holds():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15))
    other = city.tour("SEONAM", [seoul(15, 16)])
    who = city.delegation()
    late, fine = city.visit(who, tour, seoul(14, 10)), city.visit(who, other, seoul(15, 16))
    stay = Span(seoul(14, 13), seoul(20))
    told = Disturbance(kind=DisturbanceKind.STAY, is_rehearsed=True, span=stay, delegation_id=who)
    answer = city.repaired(told)
    assert new_starts(answer) == {late: seoul(14, 14)}
    assert fine not in fates(answer)
    assert [refusal.code for refusal in answer.visits[0].because] == ["outside_stay"]


def test_who_grows_from_nine_to_twelve_stays_where_twelve_may_be_and_moves_where_not():
    city = SmallCity()
    small = city.tour("TOPIS", rounds(14, 15), places=20)
    who = city.delegation(headcount=9)
    tight, roomy = city.visit(who, small, seoul(14, 10), 9), city.visit(who, small, seoul(15, 14), 9)
    city.visit(city.delegation(), small, seoul(14, 10), 10)
    grown = Disturbance(
        kind=DisturbanceKind.HEADCOUNT, is_rehearsed=True, delegation_id=who, was=9, headcount=12
    )
    answer = city.repaired(grown)
    assert fates(answer) == {tight: Fate.MOVES, roomy: Fate.STAYS}
    assert [each.after.headcount for each in answer.visits] == [12, 12]
    assert [refusal.code for refusal in answer.visits[0].because] == ["no_places_left"]


def test_who_grows_with_a_guide_along_stays_where_there_is_room():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15), needs_guide=True)
    elsewhere = city.tour("SEONAM", rounds(14, 15))
    who = city.delegation(headcount=9)
    visit = city.visit(who, tour, seoul(14, 10), 9)
    going = city.guide(tour)
    city.send(going, visit)
    city.stand_ins[visit] = (elsewhere,)
    for size in (12, 5):
        told = Disturbance(
            kind=DisturbanceKind.HEADCOUNT, is_rehearsed=True, delegation_id=who, was=9, headcount=size
        )
        answer = city.repaired(told)
        assert counts(answer) == (1, 1, 0, 0, True)
        [found] = answer.visits
        assert (found.fate, found.after.headcount, found.after.going) == (Fate.STAYS, size, (going,))


def test_a_party_above_the_largest_group_is_told_that_splitting_would_do():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14), largest_group=10)
    who = city.delegation(headcount=9)
    city.visit(who, tour, seoul(14, 10), 9)
    grown = Disturbance(
        kind=DisturbanceKind.HEADCOUNT, is_rehearsed=True, delegation_id=who, was=9, headcount=12
    )
    [told] = city.repaired(grown).visits
    assert told.fate is Fate.WITHOUT_PLACE
    [remedy] = told.remedies
    assert (remedy.code, remedy.facts["sizes"]) == (RemedyCode.SPLIT_PARTY, [6, 6])


def test_another_stop_of_the_delegation_makes_room_only_where_that_keeps_one_more():
    city = SmallCity()
    tour = city.tour("TOPIS", [seoul(14, 10), seoul(15, 10)])
    other = city.tour("SEONAM", [seoul(15, 10), seoul(15, 14)])
    who = city.delegation()
    flooded, in_the_way = city.visit(who, tour, seoul(14, 10)), city.visit(who, other, seoul(15, 10))
    apart = city.delegation()
    city.visit(apart, tour, seoul(14, 10))
    untouched = city.visit(apart, other, seoul(15, 14))
    answer = city.repaired(flood("TOPIS", 14))
    assert new_starts(answer) == {flooded: seoul(15, 10), 3: seoul(15, 10), in_the_way: seoul(15, 14)}
    assert [each.is_touched for each in answer.visits] == [True, True, False]
    assert counts(answer) == (2, 2, 3, 3, True)
    assert untouched not in fates(answer)


def test_a_stand_in_is_a_proposal_of_its_own_and_counts_as_no_place():
    city = SmallCity()
    tour = city.tour("TOPIS", [seoul(14, 10)])
    city.visit(city.delegation(), tour, seoul(14, 10))
    city.stand_ins[1] = (city.tour("SEONAM", [seoul(15, 10)]),)
    answer = city.repaired(flood("TOPIS", 14))
    assert counts(answer)[:3] == (1, 0, 0)
    [told] = answer.visits
    assert (told.fate, told.after.tour_code) == (Fate.STANDS_IN, "SEONAM-T")
    assert [each.tour_code for each in told.alternatives] == ["SEONAM-T"]


def test_a_vehicle_away_is_replaced_by_one_with_seats_for_all():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14))
    who = city.delegation(needs=frozenset({"vehicle"}))
    bus, tiny, large = (
        city.guide(
            tour, kind=ResourceKind.VEHICLE, seats=seats, languages=frozenset(), site_codes=frozenset()
        )
        for seats in (20, 4, 30)
    )
    city.send(bus, city.visit(who, tour, seoul(14, 10)))
    [told] = city.repaired(away(bus, 14)).visits
    assert (told.fate, told.new_escort) == (Fate.STAYS, (large,))
    assert tiny not in told.after.going


def test_nothing_touched_is_answered_at_once():
    city = SmallCity()
    tour = city.tour("TOPIS", rounds(14, 15))
    city.visit(city.delegation(), tour, seoul(15, 10))
    assert city.repaired(flood("TOPIS", 14)).visits == ()
