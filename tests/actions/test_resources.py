"""The register: guides, interpreters, vehicles, liaison officers; what fits each kind; who can be removed."""

from datetime import date

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.invalid import Invalid
from scheduler.actions.resources import (
    WasAssigned,
    add_leave,
    add_resource,
    change_resource,
    remove_leave,
    remove_resource,
    set_hours,
)
from scheduler.actions.versions import StaleVersion
from scheduler.core.duties import DutyState, ResourceKind
from scheduler.records.absence import NotFound
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave
from tests import make, staff
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, manager_of, seoul
from tests.engines import on_sqlite
from tests.staff import days, hours

pytestmark = pytest.mark.usefixtures("app")
GUIDE, INTERPRETER = ResourceKind.GUIDE, ResourceKind.INTERPRETER
VEHICLE, LIAISON = ResourceKind.VEHICLE, ResourceKind.LIAISON_OFFICER


# Entered and changed ----------------------------------------------------------------------------------------


def test_a_guide_is_entered_with_languages_and_sites():
    make.site("TOPIS")
    staff.place("HOTEL")
    made = add_resource(
        GUIDE,
        {
            "name": "Guide for Arabic 1",
            "languages": frozenset({"ar", "ko"}),
            "sites": frozenset({"TOPIS"}),
            "base": "HOTEL",
            "most_a_day": 3,
        },
        by=OFFICER,
        at=AT,
    )
    kept = whole_resource(made.id)
    assert (kept.kind, kept.languages, kept.most_a_day) == (GUIDE, {"ar", "ko"}, 3)
    assert ([site.code for site in kept.sites], kept.base.code) == (["TOPIS"], "HOTEL")
    (line,) = journal("add")
    assert (line.subject, line.subject_id) == ("resource", made.id)
    assert line.after["languages"] == ["ar", "ko"]


@on_sqlite
@pytest.mark.parametrize(
    ("kind", "facts", "fault"),
    [
        (GUIDE, {"languages": {"en"}}, ("sites", "sites_needed")),
        (GUIDE, {"sites": {"TOPIS"}}, ("languages", "languages_needed")),
        (GUIDE, {"sites": {"TOPIS"}, "languages": {"en-ko"}}, ("languages", "no_language")),
        (GUIDE, {"sites": {"TOPIS"}, "languages": {"xx"}}, ("languages", "no_language")),
        (GUIDE, {"sites": {"NOPE"}, "languages": {"en"}}, ("sites", "unknown")),
        (GUIDE, {"sites": {"TOPIS"}, "languages": {"en"}, "seats": 4}, ("seats", "not_of_this_kind")),
        (INTERPRETER, {}, ("languages", "pairs_needed")),
        (INTERPRETER, {"languages": {"ar"}}, ("languages", "no_language")),
        (INTERPRETER, {"languages": {"ko-ko"}}, ("languages", "no_language")),
        (INTERPRETER, {"languages": {"ar-xx"}}, ("languages", "no_language")),
        (INTERPRETER, {"languages": {"ar-en-ko"}}, ("languages", "no_language")),
        (INTERPRETER, {"languages": {"ar-ko"}, "sites": {"TOPIS"}}, ("sites", "not_of_this_kind")),
        (VEHICLE, {}, ("seats", "seats_needed")),
        (VEHICLE, {"seats": 0}, ("seats", "out_of_range")),
        (VEHICLE, {"seats": 501}, ("seats", "out_of_range")),
        (VEHICLE, {"seats": 45, "languages": {"en"}}, ("languages", "not_of_this_kind")),
        (VEHICLE, {"seats": 45, "base": "NOPE"}, ("base", "unknown")),
        (LIAISON, {"languages": {"en"}, "most_a_day": 0}, ("most_a_day", "out_of_range")),
        (LIAISON, {"languages": {"en"}, "setup_minutes": 241}, ("setup_minutes", "out_of_range")),
        (LIAISON, {"languages": {"en"}, "wrap_up_minutes": -1}, ("wrap_up_minutes", "out_of_range")),
        (
            LIAISON,
            {"languages": {"en"}, "active_from": date(2026, 12, 2), "active_to": date(2026, 12, 1)},
            ("active_to", "before_first"),
        ),
    ],
)
def test_what_does_not_fit_the_kind_is_refused(kind, facts, fault):
    make.site("TOPIS")
    assert fault_of(lambda: add_resource(kind, {"name": "X"} | facts, by=OFFICER, at=AT)) == fault


