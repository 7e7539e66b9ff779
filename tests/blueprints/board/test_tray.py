"""The tray: wishes and holds that are not yet placed."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from scheduler.records.delegations import DelegationState
from tests import make
from tests.cast import AT, OFFICER, seoul


def tray(officer, **filters):
    return officer.get("data", **filters)["tray"]


def test_a_wish_is_told_with_what_how_many_and_how_urgent(officer, who, round_tour, wish_for):
    wish = wish_for(who, round_tour, priority=4, headcount=9, note="In the morning")
    assert tray(officer) == [
        {
            "id": f"wish:{wish.id}",
            "title": "Hanoi planning office",
            "what": "A round",
            "site": "MUSEUM",
            "tour_code": "ROUND",
            "headcount": 9,
            "priority": 4,
            "version": None,
            "state": "wish",
            "state_text": "Wish",
            "notes": ["In the morning"],
            "movable": True,
            "href": f"/delegations/{who.id}",
            "delegation_id": who.id,
        }
    ]


def test_the_most_urgent_wish_comes_first_and_a_topic_has_no_tour(officer, who, round_tour, wish_for):
    wish_for(who, round_tour, priority=2)
    wish_for(who, topic="water", priority=5)
    told = [(each["what"], each["tour_code"], each["site"], each["headcount"]) for each in tray(officer)]
    assert told == [("Water", None, None, 12), ("A round", "ROUND", "MUSEUM", 12)]


def test_a_wish_is_served_by_a_visit_of_its_tour_or_topic(officer, who, round_tour, monday_at_ten, wish_for):
    wish_for(who, round_tour)
    wish_for(who, topic="transport")
    unserved = wish_for(who, topic="water")
    visit = make.visit(who, monday_at_ten)
    assert [each["id"] for each in tray(officer)] == [f"wish:{unserved.id}"]
    act_upon(visit.id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)
    assert len(tray(officer)) == 3


def test_a_topic_is_served_by_no_topic_that_only_sounds_like_it(officer, who, museum, wish_for):
    wish_for(who, topic="water")
    there = make.tour(museum, "OTHER", topics={"waterways", "rain_water"})
    make.visit(who, make.tour_session(there, seoul(14, 10)))
    assert [each["what"] for each in tray(officer)] == ["Water"]


@pytest.mark.parametrize(
    "facts",
    [
        {"arrives_at": seoul(1), "departs_at": seoul(9)},
        {"state": DelegationState.CANCELLED},
        {"state": DelegationState.CLOSED},
    ],
)
def test_wishes_of_those_who_are_not_in_town_or_not_coming_are_not_shown(
    officer, round_tour, wish_for, facts
):
    wish_for(make.delegation("Not there", **facts), round_tour)
    assert tray(officer) == []


def test_holds_and_visits_put_off_wait_in_the_tray(officer, who, monday_at_ten, tuesday_at_two, wish_for):
    wish_for(who, monday_at_ten.tour)
    hold = make.visit(who, monday_at_ten, hold_until=AT + timedelta(days=1))
    put_off = make.visit(make.delegation("Lima"), tuesday_at_two)
    act_upon(put_off.id, Act.POSTPONE, Told(reason="storm"), by=OFFICER, at=AT)
    told = [
        (each["id"], each["state"], each["version"], each["movable"], each["notes"]) for each in tray(officer)
    ]
    assert told == [
        (f"visit:{hold.id}", "held", 1, True, ["Held until Mon 23 Nov 2026 12:00"]),
        (f"visit:{put_off.id}", "postponed", 2, True, []),
    ]


def test_filters_reach_the_tray(officer, who, round_tour, window_tour, wish_for):
    mine = wish_for(who, round_tour)
    theirs = wish_for(make.delegation("Lima"), window_tour)
    assert [each["id"] for each in tray(officer, delegation=who.id)] == [f"wish:{mine.id}"]
    assert [each["id"] for each in tray(officer, site="TOPIS")] == [f"wish:{theirs.id}"]
