"""Never more people or groups at once, at a site or in one of its tours, than it takes: the peak counts."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand

# What binds, and the law that then refuses.
BOUNDS = [
    pytest.param("site", {"people_at_once": 30}, "site_people_at_once", id="people at a site"),
    pytest.param("site", {"groups_at_once": 2}, "site_groups_at_once", id="groups at a site"),
    pytest.param("tour", {"people_at_once": 30}, "tour_people_at_once", id="people in a tour"),
    pytest.param("tour", {"groups_at_once": 2}, "tour_groups_at_once", id="groups in a tour"),
]
each_bound = pytest.mark.parametrize(("bound_by", "limits", "law"), BOUNDS)


@dataclass
class City:
    """A site with twenty minutes of turnaround, a tour, and sessions of an hour that overlap."""

    tour: Any
    at_ten: Any
    at_half_past: Any
    later: Any
    guests: Any

    def limit(self, bound_by: str) -> tuple[str, Any]:
        return bound_by, self.tour if bound_by == "tour" else self.tour.site


@pytest.fixture
def city(hand: Hand):
    """Two groups, twenty-five people, from 10:00; five more people would make thirty."""

    def build(bound_by: str, limits: dict[str, int]) -> City:
        site = make.site(turnaround_minutes=20, **(limits if bound_by == "site" else {}))
        tour = make.tour(site, places=100, largest_group=100, **(limits if bound_by == "tour" else {}))
        at_ten = make.tour_session(tour, seoul(14, 10))
        hand.write(hand.visit(make.delegation(headcount=50), at_ten, 15))
        hand.write(hand.other(at_ten, 10))
        return City(
            tour,
            at_ten,
            make.tour_session(tour, seoul(14, 10, 30)),
            make.tour_session(tour, seoul(14, 11, 20)),
            make.delegation("Bangkok officials", headcount=50),
        )

    return build


@each_bound
def test_one_too_many_in_an_overlapping_session_is_refused(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    assert hand.law_against(hand.visit(it.guests, it.at_half_past, 6)) == law
    assert hand.law_against(hand.other(it.at_half_past, 6)) == law


@each_bound
def test_exactly_as_many_as_may_be_are_accepted(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, {name: most + (name == "groups_at_once") for name, most in limits.items()})
    hand.write(hand.visit(it.guests, it.at_half_past, 5))
    assert hand.load_of(it.at_half_past) == (5, 1)


@each_bound
def test_who_starts_when_the_site_is_clear_again_is_accepted(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.later, 30))
    assert hand.load_of(it.later) == (30, 1)


@each_bound
def test_a_session_moved_into_the_turnaround_of_another_is_refused(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.later, 30))
    assert hand.law_against(f"UPDATE tour_session SET {_times(hand, 11, 19)} WHERE id = {it.later.id}") == law


@each_bound
def test_a_session_moved_to_where_it_fits_is_accepted(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.later, 30))
    hand.write(f"UPDATE tour_session SET {_times(hand, 11, 21)} WHERE id = {it.later.id}")
    assert hand.rows("SELECT starts_at FROM visit WHERE headcount = 30") == hand.rows(
        f"SELECT starts_at FROM tour_session WHERE id = {it.later.id}"
    )


@each_bound
def test_a_turnaround_lengthened_into_another_session_is_refused(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.later, 30))
    longer = f"UPDATE tour_session SET clear_at = {hand.instant(seoul(14, 11, 21))} WHERE id = {it.at_ten.id}"
    assert hand.law_against(longer) == law


@each_bound
def test_a_visit_pointed_at_an_overlapping_session_is_refused(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.later, 30))
    there = it.at_half_past
    moved = (
        f"UPDATE visit SET tour_session_id = {there.id}, starts_at = {hand.instant(there.starts_at)}, "
        f"ends_at = {hand.instant(there.ends_at)} WHERE headcount = 30"
    )
    assert hand.law_against(moved) == law


@each_bound
def test_a_visit_called_off_comes_back_only_where_it_fits(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    hand.write(hand.visit(it.guests, it.at_half_past, 6, "cancelled"))
    hand.write(hand.visit(it.guests, it.later, 6, "cancelled"))
    back = "UPDATE visit SET state = 'requested' WHERE tour_session_id ="
    assert hand.law_against(f"{back} {it.at_half_past.id}") == law
    hand.write(f"{back} {it.later.id}")


@each_bound
def test_two_bookings_of_one_statement_are_weighed_together(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    two = (
        "INSERT INTO other_booking (tour_session_id, name, headcount, booked_at) "
        f"SELECT id, 'School', 16, {hand.instant(seoul(1))} FROM tour_session WHERE id <> {it.at_ten.id}"
    )
    assert hand.law_against(two) == law


@each_bound
def test_a_limit_lowered_below_what_is_booked_needs_a_line_in_the_journal(
    hand: Hand, city, bound_by, limits, law
):
    it = city(bound_by, limits)
    table, row = it.limit(bound_by)
    [(name, _)] = limits.items()
    booked = {"people_at_once": 25, "groups_at_once": 2}[name]
    lowered = f"UPDATE {table} SET {name} = {booked - 1}"
    somebody_elses = hand.journal_line(table, row.id + 1)
    assert hand.law_against(lowered) == f"{table}_limits"
    assert hand.law_against(f"{lowered}, limits_journal_id = {somebody_elses}") == f"{table}_limits"
    hand.write(f"UPDATE {table} SET {name} = {booked}")
    hand.write(f"{lowered}, limits_journal_id = {hand.journal_line(table, row.id)}")


@each_bound
def test_a_first_limit_below_what_is_booked_needs_a_line_too(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, {})
    table, _ = it.limit(bound_by)
    [(name, _)] = limits.items()
    assert hand.law_against(f"UPDATE {table} SET {name} = 1") == f"{table}_limits"


@each_bound
def test_until_the_load_is_back_under_the_limit_nothing_can_be_added(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    table, row = it.limit(bound_by)
    hand.write(
        f"UPDATE {table} SET people_at_once = 12, groups_at_once = 1, "
        f"limits_journal_id = {hand.journal_line(table, row.id)}"
    )
    person_more = hand.visit(it.guests, it.at_half_past, 1)
    assert hand.law_against(person_more) == f"{table}_people_at_once"
    assert hand.law_against("UPDATE visit SET headcount = 16") == f"{table}_people_at_once"
    hand.write("UPDATE visit SET headcount = 12")
    assert hand.law_against(person_more) == f"{table}_people_at_once"
    hand.write("DELETE FROM other_booking")
    assert hand.law_against(person_more) == f"{table}_people_at_once"
    hand.write("UPDATE visit SET headcount = 11")
    assert hand.law_against(person_more) == f"{table}_groups_at_once"
    hand.write("UPDATE visit SET state = 'no_show'")
    hand.write(person_more)


@each_bound
def test_who_touches_only_free_hours_may_still_come(hand: Hand, city, bound_by, limits, law):
    it = city(bound_by, limits)
    table, row = it.limit(bound_by)
    line = hand.journal_line(table, row.id)
    hand.write(f"UPDATE {table} SET people_at_once = 5, groups_at_once = 1, limits_journal_id = {line}")
    hand.write(hand.visit(it.guests, it.later, 5))
    assert hand.load_of(it.later) == (5, 1)


def test_a_headcount_raised_over_the_limit_is_refused(hand: Hand, city):
    city("site", {"people_at_once": 30})
    assert hand.law_against("UPDATE visit SET headcount = 21") == "site_people_at_once"
    hand.write("UPDATE visit SET headcount = 20")


def _times(hand: Hand, hour: int, minute: int) -> str:
    """An hour's session from then on, and its turnaround."""
    starts_at, ends_at, clear_at = seoul(14, hour, minute), seoul(14, hour + 1, minute), seoul(14, 13, minute)
    told = {"starts_at": starts_at, "ends_at": ends_at, "clear_at": clear_at}
    return ", ".join(f"{name} = {hand.instant(at)}" for name, at in told.items())
