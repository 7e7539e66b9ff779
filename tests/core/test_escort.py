"""Who must go along with a visit: met, could be met, cannot be met; on both sides of each boundary."""

from dataclasses import replace

import pytest

from scheduler.core.booking import decide
from scheduler.core.duties import DutyState, Staff
from scheduler.core.spans import Span
from scheduler.core.verdicts import Verdict
from tests.cast import seoul
from tests.core.given import ASKED_AT, cautioned, codes, delegation, diary, request, site, tour
from tests.core.test_staffing import duty, guide, resource, vehicle

TEN, ELEVEN = seoul(14, 10), seoul(14, 11)
TAKEN = (duty(TEN, ELEVEN),)


def asked(*resources, assign=(), assigned=None, driven=(), headcount=10, **facts) -> Verdict:
    """What is said to Arabic speakers at TOPIS, Monday 14 December at ten, with this staff."""
    staff = Staff(resources={r.id: r for r in resources}, assigned=assigned or {}, driven=driven)
    guests = {"languages": frozenset({"ar"}), "headcount": 60, "staff": staff} | facts.pop("guests", {})
    made = diary(delegation=delegation(**guests), **facts)
    return decide(request(headcount, assign=assign), made, ASKED_AT)


def test_without_any_interpreter_of_the_pair_there_is_no_common_language():
    assert codes(asked()) == {"no_common_language"}
    assert codes(asked(resource(languages=frozenset({"th-ko"})))) == {"no_common_language"}


def test_guests_with_an_interpreter_of_their_own_need_none():
    assert asked(guests={"has_interpreter": True}) == Verdict()


def test_guests_who_share_a_language_need_no_interpreter():
    assert asked(guests={"languages": frozenset({"ar", "en"})}) == Verdict()


def test_a_free_interpreter_not_yet_assigned_is_a_caution():
    verdict = asked(resource())
    assert (codes(verdict), cautioned(verdict)) == (set(), {"interpreter_not_assigned"})
    assert verdict.cautions[0].facts == {"wanted": ["ar"], "free": 1, "names": ["Interpreter 1"]}


def test_where_none_is_free_each_reason_is_told():
    verdict = asked(
        resource(duties=TAKEN),
        resource(id=2, name="Second", leave=(Span(TEN, ELEVEN),)),
        resource(id=3, name="Thai", languages=frozenset({"th-ko"})),
    )
    assert codes(verdict) == {"no_interpreter_free"}
    assert verdict.refusals[0].facts["reasons"] == [
        {"name": "Interpreter 1", "because": "assignee_taken"},
        {"name": "Second", "because": "assignee_off_duty"},
    ]


def test_one_named_with_the_request_meets_the_need():
    assert asked(resource(), assign=(1,)) == Verdict()


def test_one_named_who_cannot_is_refused_for_their_own_reason():
    assert codes(asked(resource(duties=TAKEN), resource(id=2), assign=(1,))) == {"assignee_taken"}
    assert codes(asked(resource(duties=TAKEN), assign=(1,))) == {"assignee_taken"}


@pytest.mark.parametrize(
    ("state", "said"), [(DutyState.ASKED, {"assignment_not_accepted"}), (DutyState.ACCEPTED, set())]
)
def test_one_assigned_before_meets_the_need_once_they_accept(state, said):
    verdict = asked(resource(), assigned={1: state})
    assert (codes(verdict), cautioned(verdict)) == (set(), said)


def test_one_assigned_who_cannot_come_at_this_hour_is_let_go_with_a_caution():
    verdict = asked(resource(duties=TAKEN), resource(id=2, name="Two"), assigned={1: DutyState.ACCEPTED})
    assert codes(verdict) == set()
    assert cautioned(verdict) == {"assignee_cannot_follow", "interpreter_not_assigned"}


def test_a_tour_that_needs_a_guide_has_one_free_of_its_own_site():
    guided, english = tour(needs_guide=True), {"languages": frozenset({"en"})}
    assert codes(asked(tour=guided, guests=english)) == {"no_guide_free"}
    assert codes(asked(guide("ja"), tour=guided, guests=english)) == {"no_guide_free"}
    assert codes(asked(guide("en", site_codes=frozenset()), tour=guided, guests=english)) == {"no_guide_free"}
    assert cautioned(asked(guide("en"), tour=guided, guests=english)) == {"guide_not_assigned"}
    assert asked(guide("en"), tour=guided, guests=english, assign=(1,)) == Verdict()


DRIVEN = {"languages": frozenset({"en"}), "needs": frozenset({"vehicle"})}


@pytest.mark.parametrize(
    ("headcount", "said"),
    [(45, (set(), {"vehicle_not_assigned"})), (46, ({"no_vehicle_free"}, set()))],
)
def test_guests_who_want_to_be_driven_find_seats_free(headcount, said):
    roomy = {"tour": tour(largest_group=60, places=60), "headcount": headcount}
    bus = replace(vehicle(45), id=1)
    big = diary().running
    verdict = asked(bus, guests=DRIVEN, running=replace(big, places=60), **roomy)
    assert (codes(verdict), cautioned(verdict)) == said


def test_two_vehicles_together_have_the_seats():
    assert cautioned(asked(vehicle(6), vehicle(4, id=2), guests=DRIVEN)) == {"vehicle_not_assigned"}
    assert asked(vehicle(6), vehicle(4, id=2), guests=DRIVEN, assign=(1, 2)) == Verdict()
    assert codes(asked(vehicle(6), vehicle(4, id=2), guests=DRIVEN, assign=(1,))) == {"vehicle_too_small"}


def test_a_vehicle_that_is_with_them_that_day_meets_the_need():
    all_day = Span(seoul(14, 8), seoul(14, 18))
    assert asked(vehicle(), guests=DRIVEN, driven=((all_day, 45),)) == Verdict()
    assert cautioned(asked(vehicle(), guests=DRIVEN, driven=((all_day, 9),))) == {"vehicle_not_assigned"}
    until_half_past = Span(seoul(14, 8), seoul(14, 10, 30))
    assert cautioned(asked(vehicle(), guests=DRIVEN, driven=((until_half_past, 45),))) == {
        "vehicle_not_assigned"
    }


def test_an_office_without_vehicles_says_nothing_of_them():
    assert asked(guests=DRIVEN) == Verdict()


def test_a_site_whose_people_speak_the_guests_language_is_served_without_anybody():
    assert asked(site=site(languages=frozenset({"ar"}))) == Verdict()
