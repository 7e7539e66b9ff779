"""Registering delegations, changing them, their members and their wishes."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.delegations import StillAwaited, change_delegation, register_delegation
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.members import add_delegate, add_wish, change_member, remove_member
from scheduler.actions.versions import StaleVersion
from scheduler.core.lifecycle import Act
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, DelegationKind, DelegationState, Wish
from scheduler.records.partners import Partner
from tests import make
from tests.actions.seen import how_many, journal
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]

HANOI = {
    "name": "Hanoi planning office",
    "kind": DelegationKind.INSPECTION,
    "headcount": 12,
    "languages": {"vi"},
    "arrives_at": seoul(10),
    "departs_at": seoul(20),
    "contact_name": "Protocol assistant",
    "contact_email": "protocol@guests.example",
}


def registered(**told):
    return register_delegation(HANOI | told, by=OFFICER, at=AT)


def changed(delegation, *, seen=None, by=OFFICER, **told):
    return change_delegation(delegation.id, told, seen=seen, by=by, at=AT)


def test_a_delegation_is_registered_and_journalled_without_how_to_reach_a_person():
    delegation = registered()
    assert (delegation.state, delegation.version, delegation.registered_at) == (
        DelegationState.REGISTERED,
        1,
        AT,
    )
    (line,) = journal("register")
    assert (line.subject_id, line.after["headcount"]) == (delegation.id, 12)
    assert not [value for value in line.after.values() if "guests.example" in str(value)]
    assert not {"contact_name", "contact_email"} & line.after.keys()


def test_a_partner_lends_its_country():
    partner = Partner(name="Hanoi", country="VN")
    db.session.add(partner)
    db.session.commit()
    assert registered(partner_id=partner.id).country == "VN"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"departs_at": seoul(10)}, "departs_at"),
        ({"departs_at": seoul(9)}, "departs_at"),
        ({"headcount": 0}, "headcount"),
        ({"headcount": 5001}, "headcount"),
        ({"partner_id": 999}, "partner_id"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(told, field):
    with pytest.raises(Invalid) as caught:
        registered(**told)
    assert caught.value.field == field


def test_a_change_is_journalled_before_and_after_and_minds_what_was_read():
    delegation = registered()
    changed(delegation, seen=1, headcount=20, contact_email="new@guests.example")
    (line,) = journal("change")
    assert (line.before, line.after) == ({"headcount": 12}, {"headcount": 20})
    with pytest.raises(StaleVersion) as caught:
        changed(delegation, seen=1, headcount=30)
    assert caught.value.current == 2


def test_a_change_is_weighed_with_what_stays_as_it_was():
    delegation = registered()
    with pytest.raises(Invalid, match="departs_at"):
        changed(delegation, arrives_at=seoul(20))


def test_fewer_people_must_still_fit_the_visits_asked_for():
    delegation = make.delegation(headcount=12)
    visit = make.visit(delegation, make.tour_session(make.tour(make.site()), seoul(14, 10)), 10)
    with pytest.raises(Invalid, match="below_its_visits"):
        changed(delegation, headcount=9)
    assert changed(delegation, headcount=10).headcount == 10
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    assert changed(delegation, headcount=1).headcount == 1


@pytest.mark.parametrize("state", [DelegationState.CLOSED, DelegationState.CANCELLED])
def test_a_delegation_that_sites_still_wait_for_is_not_over(state):
    delegation = make.delegation()
    visit = make.visit(delegation, make.tour_session(make.tour(make.site()), seoul(14, 10)))
    with pytest.raises(StillAwaited) as caught:
        changed(delegation, state=state)
    assert caught.value.visits == 1
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    assert changed(delegation, state=state).state is state


@pytest.mark.parametrize("by", [HEAD, manager_of(1)])
def test_only_officers_write_delegations(by):
    with pytest.raises(NotPermitted):
        register_delegation(HANOI, by=by, at=AT)
    with pytest.raises(NotPermitted):
        change_delegation(registered().id, {"headcount": 5}, by=by, at=AT)


def test_a_member_is_named_changed_and_taken_off_and_the_journal_keeps_no_name():
    delegation = registered()
    told = {"print_as": "Deputy Director", "post": "Deputy Director", "email": "deputy@guests.example"}
    member = add_delegate(delegation.id, told, by=OFFICER, at=AT)
    change_member(Delegate, member.id, {"precedence": 1, "print_as": "Director"}, by=OFFICER, at=AT)
    assert (member.precedence, member.print_as) == (1, "Director")
    remove_member(Delegate, member.id, by=OFFICER, at=AT)
    assert how_many(Delegate) == 0
    lines = [line for line in journal() if line.subject == "delegate"]
    assert [line.act for line in lines] == ["add", "change", "remove"]
    assert lines[0].after == {"delegation_id": delegation.id, "post": "Deputy Director"}
    assert lines[1].after == {"delegation_id": delegation.id, "precedence": 1}


def test_a_wish_names_a_tour_or_a_topic_and_occupies_nothing():
    delegation, tour = registered(), make.tour(make.site())
    wish = add_wish(delegation.id, {"tour_id": tour.id, "priority": 5}, by=OFFICER, at=AT)
    change_member(Wish, wish.id, {"tour_id": None, "topic": "water"}, by=OFFICER, at=AT)
    assert (wish.tour_id, wish.topic) == (None, "water")
    with pytest.raises(Invalid, match="tour_or_topic_needed"):
        change_member(Wish, wish.id, {"topic": ""}, by=OFFICER, at=AT)
    with pytest.raises(Invalid, match="unknown"):
        add_wish(delegation.id, {"tour_id": 999}, by=OFFICER, at=AT)


def test_what_is_not_there_is_not_found():
    for act in (
        lambda: change_delegation(999, {"headcount": 5}, by=OFFICER, at=AT),
        lambda: add_delegate(999, {"print_as": "Director"}, by=OFFICER, at=AT),
        lambda: change_member(Wish, 999, {"priority": 1}, by=OFFICER, at=AT),
        lambda: remove_member(Delegate, 999, by=OFFICER, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_shorter_stay_flags_the_visits_it_leaves_outside_and_a_longer_one_frees_them():
    who = make.delegation()
    where = make.tour_session(make.tour(make.site()), seoul(18, 10))
    visit = make.visit(who, where)
    changed(who, departs_at=seoul(17))
    db.session.refresh(visit)
    assert (visit.state, visit.is_clashing, [reason["code"] for reason in visit.clash]) == (
        "confirmed",
        True,
        ["outside_stay"],
    )
    changed(who, departs_at=seoul(19))
    db.session.refresh(visit)
    assert (visit.is_clashing, visit.clash) == (False, None)
