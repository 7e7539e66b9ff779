"""How many are at once is the peak of any one instant, wherever a session runs and whoever it belongs to."""

from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand


def test_the_peak_counts_and_not_the_sum(hand: Hand):
    tour = make.tour(make.site(people_at_once=30), places=30)
    whole = make.tour_session(tour, seoul(14, 10), ends_at=seoul(14, 12))
    first = make.tour_session(tour, seoul(14, 10, 5), ends_at=seoul(14, 11))
    second = make.tour_session(tour, seoul(14, 11))
    for where in (first, second):
        hand.write(hand.other(where, 20))
    hand.write(hand.other(whole, 10))
    assert [hand.load_of(where) for where in (whole, first, second)] == [(10, 1), (20, 1), (20, 1)]
    assert hand.law_against(hand.other(whole, 1)) == "site_people_at_once"


def test_the_peak_is_seen_wherever_it_lies(hand: Hand):
    tour = make.tour(make.site(people_at_once=30), places=30)
    whole = make.tour_session(tour, seoul(14, 10), ends_at=seoul(14, 14))
    for hour in (11, 12):
        hand.write(hand.other(make.tour_session(tour, seoul(14, hour), ends_at=seoul(14, 13)), 10))
    assert hand.law_against(hand.other(whole, 11)) == "site_people_at_once"
    hand.write(hand.other(whole, 10))


def test_a_session_of_the_evening_before_still_counts_after_midnight(hand: Hand):
    tour = make.tour(make.site(people_at_once=30), places=30)
    night = make.tour_session(tour, seoul(14, 22), ends_at=seoul(15, 21))
    hand.write(hand.other(night, 20))
    evening = make.tour_session(tour, seoul(15, 20, 30))
    assert hand.law_against(hand.other(evening, 11)) == "site_people_at_once"
    hand.write(hand.other(evening, 10))


def test_the_stricter_of_site_and_tour_binds(hand: Hand):
    tour = make.tour(make.site(people_at_once=20), people_at_once=10, places=30)
    other_tour = make.tour(tour.site, "TOPIS-U", places=30)
    mine, theirs = (make.tour_session(of, seoul(14, 10)) for of in (tour, other_tour))
    assert hand.law_against(hand.other(mine, 11)) == "tour_people_at_once"
    hand.write(hand.other(theirs, 15))
    assert hand.law_against(hand.other(mine, 6)) == "site_people_at_once"
    hand.write(hand.other(mine, 5))


def test_a_session_given_to_a_fuller_tour_is_refused(hand: Hand):
    tour = make.tour(make.site(), people_at_once=30, places=30)
    other_tour = make.tour(tour.site, "TOPIS-U", places=30)
    hand.write(hand.other(make.tour_session(tour, seoul(14, 10)), 20))
    there = make.tour_session(other_tour, seoul(14, 10, 30))
    hand.write(hand.other(there, 11))
    given = f"UPDATE tour_session SET tour_id = {tour.id} WHERE id = {there.id}"
    assert hand.law_against(given) == "tour_people_at_once"


def test_a_session_brought_to_a_fuller_site_is_refused(hand: Hand):
    full, free = make.tour(make.site(people_at_once=30)), make.tour(make.site("DMC"))
    hand.write(hand.other(make.tour_session(full, seoul(14, 10)), 20))
    there = make.tour_session(free, seoul(14, 10, 30))
    hand.write(hand.other(there, 11))
    brought = f"UPDATE tour_session SET tour_id = {full.id}, site_id = {full.site_id} WHERE id = {there.id}"
    assert hand.law_against(brought) == "site_people_at_once"


def test_a_session_stays_at_the_site_of_its_tour(hand: Hand):
    tour, elsewhere = make.tour(make.site(people_at_once=30)), make.site("DMC")
    make.tour_session(tour, seoul(14, 10))
    law = "fk_tour_session_tour_id_site_id"
    assert hand.law_against(f"UPDATE tour_session SET site_id = {elsewhere.id}") == law
    assert hand.law_against(f"UPDATE tour SET site_id = {elsewhere.id}") == law


def test_a_session_lasts_a_day_at_most(hand: Hand):
    make.tour_session(make.tour(make.site()), seoul(14, 10))
    longer = f"UPDATE tour_session SET clear_at = {hand.instant(seoul(15, 10, 1))}"
    assert hand.law_against(longer) == "session_within_a_day"
    hand.write(f"UPDATE tour_session SET clear_at = {hand.instant(seoul(15, 10))}")
