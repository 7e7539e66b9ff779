"""Dividing a delegation into parts: one division in one act."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.delegations import change_delegation, delegation_by_id
from scheduler.actions.engagements import cancel_engagement, plan_engagement
from scheduler.actions.invalid import Invalid
from scheduler.actions.members import add_delegate
from scheduler.actions.parts import PartAsked, divide
from scheduler.actions.versions import StaleVersion
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.parts import Part
from tests import make
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")
DIVISION = "Museum or plant"


def divided(delegation, *parts, division=DIVISION, seen=None):
    return divide(delegation.id, division, parts, seen=seen, by=OFFICER, at=AT)


def fault(delegation, *parts):
    return fault_of(lambda: divided(delegation, *parts))


def shape(parts):
    return [(part.name, part.headcount) for part in parts]


def met(delegation, part, headcount=None):
    request = EngagementRequest(
        delegation_id=delegation.id,
        kind=EngagementKind.MEETING,
        starts_at=seoul(14, 9),
        ends_at=seoul(14, 10),
        part_id=part.id,
        headcount=headcount,
    )
    return plan_engagement(request, by=OFFICER, at=AT)


def test_a_delegation_is_divided_and_the_division_journalled():
    delegation = make.delegation()
    parts = divided(delegation, ("Museum", 7, ()), ("Plant", 5, ()), seen=1)
    assert shape(parts) == [("Museum", 7), ("Plant", 5)]
    assert delegation_by_id(delegation.id).version == 2
    (line,) = journal("divide")
    assert line.after["division"] == DIVISION
    assert [part["headcount"] for part in line.after["parts"]] == [7, 5]


def test_parts_that_do_not_add_up_are_refused_with_both_numbers():
    delegation = make.delegation()
    with pytest.raises(Invalid) as caught:
        divided(delegation, ("Museum", 7, ()), ("Plant", 6, ()))
    assert (caught.value.code, caught.value.facts) == ("do_not_add_up", {"total": 13, "headcount": 12})
    assert how_many(Part) == 0


def test_parts_may_leave_somebody_out_and_other_divisions_are_others_matter():
    delegation = make.delegation()
    divided(delegation, ("Museum", 7, ()))
    divided(delegation, ("Walkers", 6, ()), ("Riders", 6, ()), division="Day two")
    assert how_many(Part) == 3


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("Museum", 3, ()), (" Museum ", 3, ())], "part_named_twice"),
        ([(" ", 3, ())], "name_needed"),
        ([("Museum", 0, ())], "part_out_of_range"),
        ([("Museum", -1, ())], "part_out_of_range"),
        ([(f"Part {n}", 1, ()) for n in range(51)], "too_many"),
        ([("Museum", 3, [99])], "delegate_unknown"),
        ([PartAsked("Museum", 3, (), 99)], "unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused(parts, code):
    assert fault(make.delegation(headcount=60), *parts) == ("parts", code)


def test_a_division_needs_a_name():
    delegation = make.delegation()
    assert fault_of(lambda: divided(delegation, division=" ")) == ("division", "name_needed")


def test_a_delegate_is_of_this_delegation_and_in_one_part_at_most():
    delegation = make.delegation()
    governor = add_delegate(delegation.id, {"print_as": "Governor"}, by=OFFICER, at=AT).id
    stranger = add_delegate(make.delegation("Other").id, {"print_as": "Stranger"}, by=OFFICER, at=AT).id
    museum, plant = divided(delegation, ("Museum", 1, [governor]), ("Plant", 5, ()))
    assert [[each.id for each in part.members] for part in (museum, plant)] == [[governor], []]
    both = ("Museum", 3, [governor]), ("Plant", 3, [governor])
    assert fault(delegation, *both) == ("parts", "delegate_in_two_parts")
    assert fault(delegation, ("Museum", 3, [stranger])) == ("parts", "delegate_unknown")
    other = add_delegate(delegation.id, {"print_as": "Secretary"}, by=OFFICER, at=AT).id
    assert fault(delegation, ("Museum", 1, [governor, other])) == ("parts", "more_named_than_counted")


def test_parts_grow_and_shrink_and_change_names_in_one_act():
    delegation = make.delegation()
    museum, plant = divided(delegation, ("Museum", 7, ()), ("Plant", 5, ()))
    again = divided(
        delegation,
        PartAsked("Plant", 2, (), museum.id),
        PartAsked("Museum", 9, (), plant.id),
        ("Rest", 1, ()),
    )
    assert {part.id: (part.name, part.headcount) for part in again[:2]} == {
        museum.id: ("Plant", 2),
        plant.id: ("Museum", 9),
    }
    assert shape(again[2:]) == [("Rest", 1)]


def test_the_same_division_twice_changes_nothing_and_none_ends_it():
    delegation = make.delegation()
    divided(delegation, ("Museum", 7, ()))
    divided(delegation, ("Museum", 7, ()))
    assert (delegation_by_id(delegation.id).version, len(journal("divide"))) == (2, 1)
    assert divided(delegation) == []
    assert how_many(Part) == 0


def test_a_part_with_stops_cannot_go_or_shrink_below_them():
    delegation = make.delegation()
    museum, _plant = divided(delegation, ("Museum", 7, ()), ("Plant", 5, ()))
    engagement = met(delegation, museum, headcount=6)
    assert fault(delegation, ("Plant", 5, ())) == ("parts", "part_has_stops")
    assert fault(delegation, ("Museum", 5, ()), ("Plant", 5, ())) == ("parts", "part_below_its_stops")
    assert shape(divided(delegation, ("Museum", 6, ()))) == [("Museum", 6)]
    cancel_engagement(engagement.id, by=OFFICER, at=AT)
    assert shape(divided(delegation, ("Museum", 2, ()))) == [("Museum", 2)]
    assert fault(delegation) == ("parts", "part_has_stops")


def test_a_visit_of_a_part_holds_it_too():
    delegation = make.delegation()
    (museum,) = divided(delegation, ("Museum", 7, ()))
    session = make.tour_session(make.tour(make.site()), seoul(14, 11))
    make.visit(delegation, session, 7, part_id=museum.id)
    assert fault(delegation, ("Museum", 6, ())) == ("parts", "part_below_its_stops")


def test_a_delegation_shrinks_no_further_than_its_parts_and_engagements():
    delegation = make.delegation()
    (museum,) = divided(delegation, ("Museum", 7, ()))

    def to(headcount):
        return lambda: change_delegation(delegation.id, {"headcount": headcount}, by=OFFICER, at=AT)

    assert fault_of(to(6)) == ("headcount", "below_its_parts")
    met(delegation, museum)
    divided(delegation, PartAsked("Museum", 7), division="Museum or plant")
    assert to(7)().headcount == 7


def test_only_officers_divide_and_nobody_past_what_they_read():
    delegation = make.delegation()
    with pytest.raises(NotPermitted):
        divide(delegation.id, DIVISION, [], by=HEAD, at=AT)
    divided(delegation, ("Museum", 7, ()), seen=1)
    with pytest.raises(StaleVersion):
        divided(delegation, ("Museum", 8, ()), seen=1)