@on_sqlite
def test_a_change_is_journalled_without_what_must_be_erasable():
    bus = staff.vehicle(45, name="Bus 1")
    changes = {"seats": 25, "name": "Bus 2", "phone": "+82 2 000", "note": "Lift"}
    changed = change_resource(bus.id, changes, seen=bus.version, by=OFFICER, at=AT)
    assert (changed.name, changed.seats, changed.phone, changed.version) == ("Bus 2", 25, "+82 2 000", 2)
    (line,) = journal("change")
    assert (line.before, line.after) == ({"seats": 45}, {"seats": 25})


@on_sqlite
def test_a_change_must_fit_what_stays():
    guide = staff.guide(make.site())
    assert fault_of(lambda: change_resource(guide.id, {"sites": frozenset()}, by=OFFICER, at=AT)) == (
        "sites",
        "sites_needed",
    )
    assert fault_of(lambda: change_resource(guide.id, {"seats": 4}, by=OFFICER, at=AT))[0] == "seats"


@on_sqlite
def test_nobody_overwrites_what_they_have_not_seen():
    bus = staff.vehicle()
    change_resource(bus.id, {"seats": 40}, seen=1, by=OFFICER, at=AT)
    for act in (
        lambda: change_resource(bus.id, {"seats": 30}, seen=1, by=OFFICER, at=AT),
        lambda: set_hours(bus.id, [], seen=1, by=OFFICER, at=AT),
        lambda: remove_resource(bus.id, seen=1, by=OFFICER, at=AT),
    ):
        with pytest.raises(StaleVersion):
            act()


def test_a_vehicle_keeps_seats_for_those_who_ride():
    bus, who = staff.vehicle(45), make.delegation(headcount=30)
    staff.day_duty(bus, who, seoul(14, 9), headcount=30)
    staff.day_duty(bus, who, seoul(15, 9), headcount=45, state=DutyState.RELEASED)
    with pytest.raises(Invalid) as caught:
        change_resource(bus.id, {"seats": 29}, by=OFFICER, at=AT)
    assert caught.value.facts == {"least": 30, "most": 500}
    assert change_resource(bus.id, {"seats": 30}, by=OFFICER, at=AT).seats == 30


@on_sqlite
@pytest.mark.parametrize("who", [HEAD, ADMINISTRATOR, manager_of(1)])
def test_only_officers_write(who):
    bus = staff.vehicle()
    for act in (
        lambda: add_resource(VEHICLE, {"name": "X", "seats": 4}, by=who, at=AT),
        lambda: change_resource(bus.id, {"seats": 4}, by=who, at=AT),
        lambda: set_hours(bus.id, [], by=who, at=AT),
        lambda: add_leave(bus.id, days(14, 15), by=who, at=AT),
        lambda: remove_leave(bus.id, 1, by=who, at=AT),
        lambda: remove_resource(bus.id, by=who, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


# Removed ----------------------------------------------------------------------------------------------------


def test_who_was_never_assigned_is_removed_with_all_that_is_theirs():
    guide = staff.guide(make.site())
    set_hours(guide.id, [hours(0, 9, 17)], by=OFFICER, at=AT)
    add_leave(guide.id, days(14, 15), by=OFFICER, at=AT)
    remove_resource(guide.id, by=OFFICER, at=AT)
    assert [how_many(table) for table in (Resource, ResourceHours, ResourceLeave)] == [0, 0, 0]
    (line,) = journal("remove")
    assert line.before["sites"] == ["TOPIS"]
    with pytest.raises(NotFound):
        remove_resource(guide.id, by=OFFICER, at=AT)


@pytest.mark.parametrize("state", DutyState)
def test_who_was_ever_assigned_stays_and_can_be_given_an_end(state):
    bus = staff.vehicle()
    staff.day_duty(bus, make.delegation(), seoul(14, 9), state=state)
    with pytest.raises(WasAssigned) as caught:
        remove_resource(bus.id, by=OFFICER, at=AT)
    assert caught.value.duties == 1
    ended = change_resource(bus.id, {"active_to": date(2026, 12, 31)}, by=OFFICER, at=AT)
    assert ended.active_to == date(2026, 12, 31)
